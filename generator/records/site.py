"""data/site.yml: who runs this site. Read like a record, but there is exactly one."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import (
    AsOf,
    IcpNumber,
    Id,
    Line,
    PoliceFiling,
    Prose,
    Ref,
    RegionCode,
    SiteIdCode,
    Written,
    refuse,
)
from generator.records.base import Part, Phone, field


def _template(value: str) -> str:
    if not value.startswith("https://") or "{path}" not in value:
        raise refuse("E227", value)
    return value


def _report(value: str) -> str:
    if not value.startswith(("https://", "mailto:", "tel:")):
        raise refuse("E228", value)
    return value


class Site(Part):
    """Who operates the site, and the values records take when they say nothing themselves."""

    title: ClassVar[str] = "本站设置"

    name: Line = field("网站名称", required=True)
    tagline: Line | None = field("副标题", "显示在网站名称旁边")
    region: Annotated[RegionCode, Ref("region")] | None = field("本站区域", "一市一站时填城市代码")
    operator: Line | None = field("主办单位")
    operator_phone: Phone | None = field("主办单位电话")
    organizer: Line | None = field("承办单位", "具体办理的单位")
    support: Line | None = field("技术支持单位")
    site_id_code: SiteIdCode | None = field("网站标识码", "只有已登记的政府网站才有；没有就不写，不可编造")
    icp: IcpNumber | None = field("ICP 备案号")
    police_filing: PoliceFiling | None = field("公安备案号")
    publisher: Annotated[Id, Ref("organization")] | None = field("缺省发布机构")
    content_source: Line | None = field("缺省信息来源")
    as_of: AsOf = field("缺省数据截止日期")
    demo: Prose | None = field("演示说明", "填了就在每一页顶上显示；真实站点留空")
    report: Annotated[str, Written(_report, example="https://example.gov.cn/report")] | None = field(
        "报告错误", "网址、mailto: 或 tel:；留空则指向「关于」页"
    )
    source_template: Annotated[str, Written(_template, example="https://git.example/{path}#L{line}")] | None = field(
        "数据文件链接", "含 {path} 和 {line}；留空则只写文件名和行号"
    )
