"""双向进入、交叉任职: which post holds which other post as well; posts, never persons (seed H06, N07)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Count, Ref, RegionCode, Role
from generator.records.base import IdentifiedRecord, field


class Direction(Choice):
    """The six directions of the sources: four of 合肥 (H06), two of 淮南 (N07)."""

    COMMITTEE_TO_OWNERS = "committee_to_owners", "社区“两委”成员进入业委会"
    GRID_TO_CHAIR = "grid_to_chair", "党小组长和楼栋长担任业委会主任"
    CHAIR_TO_COMMITTEE = "chair_to_committee", "业委会主任、物业负责人担任社区“两委”兼职委员"
    STAFF_TO_BRANCH = "staff_to_branch", "物业服务企业党员职工进入小区党支部任职"
    SECRETARY_TO_DIRECTOR = "secretary_to_director", "社区党组织负责人兼任物业管理公司质量总监"
    MANAGER_TO_COMMITTEE = "manager_to_committee", "物业管理公司负责人兼任社区居委会委员"


class CrossAppointment(IdentifiedRecord):
    """One direction in one region, with the number of posts where the source gives one."""

    type_name: ClassVar[str] = "cross_appointment"
    folder: ClassVar[str] = "cross_appointments"
    title: ClassVar[str] = "交叉任职"
    about: ClassVar[str] = "一个区域里一个方向的交叉任职：哪个岗位兼任哪个岗位，多少个。只写岗位，不写人。"

    region: Annotated[RegionCode, Ref("region")] = field("区域", "区域代码", required=True)
    direction: Direction = field("方向", required=True)
    posts: Role = field("岗位", "如 社区党组织负责人兼任质量总监；不写姓名", required=True)
    count: Count | None = field("岗位数", "个；来源没有写就不填")
