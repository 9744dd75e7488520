"""异议: somebody says that an entry or a result is wrong; and 复核, the second look."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Flag, Id, Line, Percent, Prose, Ref
from generator.records.base import IdentifiedRecord, field


class FiledBy(Choice):
    """What kind of party objects; never a person's name."""

    FIRM = "firm", "企业"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    RESIDENTS_COMMITTEE = "residents_committee", "居民委员会"
    OWNERS_GROUP = "owners_group", "部分业主"
    MANAGER = "manager", "项目负责人"
    OTHER = "other", "其他"


class Grounds(Choice):
    """What is said to be wrong."""

    FACT = "fact", "事实不符"
    SCORE = "score", "计分有误"
    RULE = "rule", "规则适用不当"
    PROCEDURE = "procedure", "程序不当"
    IDENTITY = "identity", "对象认错"


class Decision(Choice):
    """How an objection or a review ended."""

    UPHELD = "upheld", "成立"
    PARTLY = "partly", "部分成立"
    REJECTED = "rejected", "不成立"
    WITHDRAWN = "withdrawn", "已撤回"


class Objection(IdentifiedRecord):
    """One objection to one entry or one result (domain §3.16; 民法典 1029: who is rated may ask for correction).

    From acceptance to decision the entry is marked 「异议处理中」 wherever it stands.
    """

    type_name: ClassVar[str] = "objection"
    folder: ClassVar[str] = "objections"
    title: ClassVar[str] = "异议"
    about: ClassVar[str] = "被评的一方或者业主认为榜单有误，什么时候提出、怎么处理的。不写个人姓名。"

    entry: Annotated[Id, Ref("list_entry")] | None = field("上榜记录", "对上榜有异议的填")
    result: Annotated[Id, Ref("assessment_result")] | None = field("评价结果", "对得分、名次有异议的填")
    filed_by: FiledBy = field("谁提出", "只写是哪一方，不写姓名", required=True)
    share_pct: Percent | None = field("业主占比", "部分业主提出的填，%")
    filed_on: Day = field("提出日期", required=True)
    channel: Line | None = field("怎么提的")
    grounds: Grounds = field("理由类别", required=True)
    text: Prose = field("理由", "原意，不写个人信息", required=True)
    accepted: Flag | None = field("受理", "还没有决定受不受理就不填")
    accepted_on: Day | None = field("受理日期")
    marked_on: Day | None = field("标注日期", "从哪天起标注「异议处理中」")
    due_on: Day | None = field("答复期限", "受理的必填")
    decision: Decision | None = field("处理结果")
    decided_on: Day | None = field("处理日期")
    decided_by: Line | None = field("由谁处理", "机构或岗位")
    decision_reason: Prose | None = field("处理理由")
    effect: Line | None = field("结果怎么改", "如 总分改为 76.00，移出黄榜；不改写 维持")
    further_remedy: Line | None = field("还可以怎么办", "如 向市房管局申请复核")


class Review(IdentifiedRecord):
    """A second look at one objection, by a higher or another body."""

    type_name: ClassVar[str] = "review"
    folder: ClassVar[str] = "reviews"
    title: ClassVar[str] = "复核"
    about: ClassVar[str] = "对异议处理结果不服，请上一级再看一次。"

    objection: Annotated[Id, Ref("objection")] = field("异议", "异议编号", required=True)
    asked_on: Day = field("申请日期", required=True)
    decided_by: Line | None = field("由谁复核", "机构或岗位")
    decision: Decision | None = field("复核结果")
    decided_on: Day | None = field("复核日期")
    reason: Prose | None = field("复核理由")
