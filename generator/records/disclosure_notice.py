"""公示记录: one thing that was posted for the owners of a community, where and from when."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Count, Day, Happened, Id, Line, Prose, Ref
from generator.records.base import IdentifiedRecord, Part, field, items
from generator.records.disclosure_policy import DisclosureItem
from generator.records.period import Period


class NoticeKind(Choice):
    """公开, 公示, 公告 and 通报 are four things (domain §3.8)."""

    DISCLOSURE = "disclosure", "公开"
    POSTING = "posting", "公示"
    ANNOUNCEMENT = "announcement", "公告"
    CIRCULAR = "circular", "通报"


class ReplyStatus(Choice):
    """What became of objections to a notice."""

    NONE = "none", "没有异议"
    PENDING = "pending", "待答复"
    REPLIED = "replied", "已答复"


class Snapshot(Part):
    """One line as it was posted, frozen: it stays as it is when the standard changes later (domain §2.4)."""

    name: Line = field("名称", "如 物业服务费（住宅）", required=True)
    value: Line = field("当时公示的", "照公示原文写，如 1.50 元/㎡·月", required=True)
    standard: Annotated[Id, Ref("fee_standard")] | None = field(
        "收费标准", "本站有这一条的，填收费标准编号，页面和现在的并排"
    )


class DisclosureNotice(IdentifiedRecord):
    """One item that was posted in one community (domain §3.8). For a periodic duty: one a period.

    Whether it was in time follows from the rule (``disclosure_policy``) and is never written here.
    """

    type_name: ClassVar[str] = "disclosure_notice"
    folder: ClassVar[str] = "disclosure_notices"
    title: ClassVar[str] = "公示记录"
    about: ClassVar[str] = "某个小区贴出过什么：哪一项、哪一期、哪天贴的、贴在哪里。按时不按时由程序对照公示要求推算。"

    community: Annotated[Id, Ref("community")] = field("小区", required=True)
    firm: Annotated[Id, Ref("firm")] | None = field("由谁公示", "物业企业编号；业委会公示的不填")
    item: DisclosureItem = field("公示事项", required=True)
    kind: NoticeKind = field("类别", "公开、公示、公告、通报是四回事", required=True)
    period: Period | None = field("哪一期", "定期公示的必填")
    posted_from: Annotated[Day, Happened()] = field("公示起", "贴出的那一天", required=True)
    posted_to: Day | None = field("公示止", "还贴着的不填")
    places: tuple[Line, ...] = items("地点", "表格里多个用；隔开")
    media: tuple[Line, ...] = items("方式", "如 公示栏、单元门厅、业主微信群、网站；表格里多个用；隔开")
    text: Prose | None = field("内容")
    snapshots: tuple[Snapshot, ...] = items("当时公示的内容", "服务计费项目和标准：照公示的抄下来，以后不改")
    objections_count: Count | None = field("异议", "件；只填件数，不填谁提的")
    reply_status: ReplyStatus | None = field("答复")
