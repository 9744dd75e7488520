"""行政区域: where something is, and who is in charge there."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Count, Line, Name, Ref, RegionCode, matching
from generator.records.base import Record, field, items


class CodeSystem(Choice):
    """Which list a region's code comes from."""

    GBT2260 = "gbt2260", "GB/T 2260"
    STATS = "stats", "统计用区划代码"
    LOCAL = "local", "本站自编"


class Level(Choice):
    """How high a region stands."""

    CITY = "city", "市"
    COUNTY = "county", "县（市、区）"
    DEV_ZONE = "dev_zone", "开发区"
    SUBDISTRICT = "subdistrict", "街道（乡镇）"
    COMMUNITY = "community", "社区"


AreaCode = Annotated[str, matching("E252", r"0\d{2,3}", str, "0551", "长途区号")]


class Region(Record):
    """One administrative area, or a development zone that regulates property services like a county.

    Codes: GB/T 2260 or the statistics list; development zones often have neither (domain §3.1), so a
    code is never validated against one list. Not a community (小区): that is ``community``.
    """

    type_name: ClassVar[str] = "region"
    folder: ClassVar[str] = "regions"
    title: ClassVar[str] = "行政区域"
    about: ClassVar[str] = "一个行政区域，或像区县一样管理物业的开发区。小区不是区域，另有一类。"
    key_field: ClassVar[str] = "code"

    code: RegionCode = field(
        "行政区划代码", "县级 6 位、街道 9 位、社区 12 位；无国标代码的写本站自编代码", required=True
    )
    code_system: CodeSystem = field("代码体系", required=True)
    name: Name = field(
        "名称", "官方全称", also=("所在区", "所属区", "区县", "县区", "行政区", "所在区县"), required=True
    )
    aliases: tuple[Line, ...] = items("别名", "通称、旧称；表格里多个用；隔开")
    level: Level = field("层级", required=True)
    parent: Annotated[RegionCode, Ref("region")] | None = field("上级", "上级区域的代码；市级留空")
    area_code: AreaCode | None = field("长途区号", "市级填写，如 0551")
    landline_digits: Count | None = field("固话位数", "市级填写，不含区号；填了就按它检查本区号的固定电话")
