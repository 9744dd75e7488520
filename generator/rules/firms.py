"""Rules for firms and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import schema
from generator.dataset import Dataset
from generator.kinds import PHONE_PATTERNS, PhoneKind
from generator.problems import Problem, Source
from generator.records import RECORD_TYPES, Firm, Region
from generator.records.base import Phone
from generator.records.firm import EntityKind
from generator.rules.shared import repeated


def no_firm_is_its_own_branch(dataset: Dataset) -> Iterator[Problem]:
    """Parents do not go round in a circle. (Regions cannot: each parent stands on a higher level.)"""
    firms = dataset.of(Firm)
    for firm in firms.values():
        seen = [firm.id]
        above = firm.parent_firm
        while above is not None and above not in seen:
            seen.append(above)
            above = firms[above].parent_firm
        if above == firm.id == min(seen):
            yield Problem("E303", dataset.place(firm, "parent_firm"), {"value": " → ".join([*seen, firm.id])})


def one_record_a_firm(dataset: Dataset) -> Iterator[Problem]:
    """Codes and names are unique; look-alike spellings belong into ``aliases`` (domain §3.3)."""
    firms = dataset.published(Firm).values()
    yield from repeated(dataset, ((firm.uscc, firm) for firm in firms if firm.uscc), "E403", "uscc")
    yield from repeated(dataset, ((firm.name, firm) for firm in firms), "E404", "name")


def branches_have_a_parent(dataset: Dataset) -> Iterator[Problem]:
    """A branch names the firm it belongs to (domain §3.3)."""
    for firm in dataset.of(Firm).values():
        if firm.entity_kind is EntityKind.BRANCH and firm.parent_firm is None:
            yield Problem("N402", dataset.source(firm), {"value": firm.name})


def inner_check_character(dataset: Dataset) -> Iterator[Problem]:
    """GB 11714: the body code inside a credit code has a check of its own; a notice only (domain §3.21)."""
    for firm in dataset.of(Firm).values():
        if firm.uscc and not _body_code_holds(firm.uscc[8:17]):
            yield Problem("N409", dataset.place(firm, "uscc"), {"value": firm.uscc})


def _body_code_holds(code: str) -> bool:
    total = sum(int(char, 36) * weight for char, weight in zip(code, (3, 7, 9, 10, 5, 8, 4, 2), strict=False))
    return code[8] == "0123456789X0"[11 - total % 11]


def telephones(dataset: Dataset) -> Iterator[Problem]:
    """A number is of the kind it claims, a mobile has consent, a landline has its area's length (domain §3.22)."""
    digits = {r.area_code: r.landline_digits for r in dataset.of(Region).values() if r.area_code and r.landline_digits}
    for place, phone in _phones(dataset):
        pattern, example = PHONE_PATTERNS[phone.kind]
        if phone.kind is not PhoneKind.MOBILE_WORK and phone.number.startswith("1") and len(phone.number) == 11:
            yield Problem("E502", place, {"label": "电话", "value": "（不显示）"})
        elif not re.fullmatch(pattern, phone.number, re.ASCII):
            yield Problem("E426", place, {"value": phone.number, "kind": phone.kind.label, "example": example})
        elif phone.kind is PhoneKind.MOBILE_WORK and not phone.consent_ref:
            yield Problem("E427", place)
        elif phone.kind is PhoneKind.LANDLINE:
            area, number, *_ = phone.number.split("-")
            if area in digits and len(number) != digits[area]:
                yield Problem("E428", place, {"value": phone.number, "area": area, "digits": str(digits[area])})


def _phones(dataset: Dataset) -> Iterator[tuple[Source, Phone]]:
    for model in RECORD_TYPES:
        for record in dataset.of(model).values():
            for loc, phone in schema.parts(record, Phone):
                yield dataset.place(record, *loc, "number"), phone
    if dataset.site.operator_phone:
        yield Source("data/site.yml", 1, 1), dataset.site.operator_phone
