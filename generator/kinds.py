"""Kinds of value. Every value arrives as text; each kind knows its one written form.

pydantic's own lax mode takes ``1e3``, ``1_000`` and full-width digits as numbers, so a kind first
matches its written form and only then converts. What a kind refuses, it refuses with one of our
codes (``messages.py``) and, where the intended value is plain to see, with that value as a fix.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from stdnum.cn import uscc

T = TypeVar("T")

UNKNOWN = "unknown"
#: Written for a one-sided band: "下浮不限" (domain: bands can be one-sided).
UNLIMITED = "unlimited"


def refuse(code: str, value: str, **values: str) -> PydanticCustomError:
    """The exception a kind raises; the code is the key into the message catalogue."""
    context: dict[str, Any] = {"value": value, **values}
    return PydanticCustomError(code, "{value}", context)


@dataclass(frozen=True)
class Written:
    """Annotation: the written form of a kind and how it becomes a value."""

    parse: Callable[[str], Any]
    pattern: str = ""
    example: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: Any) -> Any:
            return self.parse(text_of(value, self.example))

        return core_schema.no_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json")
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "type": "string",
            **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}),
            **({"examples": [self.example]} if self.example else {}),
        }


def _full(pattern: str, value: str) -> re.Match[str] | None:
    """The whole value, with ``\\d`` meaning 0 to 9: Python's own also takes full-width and Arabic-Indic digits."""
    return re.fullmatch(pattern, value, re.ASCII)


_EXCEL_ERROR = re.compile(r"#{2,}|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


def text_of(value: Any, example: str) -> str:
    """The text of a single value; lists, groups and what a spreadsheet leaves behind on error are refused."""
    if not isinstance(value, str):
        raise refuse("E204", "列表" if isinstance(value, list) else "一组字段", example=example)
    if _EXCEL_ERROR.fullmatch(value):
        raise refuse("E133", value)
    return value


def plain(value: str) -> str:
    """The value as a careful typist would have written it: half-width, no edge or inner spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))


def matching(code: str, pattern: str, convert: Callable[[str], T], example: str) -> Written:
    """A kind whose written form is one regular expression; offers the half-width form as a fix."""
    compiled = re.compile(pattern, re.ASCII)

    def parse(value: str) -> T:
        if compiled.fullmatch(value):
            return convert(value)
        fixed = plain(value).replace("。", ".")
        if compiled.fullmatch(fixed):
            raise refuse("E205", value, fix=fixed)
        raise refuse(code, value, example=example)

    return Written(parse, pattern, example)


# ── text ────────────────────────────────────────────────────────────────────────────────────────

_FORMULA = "=+-@＝＋－＠"
_LINE_LIMIT = 200
_PROSE_LIMIT = 64 * 1024


#: A resident's id number (GB 11643) and a mobile number: refused in any text, not masked (domain §6.3).
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])",
    re.ASCII,
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?![0-9A-Za-z])", re.ASCII)


def _refuse_personal(value: str) -> None:
    folded = unicodedata.normalize("NFKC", value)
    if _ID_NUMBER.search(folded):
        raise refuse("E501", "（不显示）")
    if _MOBILE.search(folded):
        raise refuse("E502", "（不显示）")


def _checked_text(value: str, limit: int, allowed: str) -> str:
    for position, char in enumerate(value):
        if char not in allowed and unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}:
            raise refuse("E221", value, char=f"U+{ord(char):04X}", position=str(position + 1))
    if value != value.strip() or not value:
        raise refuse("E222", value, fix=value.strip())
    if not unicodedata.is_normalized("NFC", value):
        raise refuse("E223", value, fix=unicodedata.normalize("NFC", value))
    if value[0] in _FORMULA:
        raise refuse("E224", value, char=value[0])
    if len(value) > limit:
        raise refuse("E225", value, length=str(len(value)), limit=str(limit))
    _refuse_personal(value)
    return value


def _line(value: str) -> str:
    return _checked_text(value, _LINE_LIMIT, "")


def _prose(value: str) -> str:
    return _checked_text(value.rstrip("\n"), _PROSE_LIMIT, "\n")


def _name(value: str) -> str:
    """A registered name. Brackets beside Chinese must be full-width, as on the licence (domain §3.3)."""
    _line(value)
    fixed = re.sub(r"\((?=[^()]*[\u4e00-\u9fff])([^()]*)\)", r"（\1）", value)
    if fixed != value:
        raise refuse("E226", value, fix=fixed)
    return value


#: One line of text for people, at most 200 characters.
Line = Annotated[str, Written(_line, example="示例路 88 号")]
#: Several lines of text for people, at most 64 KB.
Prose = Annotated[str, Written(_prose, example="第一行\n第二行")]
#: A name as registered.
Name = Annotated[str, Written(_name, example="示例物业服务有限公司")]


# ── identifiers and codes ───────────────────────────────────────────────────────────────────────

_ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
#: Addresses that the site or an operating system needs for itself.
RESERVED_IDS = frozenset({"index", "assets", "search", "templates", "con", "aux", "nul", "prn", "new", "all"})


def _id(value: str) -> str:
    if not _full(_ID, value) or not 3 <= len(value) <= 40:
        raise refuse("E211", value, example="firm-shili")
    if value in RESERVED_IDS:
        raise refuse("E212", value)
    return value


Id = Annotated[str, Written(_id, _ID, "firm-shili")]

_REGION = r"[1-9]\d{5}(?:\d{3}(?:\d{3})?)?|[1-9]\d{5}-[a-z0-9]{2,10}"
#: 6 digits (county and above), 9 (street), 12 (neighbourhood), or a local ``340100-ab12``.
RegionCode = Annotated[str, matching("E213", _REGION, str, "340104")]

_USCC = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}", re.ASCII)


def _credit_code(value: str) -> str:
    """GB 32100-2015, check character included (domain §3.21)."""
    if _full(r"\d(?:\.\d+)?[eE]\+?\d+", value):
        raise refuse("E215", value)
    if not _USCC.fullmatch(value):
        fixed = plain(value).replace("-", "").upper()
        swapped = fixed.translate(str.maketrans("OIZSV", "01250"))
        for candidate in (fixed, swapped):
            if _USCC.fullmatch(candidate) and uscc.calc_check_digit(candidate[:17]) == candidate[17]:
                raise refuse("E205", value, fix=candidate)
        raise refuse("E214", value, length=str(len(value)))
    if uscc.calc_check_digit(value[:17]) != value[17]:
        raise refuse("E216", value, check=value[17])
    return value


#: 统一社会信用代码, 18 characters.
CreditCode = Annotated[str, Written(_credit_code, _USCC.pattern, "91340104MA8TE5T029")]

_DOC_NO = r"[\u4e00-\u9fa5]{2,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号"


def _doc_no(value: str) -> str:
    """文号 with 六角括号 U+3014/3015 (domain §3.22); other brackets are offered as a fix, never changed."""
    if _full(_DOC_NO, value):
        return value
    fixed = re.sub(r"[\[（(【]((?:19|20)\d{2})[\]）)】]第?0*", r"〔\1〕", value)
    if _full(_DOC_NO, fixed):
        raise refuse("E205", value, fix=fixed)
    raise refuse("E217", value, example="建房规〔2020〕10号")


DocNo = Annotated[str, Written(_doc_no, _DOC_NO, "建房规〔2020〕10号")]


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        raise refuse("E218", value) from None
    is_web = parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc
    if not _full(r"[\x21-\x7e]+", value) or re.search(r"[\"'<>\\`{}|^]", value) or not is_web:
        raise refuse("E218", value)
    return value


#: A link to a source on the web, http or https.
Url = Annotated[str, Written(_url, r"https?://.+", "https://example.gov.cn/doc.html")]

Coordinates = Annotated[str, matching("E219", r"\d{2,3}\.\d{1,16},\d{1,2}\.\d{1,16}", str, "117.309426,31.843043")]


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────


def decimal_kind(code: str, digits: int, places: int, example: str, *, zero: bool = True) -> Written:
    """A non-negative decimal: no sign, exponent, separator or full-width digit, and a bounded size."""
    fraction = rf"(?:\.\d{{1,{places}}})?" if places else ""
    written = matching(code, rf"(?:0|[1-9]\d{{0,{digits - 1}}}){fraction}", Decimal, example)

    def parse(value: str) -> Decimal:
        try:
            number: Decimal = written.parse(value)
        except PydanticCustomError:
            fixed = re.sub(r"(?<=\d)[,，](?=\d{3}(?:\D|$))", "", plain(value))
            if fixed != value and _full(written.pattern, fixed):
                raise refuse("E205", value, fix=fixed) from None
            raise
        if not number and not zero:
            raise refuse("E236", value)
        return number

    return Written(parse, written.pattern, example)


#: 元, at most 4 decimals (domain §3.7).
Yuan = Annotated[Decimal, decimal_kind("E231", 9, 4, "1.44")]
#: ㎡, more than zero.
SquareMetres = Annotated[Decimal, decimal_kind("E232", 10, 2, "128500.00", zero=False)]
#: Per cent, 0 to 999.99.
Percent = Annotated[Decimal, decimal_kind("E233", 3, 2, "20")]


def _count(value: str) -> int:
    return int(_count_text.parse(value))


_count_text = decimal_kind("E234", 9, 0, "1286")
#: A whole number of households, buildings, lifts …
Count = Annotated[int, Written(_count, _count_text.pattern, "1286")]


def _band(value: str) -> Decimal | None:
    if value in {UNLIMITED, "不限"}:
        return Decimal("Infinity")
    number: Decimal = _band_text.parse(value)
    return number


_band_text = decimal_kind("E235", 3, 2, "20")
#: Per cent, or 不限 (``unlimited``) for a side without a limit, held as Infinity.
BandLimit = Annotated[Decimal, Written(_band, rf"{_band_text.pattern}|{UNLIMITED}|不限", "20")]


def _flag(value: str) -> bool:
    if value in {"true", "是"}:
        return True
    if value in {"false", "否"}:
        return False
    raise refuse("E237", value)


Flag = Annotated[bool, Written(_flag, "true|false|是|否", "true")]


# ── days ────────────────────────────────────────────────────────────────────────────────────────


def _day(value: str) -> date:
    if not _full(r"\d{4}-\d{2}-\d{2}", value):
        raise refuse("E241", value, example="2026-01-05", **_likely_day(value))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise refuse("E242", value) from None
    if not date(1949, 10, 1) <= day <= date(2100, 12, 31):
        raise refuse("E243", value)
    return day


def _likely_day(value: str) -> dict[str, str]:
    """The day that was probably meant, as a fix: 2026/1/5, 2026年1月5日, or an Excel serial number."""
    if _full(r"[2-5]\d{4}", value):
        return {"fix": (date(1899, 12, 30) + timedelta(days=int(value))).isoformat()}
    if found := _full(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?", plain(value)):
        year, month, day = map(int, found.groups())
        try:
            return {"fix": date(year, month, day).isoformat()}
        except ValueError:
            return {}
    return {}


#: A calendar day, YYYY-MM-DD.
Day = Annotated[date, Written(_day, r"\d{4}-\d{2}-\d{2}", "2026-01-05")]


@dataclass(frozen=True, slots=True, order=True)
class PartialDay:
    """A year, a month or a day, exactly as known: ``2006``, ``2006-05`` or ``2006-05-01``."""

    text: str

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self.text[:4])

    def __str__(self) -> str:
        return self.text


def _partial_day(value: str) -> PartialDay:
    if _full(r"\d{4}-\d{2}-\d{2}", value):
        _day(value)
    elif not _full(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", value):
        year = _full(r"(\d{4})年?(?:建成|竣工|交付)?", plain(value))
        likely = {"fix": year.group(1)} if year else _likely_day(value)
        raise refuse("E244", value, example="2006", **likely)
    elif not 1900 <= int(value[:4]) <= 2100:
        raise refuse("E243", value)
    return PartialDay(value)


#: A year, a month or a day.
SomeDay = Annotated[PartialDay, Written(_partial_day, r"\d{4}(?:-\d{2}(?:-\d{2})?)?", "2006")]


def _as_of(value: str) -> PartialDay | None:
    return None if value in {UNKNOWN, "未注明"} else _partial_day(value)


#: 数据截止日期: a (partial) day; ``unknown`` is written out and prints 「截止日期未注明」.
AsOf = Annotated[
    PartialDay | None, Written(_as_of, rf"\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?|{UNKNOWN}|未注明", "2026-11-20")
]


# ── choices ─────────────────────────────────────────────────────────────────────────────────────


class Choice(str, Enum):
    """A closed list: ``NAME = "identifier", "中文"``. Data may write either; there is no "unknown"."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:  # noqa: D102 - enum machinery
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def read(cls, value: Any) -> Self:
        """The member written as identifier or Chinese label."""
        if isinstance(value, cls):
            return value
        value = text_of(value, next(iter(cls)).value)
        known = {word: member for member in cls for word in (member.value, member.label)}
        if value in known:
            return known[value]
        near = difflib.get_close_matches(value, known, n=1, cutoff=0.5)
        raise refuse("E238", value, options=cls.options(), **({"fix": near[0]} if near else {}))

    @classmethod
    def options(cls) -> str:
        """All members as a clerk reads them."""
        return "、".join(f"{member.label}（{member.value}）" for member in cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "enum": [word for member in cls for word in (member.value, member.label)],
            "description": cls.options(),
        }


# ── telephone numbers ───────────────────────────────────────────────────────────────────────────


class PhoneKind(Choice):
    """What sort of number it is (domain §3.22)."""

    LANDLINE = "landline", "固定电话"
    SERVICE_400 = "service_400", "400 电话"
    HOTLINE_SHORT = "hotline_short", "短号"
    MOBILE_WORK = "mobile_work", "工作手机"


PHONE_PATTERNS: Mapping[PhoneKind, tuple[str, str]] = {
    PhoneKind.LANDLINE: (r"0(?:10|2\d|[3-9]\d{2})-[2-9]\d{6,7}(?:-\d{1,6})?", "0551-62345678"),
    PhoneKind.SERVICE_400: (r"[48]00-\d{3}-\d{4}", "400-123-4567"),
    PhoneKind.HOTLINE_SHORT: (r"(?:0\d{2,3}-)?(?:12345|12315|110|119|120|12319|96\d{3,4}|95\d{3})", "12345"),
    PhoneKind.MOBILE_WORK: (r"1[3-9]\d{9}", "13900000000"),
}
_ANY_PHONE = "|".join(pattern for pattern, _ in PHONE_PATTERNS.values())


def _phone_number(value: str) -> str:
    if _full(_ANY_PHONE, value):
        return value
    fixed = re.sub(r"[－—–()（）]", "-", plain(value)).strip("-")
    fixed = re.sub(r"^([48]00)-?(\d{3})-?(\d{4})$", r"\1-\2-\3", fixed)
    fixed = re.sub(r"^(010|02\d|0[3-9]\d{2})-?([2-9]\d{6,7})$", r"\1-\2", fixed)
    raise refuse("E251", value, example="0551-62345678", **({"fix": fixed} if _full(_ANY_PHONE, fixed) else {}))


PhoneNumber = Annotated[str, Written(_phone_number, _ANY_PHONE, "0551-62345678")]


# ── what a field is for ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Ref:
    """Annotation: the value is the id of a record of this type."""

    type_name: str


@dataclass(frozen=True)
class Public:
    """Annotation: the rules require this to be public; absent, it is a notice and prints 「未提供」.

    ``where`` narrows it to records with one value in another field, such as ``("basis", "area_month")``.
    """

    where: tuple[str, str] | None = None
