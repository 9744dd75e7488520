"""Amounts, areas, shares, counts: exact, bounded, without signs or exponents."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic_core import PydanticCustomError

from generator.kinds.written import Written, full, matching, plain, refuse

#: Written for the side of a band that has no limit: "下浮不限".
UNLIMITED = "unlimited"


def decimal_kind(code: str, digits: int, places: int, example: str, label: str, *, zero: bool = True) -> Written:
    """A non-negative decimal: no sign, exponent, separator or full-width digit, and a bounded size."""
    fraction = rf"(?:\.\d{{1,{places}}})?" if places else ""
    written = matching(code, rf"(?:0|[1-9]\d{{0,{digits - 1}}}){fraction}", Decimal, example)

    def parse(value: str) -> Decimal:
        try:
            number: Decimal = written.parse(value)
        except PydanticCustomError as refused:
            if refused.type != code:
                raise
            fixed = re.sub(r"(?<=\d)[,，](?=\d{3}(?:\D|$))", "", plain(value))
            if fixed != value and full(written.pattern, fixed):
                raise refuse("E205", value, fix=fixed) from None
            raise
        if not number and not zero:
            raise refuse("E236", value)
        return number

    return Written(parse, written.pattern, example, label)


#: 元, at most 4 decimals (domain §3.7).
Yuan = Annotated[Decimal, decimal_kind("E231", 9, 4, "1.44", "金额（元）")]
#: ㎡, more than zero.
SquareMetres = Annotated[Decimal, decimal_kind("E232", 10, 2, "128500.00", "面积（㎡）", zero=False)]
#: A published figure of any unit.
Figure = Annotated[Decimal, decimal_kind("E239", 12, 4, "2.21", "数")]
#: Points of an assessment.
Points = Annotated[Decimal, decimal_kind("E246", 6, 4, "38.60", "得分")]
#: A total. None is below nothing: a cell that begins with a minus reads as a formula.
Total = Annotated[Decimal, decimal_kind("E247", 6, 4, "92.35", "总分")]
_money_text = decimal_kind("E701", 10, 2, "48200.00", "金额（元，到分）")
#: 元 to the 分: what is added up in accounts.
Money = Annotated[Decimal, _money_text]
#: Stands before a balance below nothing. No sign: a cell that begins with a minus reads as a formula.
_BELOW_NOTHING = "负"


def _balance(value: str) -> Decimal:
    amount = value.removeprefix(_BELOW_NOTHING)
    if amount.startswith("-") and full(_money_text.pattern, amount[1:]):
        raise refuse("E701", value, example=_money_text.example, fix=f"{_BELOW_NOTHING}{amount[1:]}")
    number: Decimal = _money_text.parse(amount)
    return -number if amount != value else number


def _written_balance(value: Decimal) -> str:
    return f"{_BELOW_NOTHING if value < 0 else ''}{abs(value)}"


#: 元 to the 分, below nothing too: ``负120.50``.
Balance = Annotated[
    Decimal,
    Written(
        _balance,
        rf"{_BELOW_NOTHING}?(?:{_money_text.pattern})",
        "48200.00",
        "金额（元，到分），为负写 负120.50",
        _written_balance,
    ),
]
_PER_CENT = "百分数，不写 %"
#: Per cent of a whole, 0 to 100.
Percent = Annotated[
    Decimal, matching("E233", r"100(?:\.0{1,2})?|(?:0|[1-9]\d?)(?:\.\d{1,2})?", Decimal, "20", _PER_CENT)
]


def _count(value: str) -> int:
    return int(_count_text.parse(value))


_count_text = decimal_kind("E234", 9, 0, "1286", "整数")
#: A whole number of households, buildings, lifts …
Count = Annotated[int, Written(_count, _count_text.pattern, "1286", _count_text.label)]


def _times(value: str) -> int:
    return int(_times_text.parse(value))


_times_text = decimal_kind("E234", 9, 0, "2", "整数", zero=False)
#: A whole number above zero.
Times = Annotated[int, Written(_times, _times_text.pattern, "2", "大于零的整数")]


def _band(value: str) -> Decimal | None:
    if value in {UNLIMITED, "不限"}:
        return Decimal("Infinity")
    number: Decimal = _band_text.parse(value)
    return number


def _written_band(value: Decimal) -> str:
    return UNLIMITED if value.is_infinite() else str(value)


_band_text = decimal_kind("E235", 3, 2, "20", f"{_PER_CENT}，没有限制写 {UNLIMITED}")
#: Per cent, or 不限 (``unlimited``) for a side without a limit, held as Infinity.
BandLimit = Annotated[
    Decimal, Written(_band, rf"{_band_text.pattern}|{UNLIMITED}|不限", "20", _band_text.label, _written_band)
]


def _flag(value: str) -> bool:
    if value in {"true", "是"}:
        return True
    if value in {"false", "否"}:
        return False
    raise refuse("E237", value)


def _written_flag(value: bool) -> str:
    return "true" if value else "false"


#: Yes or no.
Flag = Annotated[bool, Written(_flag, "true|false|是|否", "true", "true（是）或 false（否）", _written_flag)]
