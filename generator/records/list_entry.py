"""上榜记录: one subject on one list of one edition, with its reason, its procedure and its end."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Id, Line, Prose, Ref, Symbol, Times
from generator.records.base import BasisDoc, Part, field, items
from generator.records.ranking import OnPost


class EntryState(Choice):
    """What has become of an entry. Objections and repairs are records of their own."""

    PROPOSED = "proposed", "拟列入"
    LISTED = "listed", "已列入"
    CORRECTED = "corrected", "已更正"
    REMOVED = "removed", "已移出"


class RemovedReason(Choice):
    """Why an entry was taken off."""

    RECTIFIED = "rectified", "整改合格"
    OBJECTION_UPHELD = "objection_upheld", "异议成立"
    REPAIRED = "repaired", "信用修复"
    REVOKED = "revoked", "撤销"


class Evidence(Part):
    """What a reason rests on: where it is kept, never the thing itself."""

    main: ClassVar[str] = "what"

    what: Line = field("什么材料", "如 检查记录、处罚决定书", required=True)
    held_by: Line | None = field("谁保存", "机构或岗位")
    reference: Line | None = field("编号", "卷宗或文书编号")


class Rectification(Part):
    """What had to be put right."""

    due: Day | None = field("期限")
    result: Line | None = field("结果")
    checked_on: Day | None = field("复查日期")


class ListEntry(OnPost):
    """One subject on one list (domain §3.14), decided by an authority after notice and reply.

    A warning or negative entry is published only with its whole procedure (国办发〔2020〕49号, 民法典 1029). After
    ``display_until``, or once it is taken off, the name leaves the site. Not 失信信息, unless a law says so.
    """

    type_name: ClassVar[str] = "list_entry"
    folder: ClassVar[str] = "list_entries"
    title: ClassVar[str] = "上榜记录"
    about: ClassVar[str] = "谁在哪一期上了哪个榜，为什么，告知和答复过没有，公示到哪天。到期后名称自动撤下。"

    edition: Annotated[Id, Ref("ranking_edition")] = field("榜单期次", "期次编号", required=True)
    list: Symbol = field("榜单", "办法里榜单的编号；等级属提醒、警示的，填等级编号", required=True)
    state: EntryState = field("状态", required=True)
    reason: Prose | None = field("列入理由", "事实、时间、依据条款；提醒和警示类必填")
    evidence: tuple[Evidence, ...] = items("证据", "材料在哪里；提醒和警示类必填")
    basis_docs: tuple[BasisDoc, ...] = items("依据", "提醒和警示类必填")
    prior_notice_on: Day | None = field("事前告知日期", "提醒和警示类必填")
    reply_due: Day | None = field("答复期限", "被告知的一方可以答复到哪天；提醒和警示类必填")
    reply: Prose | None = field("答复", "原文；有答复的填，页面与理由同样大小")
    reply_on: Day | None = field("答复日期")
    no_reply_by: Day | None = field("未收到答复", "到哪天没有收到；与答复二者必填其一")
    decided_by: Line | None = field("由谁决定", "机构或岗位；提醒和警示类必填")
    decided_on: Day | None = field("决定日期")
    listed_on: Day | None = field("列入日期")
    consecutive_no: Times | None = field("连续第几期")
    rectification: Rectification | None = field("整改")
    removed_on: Day | None = field("移出日期", "从这一天起名称撤下")
    removed_reason: RemovedReason | None = field("移出原因")
    override_reason: Line | None = field("与办法不同的说明", "按办法重算不在这个榜上，经主管部门确认的，写明原因")
