"""信用修复: an entry's early end because what was wrong has been put right."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Flag, Id, Line, Prose, Ref
from generator.records.base import BasisDoc, IdentifiedRecord, field, items


class Severity(Choice):
    """What the entry is in the sense of the credit rules; a local list is usually none of it."""

    MINOR = "minor", "轻微失信"
    GENERAL = "general", "一般失信"
    SERIOUS = "serious", "严重失信"
    NOT_CREDIT_INFO = "not_credit_info", "不属于失信信息"


class RepairDecision(Choice):
    """How an application ended."""

    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"


class CreditRepair(IdentifiedRecord):
    """One application to end an entry early (domain §3.17; 信用修复管理办法, in force 2026-04-01). It costs nothing.

    A local red/black list is usually not 失信信息: then ``not_credit_info`` and the scheme's own rules.
    """

    type_name: ClassVar[str] = "credit_repair"
    folder: ClassVar[str] = "credit_repairs"
    title: ClassVar[str] = "信用修复"
    about: ClassVar[str] = "被列入的一方改好以后申请提前停止公示。不收费。"

    entry: Annotated[Id, Ref("list_entry")] = field("上榜记录", "修复哪一条", required=True)
    severity: Severity = field("性质", "地方榜单一般填 不属于失信信息", required=True)
    basis_docs: tuple[BasisDoc, ...] = items("依据", "属于失信信息的必填")
    public_from: Day | None = field("公示起")
    min_public_until: Day | None = field("最短公示到")
    max_public_until: Day | None = field("最长公示到")
    applied_on: Day = field("申请日期", required=True)
    corrected: Flag | None = field("已整改")
    promised: Flag | None = field("已承诺")
    accepted_on: Day | None = field("受理日期")
    decision: RepairDecision | None = field("决定")
    decided_on: Day | None = field("决定日期")
    decided_by: Line | None = field("由谁决定", "机构或岗位")
    reason: Prose | None = field("理由")
    stop_display_on: Day | None = field("修复后停止公示", "从这一天起名称撤下；同意修复的必填")
