"""结果运用: what an authority, a Party organisation or the owners did because of an edition or an entry."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Happened, Id, Line, Prose, Ref
from generator.records.base import BasisDoc, IdentifiedRecord, field, items
from generator.records.ranking import Polarity
from generator.records.vote import Vote


class MeasureKind(Choice):
    """Measures seen in practice (domain §3.15)."""

    BID_PRIORITY = "bid_priority", "招投标优先考虑"
    SHOWCASE_PRIORITY = "showcase_priority", "规范化精品项目申报优先"
    AWARD_PRIORITY = "award_priority", "评先评优优先"
    LESS_INSPECTION = "less_inspection", "减少检查频次"
    CREDIT_PLUS = "credit_plus", "信用加分"
    CREDIT_MINUS = "credit_minus", "信用扣分"
    REMINDER_TALK = "reminder_talk", "谈话提醒"
    INTERVIEW = "interview", "约谈"
    PUBLIC_EXPOSURE = "public_exposure", "曝光"
    CIRCULATED_NOTICE = "circulated_notice", "通报"
    MORE_INSPECTION = "more_inspection", "增加检查"
    KEY_SUPERVISION = "key_supervision", "重点监管"
    AWARD_BAN = "award_ban", "取消评优"
    SUBSIDY_SUSPEND = "subsidy_suspend", "暂停奖补"
    RECTIFY_ORDER = "rectify_order", "限期整改"
    REPLACE_MANAGER = "replace_manager", "要求更换项目经理"
    BID_RESTRICT = "bid_restrict", "限制参与招投标"
    EXIT_PROCEDURE = "exit_procedure", "启动项目退出程序"

    @property
    def polarity(self) -> Polarity:
        """Good for the subject, or not."""
        return Polarity.POSITIVE if self in _GOOD else Polarity.NEGATIVE


_GOOD = frozenset(
    {
        MeasureKind.BID_PRIORITY,
        MeasureKind.SHOWCASE_PRIORITY,
        MeasureKind.AWARD_PRIORITY,
        MeasureKind.LESS_INSPECTION,
        MeasureKind.CREDIT_PLUS,
    }
)


class Measure(IdentifiedRecord):
    """One measure against or in favour of one firm or community (domain §3.15), because of one entry or edition.

    Decided by whom the scheme names: a talk by the community's Party organisation, an exit by the owners' assembly
    and by nobody else (民法典 278). A restriction on bidding needs a law or regulation of its own.
    """

    type_name: ClassVar[str] = "measure"
    folder: ClassVar[str] = "measures"
    title: ClassVar[str] = "结果运用"
    about: ClassVar[str] = "因为上榜做了什么、谁做的、依据是什么、结果怎样。"

    kind: MeasureKind = field("措施", required=True)
    entry: Annotated[Id, Ref("list_entry")] = field("上榜记录", "因为哪一条", required=True)
    actor: Annotated[Id, Ref("organization")] | None = field("由谁做", "机构编号")
    actor_name: Line | None = field("由谁做（名称）", "本站没有这个机构的，写名称，如 示例小区业主大会")
    taken_on: Annotated[Day, Happened()] = field("日期", required=True)
    until: Day | None = field("到哪天", "有期限的措施")
    basis_docs: tuple[BasisDoc, ...] = items("依据")
    text: Prose | None = field("内容")
    vote: Vote | None = field("业主大会表决", "退出程序已经表决的填")
    successor: Annotated[Id, Ref("firm")] | None = field("接替企业", "退出程序已经选出的，填企业编号")
    handover_on: Day | None = field("交接日期")
    outcome: Line | None = field("结果", "没有结果就不填，页面写「结果未公布」")
    outcome_on: Annotated[Day, Happened()] | None = field("结果日期")
