"""公示栏: a community's board itself, and what is not on it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Day, Happened, Id, Line, Ref, Role
from generator.records.base import IdentifiedRecord, Part, field, items
from generator.records.disclosure_policy import DisclosureItem

#: Huainan's six long-term items (domain §1.3 N09): what every board shows, or says why not.
STANDING_ITEMS = (
    DisclosureItem.FIRM_INFO,
    DisclosureItem.SERVICE_ITEMS,
    DisclosureItem.SERVICE_TERM,
    DisclosureItem.FEE_STANDARD,
    DisclosureItem.HOTLINE,
    DisclosureItem.COMPLAINT_PROCEDURE,
)


class Absence(Part):
    """One of the six items that is not on the board, why and since when."""

    item: DisclosureItem = field("事项", "六项长期公开里的一项", required=True)
    reason: Line = field("原因", "如 合同正在续签", required=True)
    since: Annotated[Day, Happened()] = field("从哪天起", required=True)


class NoticeBoard(IdentifiedRecord):
    """The board of one community as somebody saw it on one day (domain §1.3 N09, §1.4 rows 1 and 3)."""

    type_name: ClassVar[str] = "notice_board"
    folder: ClassVar[str] = "notice_boards"
    title: ClassVar[str] = "公示栏"
    about: ClassVar[str] = "小区的公示栏在哪里、谁负责、哪天检查过、六项长期公开缺哪几项和为什么。一个小区一条。"

    community: Annotated[Id, Ref("community")] = field("小区", required=True)
    place: Line = field("位置", "如 东门入口内侧", required=True)
    post: Role | None = field("谁负责更新", "岗位，不写姓名")
    checked_on: Annotated[Day, Happened()] = field("检查日期", required=True)
    checked_by: Role = field("谁检查的", "机构或岗位，不写姓名", required=True)
    absent: tuple[Absence, ...] = items("没有张贴的事项", "六项里缺的；都有就不填")
