"""Names in pinyin order: letters, sort keys. Readings come from pypinyin's table, the same on every machine."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pypinyin import Style, lazy_pinyin

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
#: Digits and signs.
OTHER = "0"


@cache
def sort_key(name: str) -> tuple[str, str]:
    """Pinyin without tones, syllable by syllable, then the name itself."""
    folded = unicodedata.normalize("NFKC", name).lower()
    return " ".join(lazy_pinyin(folded, style=Style.NORMAL)), name


@cache
def initial(name: str) -> str:
    """``A`` to ``Z``, or ``0`` for what begins with a digit or sign."""
    first = sort_key(name)[0][:1].upper()
    return first if first in LETTERS else OTHER


def first_syllable(name: str) -> str:
    """The reading of the first character, ``wang``; digits and signs under ``0``."""
    found = re.match(r"[a-z]+", sort_key(name)[0])
    return found.group() if found else OTHER
