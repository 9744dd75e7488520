"""服务点: a place, post or column that is there for residents: where, when, which number."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Id, Line, Name, Prose, Ref, RegionCode, Role, Url
from generator.records.base import IdentifiedRecord, Phone, field, items


class PointKind(Choice):
    """What residents find there (domain §1: H03, H18, H19, B11, B12, B14, N15)."""

    RED_STEWARD = "red_steward", "红管家"
    MICRO_SITE = "micro_site", "红色微阵地"
    PARTY_SERVICE_STATION = "party_service_station", "党群服务站"
    REPAIR_POST = "repair_post", "维修岗"
    HOUSEKEEPING_POST = "housekeeping_post", "家政岗"
    SERVICE_POST = "service_post", "服务岗"
    DISPUTE_CENTER = "dispute_center", "矛盾纠纷化解中心"
    PARTY_BRANCH = "party_branch", "小区党支部"
    PARTY_GROUP = "party_group", "楼栋党小组"
    NOTICE_COLUMN = "notice_column", "宣传栏"
    DISPLAY_BOARD = "display_board", "展示牌"
    MORAL_WALL = "moral_wall", "道德墙"
    CIVILITY_BOARD = "civility_board", "文明榜"
    KINDNESS_BOARD = "kindness_board", "向善榜"
    MEDIA_COLUMN = "media_column", "媒体专栏"

    @property
    def group(self) -> str:
        """What residents come for."""
        return _GROUPS.get(self, "找人办事")


_GROUPS = {
    PointKind.DISPUTE_CENTER: "化解矛盾",
    PointKind.PARTY_BRANCH: "党组织",
    PointKind.PARTY_GROUP: "党组织",
    PointKind.NOTICE_COLUMN: "看榜样",
    PointKind.DISPLAY_BOARD: "看榜样",
    PointKind.MORAL_WALL: "看榜样",
    PointKind.CIVILITY_BOARD: "看榜样",
    PointKind.KINDNESS_BOARD: "看榜样",
    PointKind.MEDIA_COLUMN: "媒体专栏",
}


class ServicePoint(IdentifiedRecord):
    """One place, post or column (domain §1.4 rows 29 and 30). A post, never a person."""

    type_name: ClassVar[str] = "service_point"
    folder: ClassVar[str] = "service_points"
    title: ClassVar[str] = "服务点"
    about: ClassVar[str] = "家门口能去的一个地方、一个岗位或专栏：在哪里、什么时候有人、电话多少。写岗位，不写人名。"

    kind: PointKind = field("类别", required=True)
    name: Name = field("名称", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("所在区域", required=True)
    community: Annotated[Id, Ref("community")] | None = field("小区", "只管一个小区的填小区编号")
    place: Line | None = field("地点", "到门口能找到，如 3 号楼架空层；媒体专栏不填")
    hours: Line | None = field("时间", "什么时候有人，如 工作日 8:30–17:30")
    phones: tuple[Phone, ...] = items("电话", "公开的电话")
    post: Role | None = field("负责岗位", "岗位名称，不写姓名")
    outlet: Line | None = field("媒体", "媒体专栏填：报纸、电视台、公众号的名称")
    url: Url | None = field("网址", "网上能看的填")
    text: Prose | None = field("说明", "来这里能办什么")
