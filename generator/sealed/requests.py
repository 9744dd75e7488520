"""What a change of the history needs to know besides the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: Kinds of party that may have found a mistake; never a name.
FOUND_BY = ("企业", "业主", "主管部门", "本站", "媒体", "其他")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who approved, when, and on which day it is looked at."""

    approvers: tuple[str, ...]
    #: With the time of day and +08:00.
    at: str
    today: date
