"""收费标准: one charge, one class of payer, one span of time."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import (
    BandLimit,
    Choice,
    Count,
    Day,
    Flag,
    Id,
    Line,
    Percent,
    Prose,
    Public,
    PublicNumber,
    Ref,
    Yuan,
)
from generator.records.base import BasisDoc, IdentifiedRecord, Part, field, items
from generator.records.pricing import DwellingType


class FeeItem(Choice):
    """What is charged for."""

    PROPERTY_FEE = "property_fee", "物业服务费"
    ELEVATOR = "elevator", "电梯运行维护费"
    PUMP = "pump", "二次供水运行费"
    FIRE_FACILITY = "fire_facility", "消防设施维护费"
    PUBLIC_ENERGY = "public_energy", "公共水电分摊"
    PARKING_SERVICE = "parking_service", "停车服务费"
    PARKING_LEASE = "parking_lease", "车位租赁费"
    PARKING_COMMON = "parking_common", "占用共有场地停车费"
    PARKING_TEMP = "parking_temp", "临时停车费"
    RENO_WASTE = "reno_waste", "装修垃圾清运费"
    RENO_DEPOSIT = "reno_deposit", "装修保证金"
    ACCESS_CARD = "access_card", "门禁卡工本费"
    VACANCY = "vacancy", "空置房物业服务费"
    SPECIAL = "special", "特约服务费"
    COLLECTION = "collection", "代收代缴"
    OTHER = "other", "其他"


class PricingForm(Choice):
    """How the price comes about (domain §4.1)."""

    GOVERNMENT_GUIDED = "government_guided", "政府指导价"
    MARKET = "market", "市场调节价"
    GOVERNMENT_SET = "government_set", "政府定价"
    AGREED = "agreed", "协商"
    PASS_THROUGH = "pass_through", "据实分摊（代收）"


class BillingBasis(Choice):
    """What the price is multiplied by; it fixes the unit."""

    AREA_MONTH = "area_month", "按面积按月"
    HOUSEHOLD_MONTH = "household_month", "按户按月"
    SPACE_MONTH = "space_month", "按车位按月"
    PER_USE = "per_use", "按次"
    PER_HOUR = "per_hour", "按小时"
    PER_ITEM = "per_item", "按件"
    USAGE = "usage", "按用量"
    HOUSEHOLD_SHARE = "household_share", "按户分摊"
    AREA_SHARE = "area_share", "按面积分摊"
    DEPOSIT = "deposit", "押金"
    ONE_OFF = "one_off", "一次性"


class Unit(Choice):
    """The unit of an amount, canonical form first (domain §3.22)."""

    YUAN_M2_MONTH = "yuan_m2_month", "元/㎡·月"
    YUAN_HOUSEHOLD_MONTH = "yuan_household_month", "元/户·月"
    YUAN_SPACE_MONTH = "yuan_space_month", "元/位·月"
    YUAN_USE = "yuan_use", "元/次"
    YUAN_HOUR = "yuan_hour", "元/小时"
    YUAN_ITEM = "yuan_item", "元/件"
    YUAN_CARD = "yuan_card", "元/张"
    YUAN_KWH = "yuan_kwh", "元/千瓦时"
    YUAN_TON = "yuan_ton", "元/吨"
    YUAN_HOUSEHOLD = "yuan_household", "元/户"
    YUAN_M2 = "yuan_m2", "元/㎡"
    YUAN = "yuan", "元"


#: Which units agree with which basis.
UNITS_OF: dict[BillingBasis, frozenset[Unit]] = {
    BillingBasis.AREA_MONTH: frozenset({Unit.YUAN_M2_MONTH}),
    BillingBasis.HOUSEHOLD_MONTH: frozenset({Unit.YUAN_HOUSEHOLD_MONTH}),
    BillingBasis.SPACE_MONTH: frozenset({Unit.YUAN_SPACE_MONTH}),
    BillingBasis.PER_USE: frozenset({Unit.YUAN_USE}),
    BillingBasis.PER_HOUR: frozenset({Unit.YUAN_HOUR}),
    BillingBasis.PER_ITEM: frozenset({Unit.YUAN_ITEM, Unit.YUAN_CARD}),
    BillingBasis.USAGE: frozenset({Unit.YUAN_KWH, Unit.YUAN_TON}),
    BillingBasis.HOUSEHOLD_SHARE: frozenset({Unit.YUAN_HOUSEHOLD, Unit.YUAN_HOUSEHOLD_MONTH}),
    BillingBasis.AREA_SHARE: frozenset({Unit.YUAN_M2, Unit.YUAN_M2_MONTH}),
    BillingBasis.DEPOSIT: frozenset({Unit.YUAN, Unit.YUAN_HOUSEHOLD}),
    BillingBasis.ONE_OFF: frozenset({Unit.YUAN, Unit.YUAN_HOUSEHOLD, Unit.YUAN_ITEM, Unit.YUAN_CARD}),
}
#: Bases that may have a formula in place of an amount.
SHARED_BASES = frozenset({BillingBasis.USAGE, BillingBasis.HOUSEHOLD_SHARE, BillingBasis.AREA_SHARE})


class AreaBasis(Choice):
    """Which area an area price is multiplied by."""

    BUILDING_AREA = "building_area", "建筑面积（产权证）"
    INSIDE_AREA = "inside_area", "套内面积"
    CONTRACT_AREA = "contract_area", "合同面积"


class BillingCycle(Choice):
    """How often it is collected."""

    MONTH = "month", "按月"
    QUARTER = "quarter", "按季"
    HALF_YEAR = "half_year", "按半年"
    YEAR = "year", "按年"


class Component(Part):
    """One part of a price."""

    name: Line = field("名称", required=True)
    amount: Yuan = field("金额", required=True)
    unit: Unit | None = field("单位", "与主单位不同才填")
    included: Flag = field("已含在收费标准内", required=True)


class FloorRule(Part):
    """Share of a charge by floor, in per cent (淮南 2009)."""

    floor: Count = field("楼层", required=True)
    pct: Percent = field("比例", "%", required=True)


class PayerShare(Part):
    """Who pays which part, where somebody subsidises."""

    payer: Line = field("承担方", required=True)
    amount: Yuan = field("金额", required=True)


class Relief(Part):
    """A reduction; it needs a document."""

    who: Line = field("对象", required=True)
    pct: Percent = field("减免比例", "%", required=True)
    condition: Line | None = field("条件")
    basis: Line = field("依据", required=True)


class FeeStandard(IdentifiedRecord):
    """One charge for one class of payer over one span of time.

    Published by the firm (明码标价规定 第六条; 民法典 943). ``basis`` is the billing basis (计费方式); the
    documents it rests on are ``basis_docs``. Not a bill, and not the guide price it may follow.
    """

    type_name: ClassVar[str] = "fee_standard"
    folder: ClassVar[str] = "fee_standards"
    title: ClassVar[str] = "收费标准"
    about: ClassVar[str] = "一个小区对一类交费人收的一项费用，在一段时间里的标准。不是账单，也不是它依据的政府指导价。"

    community: Annotated[Id, Ref("community")] = field("小区", "小区编号", required=True)
    item: FeeItem = field("收费项目", required=True)
    name: Line | None = field("项目名称", "特约服务、代收代缴、其他，写明是哪一种，如 代收水费")
    payer_class: Annotated[Line, Public()] | None = field("收费对象", "如 高层住宅业主")
    dwelling_type: Annotated[DwellingType, Public(where=("item", "property_fee"))] | None = field("物业类型")
    grade: Annotated[Id, Ref("grade")] | None = field("服务等级", "等级编号；政府指导价必填")
    pricing_form: Annotated[PricingForm, Public()] | None = field("价格管理形式")
    basis: BillingBasis = field("计费方式", required=True)
    amount: Yuan | None = field("收费标准", "实际收费", also=("物业费用", "物业费", "物业费标准", "物业服务费"))
    amount_min: Yuan | None = field("标准下限", "来源只给区间时填")
    amount_max: Yuan | None = field("标准上限", "来源只给区间时填")
    unit: Unit = field("单位", "与计费方式一致", required=True)
    area_basis: Annotated[AreaBasis, Public(where=("basis", "area_month"))] | None = field(
        "计费面积口径", "按面积计费时填"
    )
    excludes: tuple[Line, ...] = items("不计面积", "如 储藏室；表格里多个用；隔开")
    guide_base: Yuan | None = field("基准价", "政府指导价的基准价")
    band_up_pct: BandLimit | None = field("上浮幅度", "%，没有上限写 不限")
    band_down_pct: BandLimit | None = field("下浮幅度", "%，没有下限写 不限")
    exception_basis: Line | None = field("超出幅度的依据", "批准文件名称")
    components: tuple[Component, ...] = items("费用构成")
    floor_rules: tuple[FloorRule, ...] = items("楼层系数")
    formula: Prose | None = field("分摊办法", "按用量、按分摊计费时必填")
    payer_split: tuple[PayerShare, ...] = items("补贴拆分", "合计等于收费标准")
    reliefs: tuple[Relief, ...] = items("减免")
    refund_rule: Line | None = field("退还办法", "押金必填")
    charge_start_rule: Annotated[Line, Public()] | None = field("计费起始时间", "如 交付之日次月起")
    effective_from: Annotated[Day, Public()] | None = field("执行日期起")
    effective_to: Day | None = field("执行日期止")
    billing_cycle: BillingCycle | None = field("收取周期")
    basis_docs: Annotated[tuple[BasisDoc, ...], Public()] = items("收费依据", "文件、合同条款或业主大会决定")
    filing_no: Line | None = field("备案号")
    not_included: tuple[Line, ...] = items("不含项", "如 电梯能耗；表格里多个用；隔开")
    includes_lift: Flag | None = field("含电梯运行")
    principal: Line | None = field("代收单位", "代收代缴时填委托单位")
    handling_fee: Yuan | None = field("代收手续费", "代收代缴不得收手续费（物业管理条例第四十四条）")
    report_phone: Annotated[PublicNumber, Public()] | None = field("价格举报电话", "如 12315")
