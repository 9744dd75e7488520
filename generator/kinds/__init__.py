"""Kinds of value. Every value arrives as text; each kind knows its one written form."""

from __future__ import annotations

from generator.kinds.choices import Choice
from generator.kinds.codes import Coordinates, CreditCode, DocNo, Id, RegionCode, Url
from generator.kinds.days import AsOf, Day, PartialDay, SomeDay
from generator.kinds.markers import Internal, Public, Ref
from generator.kinds.numbers import BandLimit, Count, Flag, Percent, SquareMetres, Yuan
from generator.kinds.phones import PHONE_PATTERNS, PhoneKind, PhoneNumber
from generator.kinds.texts import Line, Name, Prose
from generator.kinds.written import Written, matching, refuse, shape_of

__all__ = [
    "PHONE_PATTERNS",
    "AsOf",
    "BandLimit",
    "Choice",
    "Coordinates",
    "Count",
    "CreditCode",
    "Day",
    "DocNo",
    "Flag",
    "Id",
    "Internal",
    "Line",
    "Name",
    "PartialDay",
    "Percent",
    "PhoneKind",
    "PhoneNumber",
    "Prose",
    "Public",
    "Ref",
    "RegionCode",
    "SomeDay",
    "SquareMetres",
    "Url",
    "Written",
    "Yuan",
    "matching",
    "refuse",
    "shape_of",
]
