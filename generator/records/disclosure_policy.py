"""公示要求: who must publish what, how often, on what basis."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Count, Line, Prose, Public, Ref, RegionCode
from generator.records.base import BasisDoc, IdentifiedRecord, field, items


class DisclosureItem(Choice):
    """What is to be published (domain §1.4, §2)."""

    FIRM_INFO = "firm_info", "企业信息"
    RESPONSIBLE_PERSONS = "responsible_persons", "负责人员"
    SERVICE_ITEMS = "service_items", "服务事项"
    SERVICE_QUALITY = "service_quality", "质量要求"
    SERVICE_TERM = "service_term", "服务期限"
    FEE_STANDARD = "fee_standard", "收费标准"
    BILLING_ITEMS = "billing_items", "服务计费项目和标准"
    HOTLINE = "hotline", "客服电话"
    COMPLAINT_PROCEDURE = "complaint_procedure", "投诉报修流程"
    FULFILMENT = "fulfilment", "合同履行情况"
    COLLECTION = "collection", "费用缴纳情况"
    PUBLIC_REVENUE = "public_revenue", "共有部分经营与收益"
    MAINTENANCE_FUND = "maintenance_fund", "专项维修资金"
    SHARED_UTILITIES = "shared_utilities", "公共水电分摊"
    ELEVATOR_MAINTENANCE = "elevator_maintenance", "电梯维护保养"
    FACILITIES = "facilities", "公用设施设备"
    WATER_QUALITY = "water_quality", "水质检测"
    PARKING = "parking", "车位使用与停车收费"
    OWNERS_COMMITTEE = "owners_committee", "业主大会和业主委员会"
    GUIDE_PRICE = "guide_price", "政府指导价"
    GOVERNMENT_INFORMATION = "government_information", "行政机关制作的信息"
    CREDIT_INFORMATION = "credit_information", "信用信息"


class Regime(Choice):
    """长期公开, 定期公示 and 事项公示 are three duties (domain §3.8)."""

    STANDING = "standing", "长期公开"
    PERIODIC = "periodic", "定期公示"
    EVENT = "event", "事项公示"


class Cadence(Choice):
    """How often (domain §2.4). ``months``: how long a period is; 0 where there are none."""

    STANDING = "standing", "随时更新"
    BILLING_CYCLE = "billing_cycle", "按收费周期"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    SEMIANNUAL = "semiannual", "每半年"
    ANNUAL = "annual", "每年"
    ON_EVENT = "on_event", "事项发生时"
    UNSTATED = "unstated", "没有写多久"

    @property
    def months(self) -> int:
        """Months of one period; 0 where the rule knows no periods of the calendar."""
        return {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.SEMIANNUAL: 6, Cadence.ANNUAL: 12}.get(self, 0)


class DutyHolder(Choice):
    """Who must publish."""

    FIRM = "firm", "物业服务企业"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    AUTHORITY = "authority", "行政机关"
    UNSTATED = "unstated", "条文没有写明由谁公布"


class DayKind(Choice):
    """What a number of days counts."""

    CALENDAR = "calendar", "日"
    WORKDAY = "workday", "工作日"

    @property
    def counted(self) -> str:
        """As it stands behind a number: 20 个工作日."""
        return f"个{self.label}" if self is DayKind.WORKDAY else self.label


class DisclosurePolicy(IdentifiedRecord):
    """One item that one duty holder must publish under one rule (domain §2.4, §3.8).

    ``basis_status`` says whether somebody has held it against the issuing authority's own text; unverified,
    the page says 「依据待核」 and nothing is computed from it.
    """

    type_name: ClassVar[str] = "disclosure_policy"
    folder: ClassVar[str] = "disclosure_policies"
    title: ClassVar[str] = "公示要求"
    about: ClassVar[str] = "一项公示要求：谁必须公开什么、多久一次、依据是什么、核对过没有。"

    item: DisclosureItem = field("公示事项", required=True)
    region: Annotated[RegionCode, Ref("region")] | None = field("适用区域", "全国、全省适用的不填")
    regime: Regime = field("公示类别", required=True)
    cadence: Cadence = field("频次", "规定没有写多久的填 unstated", required=True)
    duty_holder: DutyHolder = field("责任主体", required=True)
    detail: Prose | None = field("内容", "规定要求公开哪些内容")
    deadline_rule: Line | None = field("截止", "规定写明的才填，如 期末后 15 日内")
    due_days: Count | None = field("期末后几天", "截止写成数，如 15；规定写明而且核对过的才填，程序据此推算")
    due_kind: DayKind | None = field("期末后的天数口径", "填了期末后几天就要填")
    min_days: Count | None = field("公示期", "至少多少天")
    day_kind: DayKind | None = field("天数口径", "填了公示期就要填")
    media: tuple[Line, ...] = items("公示方式", "如 公示栏；表格里多个用；隔开")
    basis: Annotated[tuple[BasisDoc, ...], Public()] = items("依据")
    penalty: Line | None = field("不公示的后果")
