"""托管和兜底: who looks after places that no firm of their own looks after, with what, for how much."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Id, Line, Name, Prose, Ref, RegionCode, Role
from generator.records.base import BasisDoc, IdentifiedRecord, field, items
from generator.records.governance_stat import Stated


class TrusteeshipMode(Choice):
    """How it came about (domain §1: H20, H21, B08, B09, N03)."""

    TRUSTEESHIP = "trusteeship", "托管"
    BACKSTOP = "backstop", "兜底"
    BUNDLED = "bundled", "组团打包"
    PUBLIC_WELFARE = "public_welfare", "公益性服务实体"
    FIVE_GUARANTEES = "five_guarantees", "五保服务"


#: What 五保 promises, all five (domain §1, B08).
FIVE_GUARANTEES = ("保洁", "保安", "保维修", "保活动", "保宣传")


class Trusteeship(IdentifiedRecord):
    """One arrangement by which somebody looks after old, failed or scattered housing (domain §3.20).

    Its figures are the source's own: those that are ``governance_stat`` records are named, not repeated.
    """

    type_name: ClassVar[str] = "trusteeship"
    folder: ClassVar[str] = "trusteeships"
    title: ClassVar[str] = "托管和兜底"
    about: ClassVar[str] = "托管、兜底的小区由谁管：哪种办法、管哪些小区、做哪几项、收多少、出了急事找谁。"

    name: Name = field("名称", "如 老旧小区托管", required=True)
    mode: TrusteeshipMode = field("办法", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("区域", required=True)
    firm: Annotated[Id, Ref("firm")] | None = field("企业", "由企业做的填企业编号")
    organization: Annotated[Id, Ref("organization")] | None = field("机构", "由街道、社区做的填机构编号")
    provider: Role | None = field("由谁做", "本站没有它的记录的，照来源写名称")
    communities: Annotated[tuple[Id, ...], Ref("community")] = items("小区", "小区编号；表格里多个用；隔开")
    figures: Annotated[tuple[Id, ...], Ref("governance_stat")] = items(
        "治理统计", "本站已有的数，填编号；表格里多个用；隔开"
    )
    counts: tuple[Stated, ...] = items("数", "本站没有的数，照来源写")
    services: tuple[Line, ...] = items("做哪几项", "如 保洁；表格里多个用；隔开")
    fee: Line | None = field("收费", "低价有偿的写收多少，如 多层每户每月 15 元")
    fee_standard: Annotated[Id, Ref("fee_standard")] | None = field("收费标准", "本站有的填编号")
    since: Day | None = field("起")
    until: Day | None = field("止")
    emergency: Prose | None = field("应急管理", "夜里、汛期、停水停电找谁，几时到")
    basis_docs: tuple[BasisDoc, ...] = items("依据")
