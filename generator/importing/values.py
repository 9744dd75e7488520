"""One cell: what its text says. Pure; nothing is guessed, and what is not understood comes back with a reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

#: Texts by which sources say that they know nothing (walls.md, seen in real files).
PLACEHOLDERS = frozenset(
    {
        "暂无信息",
        "暂无",
        "无信息",
        "未知",
        "不详",
        "暂无资料",
        "暂无数据",
        "无数据",
        "未填",
        "未提供",
        "待补充",
        "待核实",
        "待定",
    }
    | {"—", "——", "-", "--", "―", "/", "\\", "N/A", "n/a", "NA", "null", "NULL", "None", "nan", "?", "？"}
)
_NO_DEVELOPER = frozenset({"无", "无开发商", "没有开发商"})
_NO_FORM = frozenset({"未知类型", "其他", "其它", "无"})
NOT_GIVEN = "来源没有给"

#: Above this, a monthly price per square metre is more likely a price per household (30元/平米/月 in real files).
_HIGH_YUAN = Decimal("10")


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The cell's text is not used, and why."""

    reason: str


def clean(text: str) -> str:
    """The text in NFC without edge spaces, tabs and line ends."""
    return unicodedata.normalize("NFC", text).strip("\ufeff\u200b \t\r\n\f\v\u3000\u00a0")


def clean_name(text: str) -> str:
    """A name with full-width brackets around Chinese, as on the licence (domain §3.3)."""
    return re.sub(r"[(（](?=[^()（）]*[\u4e00-\u9fff])([^()（）]*)[)）]", r"（\1）", clean(text))


def match_key(text: str) -> str:
    """What two spellings of one name share: width, case, spaces and brackets do not count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def plain(text: str) -> str:
    """Half-width, without any space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class ProviderKind(Enum):
    """What a 物业公司 cell names."""

    NOT_GIVEN = "没有给"
    NONE = "来源称无物业"
    SELF_MANAGED = "自管"
    BACKSTOP = "代管"
    UNSPECIFIC = "不是企业名称"
    FIRM = "企业"


_SERVICE = r"(?:(?:专业|正规)?(?:物业|物管)(?:管理|服务|公司|企业|单位)*)"
#: In this order: 无物业公司 is no firm although it ends in 公司; 某某社区物业公司 is a firm although it says 社区.
_PROVIDERS: tuple[tuple[ProviderKind, str], ...] = (
    (ProviderKind.NONE, rf"(?:暂?无|没有?|未聘请?|无专业){_SERVICE}"),
    (ProviderKind.UNSPECIFIC, rf"无|有|是|(?:有|本)?(?:小区)?{_SERVICE}|物管|小区"),
    (ProviderKind.FIRM, r".*(?:公司|集团)"),
    (ProviderKind.SELF_MANAGED, r".*(?:自管|自主|自筹|自持|自治|自行管理|业委会|业主委员会|业主大会).*|.*单位"),
    (ProviderKind.BACKSTOP, r".*(?:街道|办事处|居委会|社居委|居民委员会|村委会|社区|代管|托管).*"),
)


def provider_kind(text: str) -> ProviderKind:
    """What sort of provider the text names; whatever is no known phrase is taken for a firm's name."""
    name = plain(text)
    if not name or clean(text) in PLACEHOLDERS or name in PLACEHOLDERS:
        return ProviderKind.NOT_GIVEN
    found = (kind for kind, pattern in _PROVIDERS if re.fullmatch(pattern, name))
    return next(found, ProviderKind.FIRM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A monthly price per square metre as the source writes it: one amount, or a range and no amount."""

    amount: str = ""
    low: str = ""
    high: str = ""

    @property
    def shown(self) -> str:
        """As staff read it."""
        return f"{self.amount or f'{self.low} 至 {self.high}'} 元/㎡·月"

    @property
    def is_high(self) -> bool:
        """True above what a square metre can plausibly cost in a month."""
        return Decimal(self.amount or self.high) > _HIGH_YUAN


_AREA = r"(?:平方米|平方|平米|㎡|m2|m²|平|建筑面积)"
_UNIT = rf"元(?:[/每.·]?{_AREA}[/每.·]?月|[/每.·]?月[/每.·]?{_AREA}|/\({_AREA}[.·*]月\))"
_NUMBER = r"(\d+(?:\.\d+)?)"
_FEE = re.compile(rf"{_NUMBER}(?:元?(?:/{_AREA}/月)?(?:至|到|-|~|—|–|―){_NUMBER})?({_UNIT})?")


def fee(text: str, unit: str = "") -> Fee | NotTaken | None:
    """The price in a cell; ``unit`` is what the header says in brackets, used when the cell is a bare number."""
    if not clean(text):
        return None
    if clean(text) in PLACEHOLDERS:
        return NotTaken(NOT_GIVEN)
    found = _FEE.fullmatch(plain(text))
    if not found:
        return NotTaken("看不出 元/㎡·月 的标准")
    first, second, written = found.groups()
    if not written and not re.fullmatch(_UNIT, plain(unit)):
        return NotTaken("没有单位，不能当作 元/㎡·月")
    low, high = _written_number(first), _written_number(second or first)
    if Decimal(low) > Decimal(high):
        return NotTaken("区间的下限大于上限")
    if Decimal(high) == 0:
        return NotTaken("收费为 0，多半是没有填")
    return Fee(amount=low) if Decimal(low) == Decimal(high) else Fee(low=low, high=high)


def _written_number(text: str) -> str:
    """The digits as written, without leading zeros."""
    return re.sub(r"^0+(?=\d)", "", text)


Value = str | NotTaken | None


def text_value(text: str) -> Value:
    """Plain text; placeholders are not taken."""
    value = clean(text)
    return NotTaken(NOT_GIVEN) if value in PLACEHOLDERS else value or None


def _count(counter: str) -> Callable[[str], Value]:
    def count(text: str) -> Value:
        value = text_value(text)
        if not isinstance(value, str):
            return value
        found = re.fullmatch(rf"(\d+)(?:\.0+)?(?:{counter})?", re.sub(r"(?<=\d),(?=\d{3})", "", plain(value)))
        return _written_number(found.group(1)) if found else NotTaken("不是整数，或单位不同")

    return count


def area(text: str) -> Value:
    """Square metres; 万㎡ and 亩 are other units and are not converted."""
    value = text_value(text)
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(?:平方米|平米|㎡|m2)?", re.sub(r"(?<=\d),(?=\d{3})", "", plain(value)))
    return _written_number(found.group(1)) if found else NotTaken("不是以 ㎡ 计的面积")


def some_day(text: str) -> Value:
    """2006年建成, 2006年5月, 2006-05-01 or 2006; 1900 is what an empty date turns into."""
    value = text_value(text)
    if not isinstance(value, str):
        return value
    found = re.fullmatch(
        r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?(?:建成|竣工|交付|建|年代)?(?:0?0:00:00)?",
        plain(value),
    )
    if not found:
        return NotTaken("不是年、年月或日期")
    year, *rest = found.groups()
    if int(year) <= 1900:
        return NotTaken("1900 年是空日期留下的")
    return "-".join([year, *(part.zfill(2) for part in rest if part)])


def building_form(text: str) -> Value:
    """The source's own words, but not 未知类型."""
    value = text_value(text)
    return NotTaken(NOT_GIVEN) if value in _NO_FORM else value


def developer(text: str) -> Value:
    """A builder's name; 无, 无开发商 and stray digits are not taken."""
    value = text_value(text)
    if value in _NO_DEVELOPER:
        return NotTaken("来源称无或没有给")
    if isinstance(value, str) and not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", value):
        return NotTaken("不是单位名称")
    return value


def coordinates(text: str) -> Value:
    """Longitude and latitude, half-width."""
    value = text_value(text)
    return plain(value).replace("，", ",").replace("、", ",") if isinstance(value, str) else value


#: Field of ``community`` -> how its cells are read; all others are plain text.
READERS: Mapping[str, Callable[[str], Value]] = {
    "households": _count("户"),
    "buildings": _count("栋|幢|座|个"),
    "elevators": _count("部|台|个"),
    "floor_area_m2": area,
    "delivered_on": some_day,
    "building_form": building_form,
    "developer": developer,
    "coordinates": coordinates,
}
