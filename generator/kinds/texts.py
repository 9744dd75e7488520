"""Text for people: lines, prose, names. Personal numbers are refused in any of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated

from generator.kinds.persons import FINDS_ONE_PERSON, tells_of_one_door
from generator.kinds.written import Written, refuse

_FORMULA = "=+-@＝＋－＠"
_LINE_LIMIT = 200
#: What one cell of a workbook holds: any text can go out into one and come back whole.
_PROSE_LIMIT = 32_767


#: A resident's id number (GB 11643) and a mobile number: refused in any text, not masked (domain §6.3).
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])",
    re.ASCII,
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?![0-9A-Za-z])", re.ASCII)


def without_personal_numbers(value: str) -> str:
    """The text with what finds one person left out, for lines about a value that was refused."""
    folded = shown = unicodedata.normalize("NFKC", value)
    if tells_of_one_door(folded):
        return "（不显示）"
    for pattern in (_ID_NUMBER, _MOBILE, *FINDS_ONE_PERSON.values()):
        shown = pattern.sub("（不显示）", shown)
    return shown if shown != folded else value


#: Columns of what belongs to one owner or one door (domain §6.3 PII-COL).
_OF_ONE_OWNER = re.compile(
    r"业主(?:姓名|名单|电话|签名)|户主|姓名|房号|室号|门牌号|欠费|欠缴|欠款|拖欠|身份证|手机|银行账号|卡号|车牌"
)


def names_an_owner(header: str) -> bool:
    """Whether a column is about single owners or doors, so that no table may have it."""
    return _OF_ONE_OWNER.search(unicodedata.normalize("NFKC", header)) is not None


def personal(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What in a text finds one person (domain §6.3): a code of ours, and what its message says besides."""
    folded = unicodedata.normalize("NFKC", text)
    if _ID_NUMBER.search(folded):
        yield "E501", {}
    if _MOBILE.search(folded):
        yield "E502", {}
    if tells_of_one_door(folded):
        yield "E504", {}
    for what, pattern in FINDS_ONE_PERSON.items():
        if pattern.search(folded):
            yield "E505", {"what": what}


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
    for code, values in personal(value):
        raise refuse(code, "（不显示）", **values)
    return value


#: Words that stand for nothing; an absent value is left out.
_NOTHING = frozenset({"无", "暂无", "没有", "不详", "未知", "暂无信息", "/", "N/A", "null", "None"})


def checked_line(value: str) -> str:
    """One line of text, or the refusal of it."""
    if value in _NOTHING:
        raise refuse("E132", value)
    return _checked_text(value, _LINE_LIMIT, "")


#: Words that promise a consent and name none (个人信息保护法 25).
_NO_CONSENT = re.compile(r"待|暂|后补|补签|未|没有同意|不同意|TODO|TBD|N/?A|[xX?？]{2,}|^[-—?？]+$", re.IGNORECASE)


def _consent(value: str) -> str:
    checked_line(value)
    if _NO_CONSENT.search(value):
        raise refuse("E507", value)
    return value


def _prose(value: str) -> str:
    return _checked_text(value.rstrip("\n"), _PROSE_LIMIT, "\n")


def _name(value: str) -> str:
    """A registered name. Brackets beside Chinese must be full-width, as on the licence (domain §3.3)."""
    checked_line(value)
    fixed = re.sub(r"\((?=[^()]*[\u4e00-\u9fff])([^()]*)\)", r"（\1）", value)
    if fixed != value:
        raise refuse("E226", value, fix=fixed)
    return value


def _doc_title(value: str) -> str:
    """A document's title stands in 《》 (GB/T 15834); what is added after it, such as 第一版, may follow."""
    checked_line(value)
    if not re.fullmatch(r"《[^《》]+(?:《[^《》]+》[^《》]*)*》.*", value):
        raise refuse("E229", value, fix=value if "《" in value else f"《{value}》")
    return value


#: One line of text for people, at most 200 characters.
Line = Annotated[str, Written(checked_line, example="示例路 88 号", label="一行文字")]
#: Where a person's consent is filed: a number of the office's own, not a word that stands for one to come.
Consent = Annotated[str, Written(_consent, example="内 12 号", label="同意公开编号")]
#: Several lines of text for people, at most 32,767 characters.
Prose = Annotated[str, Written(_prose, example="第一行\n第二行", label="一段或几段文字")]
#: A name as registered.
Name = Annotated[str, Written(_name, example="示例物业服务有限公司", label="名称")]
#: The title of a document, in 《》.
DocTitle = Annotated[str, Written(_doc_title, r"《.+》.*", "《中华人民共和国民法典》", "文件名称，带书名号")]
