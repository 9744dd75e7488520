"""Sealed editions read back, compared with each other and held against the present records."""

from __future__ import annotations

from generator.sealed.checking import DECIDED, check, shown
from generator.sealed.comparing import Difference, differences, grade, records_differ
from generator.sealed.history import History, Version, history
from generator.sealed.requests import FOUND_BY, Request
from generator.sealed.sheets import Sheet, published, score_columns, sheets

__all__ = [
    "DECIDED",
    "FOUND_BY",
    "Difference",
    "History",
    "Request",
    "Sheet",
    "Version",
    "check",
    "differences",
    "grade",
    "history",
    "published",
    "records_differ",
    "score_columns",
    "sheets",
    "shown",
]
