"""Kinds of value. Every value arrives as text; each kind knows its one written form."""

from __future__ import annotations

from generator.kinds.choices import Choice
from generator.kinds.codes import (
    ContentFile,
    Coordinates,
    CreditCode,
    DocNo,
    IcpNumber,
    Id,
    PoliceFiling,
    RegionCode,
    SiteIdCode,
    Symbol,
    Url,
)
from generator.kinds.days import AsOf, Day, PartialDay, SomeDay, Year
from generator.kinds.markers import Happened, Internal, Public, Ref
from generator.kinds.numbers import (
    Balance,
    BandLimit,
    Count,
    Figure,
    Flag,
    Money,
    Percent,
    Points,
    SquareMetres,
    Times,
    Total,
    Yuan,
)
from generator.kinds.persons import names_a_person
from generator.kinds.phones import PHONE_PATTERNS, PhoneKind, PhoneNumber, PublicNumber
from generator.kinds.roles import Role, Unnamed
from generator.kinds.texts import (
    Consent,
    DocTitle,
    Line,
    Name,
    Prose,
    names_an_owner,
    personal,
    without_personal_numbers,
)
from generator.kinds.written import Written, matching, refuse, shape_of

__all__ = [
    "PHONE_PATTERNS",
    "AsOf",
    "Balance",
    "BandLimit",
    "Choice",
    "Consent",
    "ContentFile",
    "Coordinates",
    "Count",
    "CreditCode",
    "Day",
    "DocNo",
    "DocTitle",
    "Figure",
    "Flag",
    "Happened",
    "IcpNumber",
    "Id",
    "Internal",
    "Line",
    "Money",
    "Name",
    "PartialDay",
    "Percent",
    "PhoneKind",
    "PhoneNumber",
    "Points",
    "PoliceFiling",
    "Prose",
    "Public",
    "PublicNumber",
    "Ref",
    "RegionCode",
    "Role",
    "SiteIdCode",
    "SomeDay",
    "SquareMetres",
    "Symbol",
    "Times",
    "Total",
    "Unnamed",
    "Url",
    "Written",
    "Year",
    "Yuan",
    "matching",
    "names_a_person",
    "names_an_owner",
    "personal",
    "refuse",
    "shape_of",
    "without_personal_numbers",
]
