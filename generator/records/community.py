"""小区: one 物业管理区域, the unit of everything a resident looks up."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import (
    Choice,
    Coordinates,
    Count,
    Day,
    Flag,
    Happened,
    Internal,
    Line,
    Name,
    Public,
    Ref,
    RegionCode,
    SomeDay,
    SquareMetres,
)
from generator.records.base import IdentifiedRecord, Part, field, items


class Category(Choice):
    """What sort of housing it is."""

    COMMERCIAL = "commercial", "商品房"
    RESETTLEMENT = "resettlement", "安置（还原、回迁）房"
    AFFORDABLE = "affordable", "保障房"
    OLD = "old", "老旧小区"
    URBAN_VILLAGE = "urban_village", "城中村"
    SCATTERED = "scattered", "零星楼栋"
    MIXED = "mixed", "混合"
    NON_RESIDENTIAL = "non_residential", "非住宅"


class GovernanceFlag(Choice):
    """A dated class of difficulty or help (domain §1: H20, B07, N02)."""

    SAN_WU = "san_wu", "三无"
    SI_SHI = "si_shi", "四失"
    SHI_GUAN = "shi_guan", "失管"
    ZI_GUAN = "zi_guan", "自管"
    TUO_GUAN = "tuo_guan", "托管"
    DOU_DI = "dou_di", "兜底"


#: Classes that brand a place: shown only where an authority has published them (domain §1.4 row 19).
BRANDING = frozenset({GovernanceFlag.SAN_WU, GovernanceFlag.SI_SHI, GovernanceFlag.SHI_GUAN})


class OwnersCommitteeStatus(Choice):
    """How far the owners have organised."""

    NONE = "none", "未成立"
    PREPARING = "preparing", "筹备"
    ELECTED = "elected", "已成立"
    FILED = "filed", "已备案"
    EXPIRED = "expired", "届满"
    PMC = "pmc", "物管会代行"


class Governance(Part):
    """One class a community was given, by whom and for how long; it ends and must not stick."""

    flag: GovernanceFlag = field("类别", required=True)
    since: Day | None = field("起")
    until: Day | None = field("止")
    classified_by: Line | None = field("认定单位")
    published_by: Line | None = field("公布单位", "三无、四失、失管必填：哪个主管部门、街道公布的，没有公布的不上站")
    published_on: Annotated[Day, Happened()] | None = field("公布日期")
    basis: Line | None = field("公布的文件", "公告或文件的名称")


class Parking(Part):
    """Parking spaces by right; the three are never added up."""

    owned: Count | None = field("产权车位", "个")
    common: Count | None = field("业主共有车位", "个")
    civil_defence: Count | None = field("人防车位", "个")


class Community(IdentifiedRecord):
    """One property-management area: one owners' assembly, one firm (物业管理条例 第九、三十三条).

    Not the popular 小区: phase one and phase two may be two areas.
    """

    type_name: ClassVar[str] = "community"
    folder: ClassVar[str] = "communities"
    title: ClassVar[str] = "小区"
    about: ClassVar[str] = (
        "一个物业管理区域：一个业主大会、一家物业。一期、二期可能是两个区域，不一定等于平常说的小区。"
    )

    name: Name = field("小区名称", "物业管理区域的名称", also=("项目名称", "小区", "楼盘名称", "名称"), required=True)
    aliases: tuple[Line, ...] = items("别名", "曾用名、俗称；表格里多个用；隔开", also=("曾用名",))
    region: Annotated[RegionCode, Ref("region")] = field("所在区域", "区县或街道的代码", required=True)
    address: Annotated[Line, Public()] | None = field("地址", "到路名门牌，不写房号", also=("详细地址", "小区地址"))
    business_area: Line | None = field("片区", "来源使用的片区名，不是街道", also=("板块", "商圈"))
    category: Annotated[Category, Public()] | None = field("小区类别")
    category_from: Day | None = field("类别认定日期")
    governance_flags: tuple[Governance, ...] = items("治理状态")
    no_provider: Flag | None = field("来源称无物业", "来源写明没有物业服务时填 是；没有信息时留空")
    developer: Line | None = field("开发商", "建设单位", also=("建设单位", "开发企业"))
    building_form: Line | None = field("建筑类型", "板楼、塔楼…，照来源写", also=("建筑形式", "楼型"))
    floor_area_m2: SquareMetres | None = field("建筑面积", "㎡", also=("总建筑面积",))
    households: Annotated[Count, Public()] | None = field("户数", "户（不是套）", also=("房屋总数", "总户数"))
    buildings: Annotated[Count, Public()] | None = field("楼栋数", "栋", also=("楼栋总数", "栋数"))
    delivered_on: Annotated[SomeDay, Public()] | None = field(
        "交付时间", "年、年-月或年-月-日", also=("建成年代", "建成年份", "竣工时间", "建成时间")
    )
    elevators: Count | None = field("电梯数", "部", also=("电梯数量",))
    parking: Parking | None = field("车位数", "按权属分列")
    owners_committee_status: Annotated[OwnersCommitteeStatus, Public()] | None = field("业主委员会")
    board_locations: Annotated[tuple[Line, ...], Public()] = items("公示栏位置", "表格里多个用；隔开")
    coordinates: Annotated[Coordinates, Internal()] | None = field(
        "经纬度", "经度,纬度；只用于核对更名，不上站", also=("坐标",)
    )
