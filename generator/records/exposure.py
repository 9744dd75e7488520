"""曝光: what a newspaper, a station or an authority's channel made known, and what came of it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Day, Happened, Id, Line, Prose, Ref, RegionCode, Role, Url
from generator.records.base import IdentifiedRecord, Part, field, items


class FollowUp(Part):
    """One step after an exposure."""

    date: Annotated[Day, Happened()] = field("日期", required=True)
    what: Line = field("做了什么", required=True)
    by: Role = field("由谁", "机构、企业或岗位，不写人名", required=True)


class Exposure(IdentifiedRecord):
    """One exposure in the media (domain §1, B06 and N16), with the firm's reply and what was put right.

    After ``display_until`` it leaves the site. Not a list: nobody is ranked by it.
    """

    type_name: ClassVar[str] = "exposure"
    folder: ClassVar[str] = "exposures"
    title: ClassVar[str] = "曝光"
    about: ClassVar[str] = "媒体公开的一件事：哪天、哪里、什么问题、哪家媒体，企业怎么说，后来改了没有。到期自动撤下。"

    exposed_on: Annotated[Day, Happened()] = field("曝光日期", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("区域", required=True)
    community: Annotated[Id, Ref("community")] | None = field("小区", "小区编号")
    firm: Annotated[Id, Ref("firm")] | None = field("企业", "当时服务的企业；说的不是企业的事就不填")
    problem: Prose = field("问题", "时间、地点、事实，不写评语", required=True)
    outlet: Line = field("媒体", "在哪里曝光的", required=True)
    url: Url | None = field("报道网址")
    reply: Prose | None = field("企业答复", "原文；页面与问题同样大小")
    reply_on: Annotated[Day, Happened()] | None = field("答复日期")
    follow_up: tuple[FollowUp, ...] = items("后来怎样", "曝光以后的整改、检查、回访")
    rectified_on: Annotated[Day, Happened()] | None = field("改好日期", "查过、改好了的那天")
