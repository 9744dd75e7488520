"""服务等级: one step of a grade scheme. Its name says nothing about its direction."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Count, Flag, Line, Ref, RegionCode
from generator.records.base import BasisDoc, IdentifiedRecord, field, items


class Grade(IdentifiedRecord):
    """One grade of one scheme. 一级 is the best in some cities and the worst in others (domain §4.3),

    so ``rank_order`` and ``higher_is_better`` are data. Not a rating of a firm: it says what was bought.
    """

    type_name: ClassVar[str] = "grade"
    folder: ClassVar[str] = "grades"
    title: ClassVar[str] = "服务等级"
    about: ClassVar[str] = "一套服务等级标准中的一级。一级最高还是最低，各地不同，看「序号大为优」。不是对企业的评级。"

    scheme: Line = field("等级标准", "标准名称，照文件写", required=True)
    issuer: Line | None = field("制定机构")
    region: Annotated[RegionCode, Ref("region")] = field("适用区域", required=True)
    label: Line = field("等级名称", "如 三级、甲级、四星", required=True)
    rank_order: Count = field("序号", "在本标准中的第几级，从 1 起", required=True)
    higher_is_better: Flag = field("序号大为优", "是：序号越大等级越高；否：一级最高", required=True)
    of: Count = field("级数", "本标准共几级", required=True)
    item_scope: Line | None = field("适用范围", "如 高层住宅、单项服务")
    basis: tuple[BasisDoc, ...] = items("依据文件")
