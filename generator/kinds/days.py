"""Days, known to the day, the month or the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from generator.kinds.written import Written, full, matching, plain, refuse

UNKNOWN = "unknown"


def _day(value: str) -> date:
    if not full(r"\d{4}-\d{2}-\d{2}", value):
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
    if full(r"[2-5]\d{4}", value):
        return {"fix": (date(1899, 12, 30) + timedelta(days=int(value))).isoformat()}
    if full(r"(?:19|20)\d{6}", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    if found := full(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:00:00:00)?", plain(value)):
        year, month, day = map(int, found.groups())
        try:
            return {"fix": date(year, month, day).isoformat()}
        except ValueError:
            return {}
    return {}


#: A calendar day, YYYY-MM-DD.
Day = Annotated[date, Written(_day, r"\d{4}-\d{2}-\d{2}", "2026-01-05", "日期")]


#: A calendar year.
Year = Annotated[int, matching("E248", r"(?:19|20)\d{2}", int, "2025", "年份")]


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
    if full(r"\d{4}-\d{2}-\d{2}", value):
        _day(value)
    elif not full(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", value):
        year = full(r"(\d{4})年?(?:建成|竣工|交付)?", plain(value))
        likely = {"fix": year.group(1)} if year else _likely_day(value)
        raise refuse("E244", value, example="2006", **likely)
    elif not 1900 <= int(value[:4]) <= 2100:
        raise refuse("E243", value)
    return PartialDay(value)


#: A year, a month or a day.
SomeDay = Annotated[PartialDay, Written(_partial_day, r"\d{4}(?:-\d{2}(?:-\d{2})?)?", "2006", "年、年-月或年-月-日")]


def _as_of(value: str) -> PartialDay | None:
    return None if value in {UNKNOWN, "未注明"} else _partial_day(value)


def _written_as_of(value: PartialDay | None) -> str:
    return UNKNOWN if value is None else str(value)


#: 数据截止日期: a (partial) day; ``unknown`` is written out and prints 「截止日期未注明」.
AsOf = Annotated[
    PartialDay | None,
    Written(
        _as_of,
        rf"\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?|{UNKNOWN}|未注明",
        "2026-11-20",
        f"年、年-月、年-月-日或 {UNKNOWN}（来源没有注明）",
        _written_as_of,
    ),
]
