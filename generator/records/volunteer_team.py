"""志愿服务队: volunteers of a place, with what they do and the source's own figures."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Id, Line, Name, Prose, Ref, RegionCode
from generator.records.base import IdentifiedRecord, Phone, field, items
from generator.records.governance_stat import Stated


class VolunteerTeam(IdentifiedRecord):
    """The volunteers of one region or community (domain §1, B15). 人次 is not 人数; nothing is added up."""

    type_name: ClassVar[str] = "volunteer_team"
    folder: ClassVar[str] = "volunteer_teams"
    title: ClassVar[str] = "志愿服务队"
    about: ClassVar[str] = "一支或一批志愿服务队：做什么、怎么联系、来源公布的数。人次不是人数。"

    name: Name = field("名称", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("区域", required=True)
    community: Annotated[Id, Ref("community")] | None = field("小区", "只在一个小区的填小区编号")
    activities: tuple[Line, ...] = items("做什么", "如 关爱老人；表格里多个用；隔开")
    figures: Annotated[tuple[Id, ...], Ref("governance_stat")] = items(
        "治理统计", "本站已有的数，填编号；表格里多个用；隔开"
    )
    counts: tuple[Stated, ...] = items("数", "本站没有的数，照来源写")
    phones: tuple[Phone, ...] = items("联系电话", "公开的电话")
    text: Prose | None = field("说明")
