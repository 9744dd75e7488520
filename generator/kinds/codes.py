"""Identifiers, official codes, document numbers, addresses."""

from __future__ import annotations

import itertools
import re
from typing import Annotated
from urllib.parse import urlsplit

from stdnum.cn import uscc

from generator.kinds.written import Written, full, matching, plain, refuse

_ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
#: Addresses that the site or an operating system needs for itself.
RESERVED_IDS = frozenset({"index", "assets", "search", "templates", "con", "aux", "nul", "prn", "new", "all"})


def _id(value: str) -> str:
    if not full(_ID, value) or not 3 <= len(value) <= 40:
        raise refuse("E211", value, example="firm-shili")
    if value in RESERVED_IDS:
        raise refuse("E212", value)
    return value


Id = Annotated[str, Written(_id, _ID, "firm-shili", "编号")]

#: The name of a part of a scheme, as tables write it: ``service_quality``.
Symbol = Annotated[
    str, matching("E249", r"[a-z][a-z0-9]{0,29}(?:_[a-z0-9]{1,20}){0,4}", str, "service_quality", "短编号")
]

_REGION = r"[1-9]\d{5}(?:\d{3}(?:\d{3})?)?|[1-9]\d{5}-[a-z0-9]{2,10}"
#: 6 digits (county and above), 9 (street), 12 (neighbourhood), or a local ``340100-ab12``.
RegionCode = Annotated[str, matching("E213", _REGION, str, "340104", "区域代码")]

_USCC = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}", re.ASCII)


def _credit_code(value: str) -> str:
    """GB 32100-2015, check character included (domain §3.21)."""
    if full(r"\d(?:\.\d+)?[eE]\+?\d+", value):
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
CreditCode = Annotated[str, Written(_credit_code, _USCC.pattern, "91340104MA8TE5T029", "统一社会信用代码")]

_DOC_NO = r"[\u4e00-\u9fa5]{2,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号"


#: 国令第379号; DB34/T 4060-2021: orders and standards have numbers of their own (domain §3.22).
_ORDER = r"[\u4e00-\u9fa5]{1,20}令第[1-9]\d{0,3}号"
_STANDARD = r"(?:GB|DB\d{2,4}|T/[A-Z]+|JGJ|CJJ)(?:/[TZ])? \d{1,6}(?:\.\d{1,3})?-\d{4}"


def _doc_no(value: str) -> str:
    """文号 with 六角括号 U+3014/3015 (domain §3.22); other brackets are offered as a fix, never changed."""
    if full(_DOC_NO, value) or full(_ORDER, value) or full(_STANDARD, value):
        return value
    fixed = re.sub(r"[\[（(【]((?:19|20)\d{2})[\]）)】]第?0*", r"〔\1〕", value)
    if full(_DOC_NO, fixed):
        raise refuse("E205", value, fix=fixed)
    raise refuse("E217", value, example="建房规〔2020〕10号")


DocNo = Annotated[str, Written(_doc_no, f"{_DOC_NO}|{_ORDER}|{_STANDARD}", "建房规〔2020〕10号", "文号")]


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        raise refuse("E218", value) from None
    is_web = parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc
    if not full(r"[\x21-\x7e]+", value) or re.search(r"[\"'<>\\`{}|^]", value) or not is_web:
        raise refuse("E218", value)
    return value


#: A link to a source on the web, http or https.
Url = Annotated[str, Written(_url, r"https?://.+", "https://example.gov.cn/doc.html", "网址")]

_CONTENT_FILE = r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*\.(?:pdf|jpg|png|webp)"
#: A file below ``content/`` that a page may offer.
ContentFile = Annotated[str, matching("E245", _CONTENT_FILE, str, "files/notice.pdf", "content/ 里的文件")]

_COORDINATES = r"\d{2,3}\.\d{1,16},\d{1,2}\.\d{1,16}"
#: Longitude, then latitude, in degrees.
Coordinates = Annotated[str, matching("E219", _COORDINATES, str, "117.309426,31.843043", "经度和纬度（度）")]


def _filed(code: str, pattern: str, example: str) -> Written:
    """A number that an authority assigned to the site. Runs such as 1234567890 are placeholders, never assigned."""

    def real(value: str) -> str:
        number = max(re.findall(r"\d+", value), key=len)
        steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(number)}
        if len(steps) == 1 and steps <= {0, 1, 9}:
            raise refuse(code, value, example=example)
        return value

    return matching(code, pattern, real, example)


_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕甘陇青宁新"
#: First two digits of GB/T 2260.
_PROVINCE_CODES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]"
#: 网站标识码 of a registered government site: region code and serial, or ``bm`` for ministries (domain §7.1).
SiteIdCode = Annotated[str, _filed("E253", rf"(?:{_PROVINCE_CODES})\d{{8}}|bm\d{{8}}", "××××××××××")]
#: ICP 备案号 of the site or, with ``-1``, of one of its domains (domain §7.2).
IcpNumber = Annotated[str, _filed("E254", rf"[{_PROVINCES}]ICP备\d{{8,10}}号(?:-\d{{1,3}})?", "皖ICP备××××××××号")]
#: 公安备案号; older ones carry ``-nn`` (domain §7.2).
PoliceFiling = Annotated[
    str, _filed("E255", rf"[{_PROVINCES}]公网安备 ?\d{{14}}(?:-\d{{1,2}})?号", "皖公网安备 ××××××××××××××号")
]
