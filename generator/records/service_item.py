"""服务事项: one thing that is done in a community, to what standard, how often and by whom."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, CreditCode, Flag, Id, Line, Prose, Public, Ref, Role, Times
from generator.records.base import IdentifiedRecord, Part, Phone, field, items


class ServiceCategory(Choice):
    """What sort of service it is (domain §3.6); the order is that of the page."""

    GENERAL = "general", "综合管理"
    SECURITY = "security", "秩序维护"
    CLEANING = "cleaning", "保洁"
    GREENING = "greening", "绿化养护"
    REPAIR = "repair", "维修"
    BUILDING = "building", "房屋共用部位维护"
    FACILITY = "facility", "共用设施设备维护"
    ELEVATOR = "elevator", "电梯"
    FIRE = "fire", "消防"
    PARKING = "parking", "停车"
    ACTIVITY = "activity", "社区活动"
    PUBLICITY = "publicity", "宣传"
    SPECIAL = "special", "特约服务"
    COLLECTION = "collection", "代收代缴"


class Per(Choice):
    """The span that a frequency counts in."""

    DAY = "day", "每日"
    WEEK = "week", "每周"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"
    ON_DEMAND = "on_demand", "按需"


class Frequency(Part):
    """How often: ``{n: 2, per: day}`` is twice a day; 按需 has no number."""

    n: Times | None = field("次数", "次；按需不填")
    per: Per = field("周期", required=True)


class Contractor(Part):
    """The firm that does it for the provider; several rules require it for lifts, fire and alarms (domain §2.3)."""

    name: Role = field("名称", "单位的全称", required=True)
    uscc: CreditCode | None = field("统一社会信用代码")
    phone: Phone | None = field("电话")
    scope: Line | None = field("承担内容")


class ServiceItem(IdentifiedRecord):
    """One service in one community, as the contract writes it (民法典 938, 943).

    Published by the firm. A public promise is part of the contract (民法典 938): it does not disappear without
    a ``correction``. What is not in the property fee has a ``fee_standard`` (明码标价和禁止价格欺诈规定 第八条).
    """

    type_name: ClassVar[str] = "service_item"
    folder: ClassVar[str] = "service_items"
    title: ClassVar[str] = "服务事项"
    about: ClassVar[str] = "一个小区里的一项服务：做什么、到什么标准、多久一次、由谁做、要不要另外收费。"

    community: Annotated[Id, Ref("community")] = field("小区", "小区编号", required=True)
    name: Line = field("事项名称", "如 楼道保洁", required=True)
    category: ServiceCategory = field("类别", required=True)
    standard: Annotated[Prose, Public()] | None = field("标准", "照合同写")
    frequency: Frequency | None = field("频次")
    places: tuple[Line, ...] = items("区域", "如 各单元大堂；表格里多个用；隔开")
    contractor: Contractor | None = field("专项外包单位", "电梯、消防、监控维保等")
    credential: Line | None = field("资质", "资质证书名称和编号")
    plan_doc: Line | None = field("维保方案", "名称或存放处")
    emergency_doc: Line | None = field("应急方案", "名称或存放处")
    included_in_fee: Annotated[Flag, Public()] | None = field("含在物业费内", "另收费的填 否，并填收费标准")
    fee_standard: Annotated[Id, Ref("fee_standard")] | None = field("收费标准", "另收费时填收费标准的编号")
    is_public_promise: Flag | None = field("公开承诺", "公开作出、有利于业主的承诺，成为合同的一部分")
