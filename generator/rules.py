"""Checks across fields and records: one small function a rule, each with its source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TypeVar

from generator import schema
from generator.dataset import Dataset
from generator.kinds import PHONE_PATTERNS, PhoneKind
from generator.problems import Problem, Source
from generator.records import (
    RECORD_TYPES,
    Community,
    Engagement,
    FeeStandard,
    Firm,
    Grade,
    GuidePrice,
    Organization,
    Record,
    Region,
)
from generator.records.base import Phone
from generator.records.engagement import ContractKind, TermKind
from generator.records.fee_standard import SHARED_BASES, UNITS_OF, BillingBasis, FeeItem, PricingForm
from generator.records.firm import EntityKind
from generator.records.region import CodeSystem, Level

Rule = Callable[[Dataset], Iterator[Problem]]
R = TypeVar("R", bound=Record)

_FIRST, _LAST = date.min, date.max


def check(dataset: Dataset) -> Iterator[Problem]:
    """Every problem that the rules find, in order of rule."""
    for rule in RULES:
        yield from rule(dataset)


def _reversed(dataset: Dataset, record: Record, early: str, late: str, *, may_equal: bool = True) -> Iterator[Problem]:
    first, last = getattr(record, early), getattr(record, late)
    if first and last and (last < first or (last == first and not may_equal)):
        labels = [f"{schema.label(type(record), (name,))} {getattr(record, name)}" for name in (late, early)]
        yield Problem("E406", dataset.place(record, late), {"value": labels[0], "first": labels[1]})


def days_in_order(dataset: Dataset) -> Iterator[Problem]:
    """Days that cannot come before each other (domain §3.0, §3.5, §3.7)."""
    pairs: dict[type[Record], tuple[tuple[str, str], ...]] = {
        Engagement: (("term_start", "term_end"), ("term_start", "ended_on"), ("ended_on", "handover_until")),
        FeeStandard: (("effective_from", "effective_to"),),
        GuidePrice: (("effective_from", "effective_to"), ("effective_from", "next_review")),
    }
    for model in RECORD_TYPES:
        for record in dataset.of(model).values():
            yield from _reversed(dataset, record, "valid_from", "valid_to")
            yield from _reversed(dataset, record, "generated_on", "published_on")
            for early, late in pairs.get(model, ()):
                yield from _reversed(dataset, record, early, late, may_equal=late != "term_end")


def approximations_keep_their_wording(dataset: Dataset) -> Iterator[Problem]:
    """余, 多, 超 and 约 are printed as the source writes them (domain §1.0)."""
    for model in RECORD_TYPES:
        for record in dataset.of(model).values():
            if record.approx and not record.display:
                yield Problem("E425", dataset.place(record, "approx"))


# ── regions ─────────────────────────────────────────────────────────────────────────────────────

_ORDER = {Level.CITY: 0, Level.COUNTY: 1, Level.DEV_ZONE: 1, Level.SUBDISTRICT: 2, Level.COMMUNITY: 3}


def regions_nest(dataset: Dataset) -> Iterator[Problem]:
    """Each region but a city lies in a higher one."""
    regions = dataset.of(Region)
    for region in regions.values():
        parent = regions.get(region.parent or "")
        if region.level is Level.CITY and region.parent is None:
            continue
        if parent is None or _ORDER[parent.level] >= _ORDER[region.level]:
            values = {"value": parent.name if parent else "没有填写", "level": region.level.label}
            yield Problem("E401", dataset.place(region, "parent"), values)


def codes_fit_their_system(dataset: Dataset) -> Iterator[Problem]:
    """GB/T 2260 has six digits, the first of them the city's; development zones often have no code (domain §3.1)."""
    for region in dataset.of(Region).values():
        is_local = "-" in region.code
        fits = is_local == (region.code_system is CodeSystem.LOCAL)
        if region.code_system is CodeSystem.GBT2260:
            shared = (
                2 if region.parent and region.parent.endswith("0000") else 4
            )  # a municipality stands above all its counties
            in_parent = region.parent is None or region.code[:shared] == region.parent[:shared]
            fits = fits and len(region.code) == 6 and in_parent
        if not fits:
            yield Problem("E402", dataset.place(region, "code"), {"value": region.code})


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


# ── firms and telephones ────────────────────────────────────────────────────────────────────────


def _repeated(dataset: Dataset, records: Iterator[tuple[str, R]], code: str, *loc: str) -> Iterator[Problem]:
    first: dict[str, R] = {}
    for value, record in records:
        if value in first:
            at = dataset.place(first[value], *loc)
            values = {"value": value.rpartition("\n")[2], "first": f"{first[value].key}，{at.path}:{at.line}"}
            yield Problem(code, dataset.place(record, *loc), values)
        first.setdefault(value, record)


def one_record_a_firm(dataset: Dataset) -> Iterator[Problem]:
    """Codes and names are unique; look-alike spellings belong into ``aliases`` (domain §3.3)."""
    firms = dataset.of(Firm).values()
    yield from _repeated(dataset, ((firm.uscc, firm) for firm in firms if firm.uscc), "E403", "uscc")
    yield from _repeated(dataset, ((firm.name, firm) for firm in firms), "E404", "name")


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
        if not re.fullmatch(pattern, phone.number, re.ASCII):
            yield Problem("E426", place, {"value": phone.number, "kind": phone.kind.label, "example": example})
        elif phone.kind is PhoneKind.MOBILE_WORK and not phone.consent_ref:
            yield Problem("E427", place, {"value": phone.number})
        elif phone.kind is PhoneKind.LANDLINE:
            area, number, *_ = phone.number.split("-")
            if area in digits and len(number) != digits[area]:
                yield Problem("E428", place, {"value": phone.number, "area": area, "digits": str(digits[area])})


def _phones(dataset: Dataset) -> Iterator[tuple[Source, Phone]]:
    for firm in dataset.of(Firm).values():
        for number, phone in enumerate(firm.hotlines):
            yield dataset.place(firm, "hotlines", number, "number"), phone
    for organization in dataset.of(Organization).values():
        for number, phone in enumerate(organization.phones):
            yield dataset.place(organization, "phones", number, "number"), phone
    if dataset.site.operator_phone:
        yield Source("data/site.yml", 1, 1), dataset.site.operator_phone


# ── communities and engagements ─────────────────────────────────────────────────────────────────


def communities_are_distinct(dataset: Dataset) -> Iterator[Problem]:
    """A name is used once in its region (domain §3.4)."""
    keyed = ((f"{c.region}\n{c.name}", c) for c in dataset.of(Community).values())
    yield from _repeated(dataset, keyed, "E405", "name")


def communities_have_a_district(dataset: Dataset) -> Iterator[Problem]:
    """A community stands in a district or street; the city alone is a gap."""
    for community in dataset.of(Community).values():
        if dataset.of(Region)[community.region].level is Level.CITY:
            yield Problem("N401", dataset.place(community, "region"), {"value": community.name})


def engagements_by_community(dataset: Dataset) -> dict[str, list[Engagement]]:
    """Engagements of each community, oldest start first; an unknown start counts as the oldest."""
    found: dict[str, list[Engagement]] = defaultdict(list)
    for engagement in dataset.of(Engagement).values():
        found[engagement.community].append(engagement)
    return {key: sorted(group, key=lambda e: (e.term_start or _FIRST, e.id)) for key, group in found.items()}


def one_current_engagement(dataset: Dataset) -> Iterator[Problem]:
    """At most one at a time, hand-over apart; a preliminary contract ends when the owners' begins (民法典 940)."""
    for group in engagements_by_community(dataset).values():
        for older, newer in pairwise(group):
            start = newer.term_start or _FIRST
            replaced = older.contract_kind is ContractKind.PRELIMINARY and newer.contract_kind is ContractKind.OWNERS
            end = older.ended_on or older.term_end or _LAST
            is_handover = older.handover_until is not None and start <= older.handover_until
            if start <= end and not is_handover and not (replaced and start > (older.term_start or _FIRST)):
                yield Problem("E407", dataset.source(newer), {"value": newer.id, "first": older.id})


def engagements_name_their_firm(dataset: Dataset) -> Iterator[Problem]:
    """Only self-management and backstop go without a firm."""
    for engagement in dataset.of(Engagement).values():
        kind = engagement.contract_kind
        if engagement.firm is None and (kind is None or kind.needs_firm):
            values = {"value": kind.label if kind else "服务关系"}
            yield Problem("E408", dataset.place(engagement, "contract_kind"), values)


def no_provider_means_none(dataset: Dataset) -> Iterator[Problem]:
    """A community whose source says there is none has no engagement that goes on."""
    groups = engagements_by_community(dataset)
    for community in dataset.of(Community).values():
        current = [e for e in groups.get(community.id, ()) if e.ended_on is None]
        if community.no_provider and current:
            yield Problem("E409", dataset.place(community, "no_provider"), {"value": current[-1].id})


def terms(dataset: Dataset) -> Iterator[Problem]:
    """A fixed term has an end; five years and six months are the usual ceilings (domain §3.5)."""
    for engagement in dataset.of(Engagement).values():
        start, end = engagement.term_start, engagement.term_end
        if engagement.term_kind is TermKind.FIXED and end is None:
            yield Problem("N404", dataset.place(engagement, "term_kind"))
        if start and end:
            span = {"value": f"{start} 至 {end}"}
            if end - start > timedelta(days=5 * 366):
                yield Problem("N403", dataset.place(engagement, "term_end"), span)
            if engagement.contract_kind is ContractKind.TEMPORARY and end - start > timedelta(days=184):
                yield Problem("N405", dataset.place(engagement, "term_end"), span)
        if engagement.end_reason and engagement.ended_on is None:
            yield Problem("E424", dataset.place(engagement, "end_reason"))


# ── fees ────────────────────────────────────────────────────────────────────────────────────────


def units_fit(dataset: Dataset) -> Iterator[Problem]:
    """The unit agrees with the billing basis (domain §3.7, F5)."""
    for fee in dataset.of(FeeStandard).values():
        if fee.unit not in UNITS_OF[fee.basis]:
            options = "、".join(sorted(unit.label for unit in UNITS_OF[fee.basis]))
            values = {"value": fee.unit.label, "basis": fee.basis.label, "options": options}
            yield Problem("E411", dataset.place(fee, "unit"), values)


def amounts_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """One amount, or a range, or a formula where the basis allows it (domain §3.7)."""
    for fee in dataset.of(FeeStandard).values():
        low, high = fee.amount_min, fee.amount_max
        has_range = low is not None or high is not None
        has_formula = fee.formula is not None and fee.basis in SHARED_BASES
        if fee.amount is None and not has_range and not has_formula:
            yield Problem("E412", dataset.source(fee))
        if fee.amount is not None and has_range:
            yield Problem("E413", dataset.place(fee, "amount"), {"value": str(fee.amount)})
        if has_range and (low is None or high is None or low > high):
            yield Problem(
                "E414",
                dataset.place(fee, "amount_min"),
                {"value": " 至 ".join("未填" if side is None else str(side) for side in (low, high))},
            )


def guided_prices_stay_in_band(dataset: Dataset) -> Iterator[Problem]:
    """F1: base × (1 − down) ≤ amount ≤ base × (1 + up), at four places; bands may be one-sided (domain §3.7)."""
    for fee in dataset.of(FeeStandard).values():
        if fee.pricing_form is not PricingForm.GOVERNMENT_GUIDED:
            continue
        needed = ("guide_base", "band_up_pct", "band_down_pct", "amount", "grade")
        missing = [schema.label(FeeStandard, (name,)) for name in needed if getattr(fee, name) is None]
        if missing:
            yield Problem("N406", dataset.source(fee), {"value": "、".join(missing)})
        if fee.guide_base is None or fee.amount is None or fee.exception_basis:
            continue
        low, high = band(fee.guide_base, fee.band_up_pct, fee.band_down_pct)
        if (low is not None and fee.amount < low) or (high is not None and fee.amount > high):
            shown = " 至 ".join("不限" if side is None else f"{side.normalize():f}" for side in (low, high))
            yield Problem("E415", dataset.place(fee, "amount"), {"value": str(fee.amount), "range": shown})


def band(base: Decimal, up: Decimal | None, down: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest lawful price in the unit of ``base``, 4 places; None on a side without a limit."""
    cent = Decimal("0.0001")
    low = None if down is None or down.is_infinite() else (base * (100 - min(down, Decimal(100))) / 100).quantize(cent)
    high = None if up is None or up.is_infinite() else (base * (100 + up) / 100).quantize(cent)
    return low, high


def owners_contract_means_market(dataset: Dataset) -> Iterator[Problem]:
    """F2: government guidance covers the preliminary stage of ordinary housing (domain §3.7, §4.1)."""
    owners = {
        e.community
        for e in dataset.of(Engagement).values()
        if e.contract_kind is ContractKind.OWNERS and not e.ended_on
    }
    for fee in dataset.of(FeeStandard).values():
        is_current = fee.effective_to is None and fee.item is FeeItem.PROPERTY_FEE
        if is_current and fee.pricing_form is PricingForm.GOVERNMENT_GUIDED and fee.community in owners:
            yield Problem("N407", dataset.place(fee, "pricing_form"))


def same_service_same_price(dataset: Dataset) -> Iterator[Problem]:
    """F3: same community, item, grade and dwelling type, same payer: same amount (domain §3.7)."""
    for older, newer in _fee_pairs(dataset, lambda f: (f.community, f.item, f.grade, f.dwelling_type)):
        if older.payer_class != newer.payer_class and older.amount != newer.amount and _overlap(older, newer):
            values = {"value": newer.id, "first": older.id}
            yield Problem("N408", dataset.source(newer), values)


def fees_do_not_overlap(dataset: Dataset) -> Iterator[Problem]:
    """One amount at a time for one community, item, payer and dwelling type (domain §3.7). Both ends count."""
    for older, newer in _fee_pairs(dataset, lambda f: (f.community, f.item, f.payer_class, f.dwelling_type)):
        if _overlap(older, newer):
            yield Problem("E417", dataset.source(newer), {"value": newer.id, "first": older.id})


def _fee_pairs(dataset: Dataset, same: Callable[[FeeStandard], object]) -> Iterator[tuple[FeeStandard, FeeStandard]]:
    groups: dict[object, list[FeeStandard]] = defaultdict(list)
    for fee in dataset.of(FeeStandard).values():
        groups[same(fee)].append(fee)
    for group in groups.values():
        yield from combinations(sorted(group, key=lambda f: (f.effective_from or _FIRST, f.id)), 2)


def _overlap(older: FeeStandard | GuidePrice, newer: FeeStandard | GuidePrice) -> bool:
    return (newer.effective_from or _FIRST) <= (older.effective_to or _LAST) and (older.effective_from or _FIRST) <= (
        newer.effective_to or _LAST
    )


def fees_add_up(dataset: Dataset) -> Iterator[Problem]:
    """Components (±0.005) and subsidies add up to the amount (domain §3.7)."""
    for fee in dataset.of(FeeStandard).values():
        if fee.amount is None:
            continue
        parts = [c.amount for c in fee.components if c.included and c.unit in {None, fee.unit}]
        sums = (
            (fee.components, sum(parts, Decimal()), "components"),
            (fee.payer_split, sum((p.amount for p in fee.payer_split), Decimal()), "payer_split"),
        )
        for entries, total, name in sums:
            if entries and abs(total - fee.amount) > Decimal("0.005"):
                values = {"value": schema.label(FeeStandard, (name,)), "sum": str(total), "amount": str(fee.amount)}
                yield Problem("E418", dataset.place(fee, name), values)


def deposits_are_refunded(dataset: Dataset) -> Iterator[Problem]:
    """F4: every deposit says how it comes back (domain §3.7)."""
    for fee in dataset.of(FeeStandard).values():
        if fee.basis is BillingBasis.DEPOSIT and not fee.refund_rule:
            yield Problem("E416", dataset.source(fee))


def collection_is_free(dataset: Dataset) -> Iterator[Problem]:
    """No handling fee for charges collected for others (物业管理条例 第四十四条)."""
    for fee in dataset.of(FeeStandard).values():
        if fee.item is FeeItem.COLLECTION and fee.handling_fee:
            yield Problem("E419", dataset.place(fee, "handling_fee"), {"value": str(fee.handling_fee)})


def grades_have_a_place(dataset: Dataset) -> Iterator[Problem]:
    """Grades of one scheme share their number and direction, and none stands twice (domain §3.7)."""
    seen: dict[tuple[str, str, int], Grade] = {}
    shared: dict[tuple[str, str], Grade] = {}
    for grade in dataset.of(Grade).values():
        if not 1 <= grade.rank_order <= grade.of:
            yield Problem(
                "E421", dataset.place(grade, "rank_order"), {"value": str(grade.rank_order), "of": str(grade.of)}
            )
        other = seen.setdefault((grade.region, grade.scheme, grade.rank_order), grade)
        if other is not grade:
            yield Problem(
                "E422", dataset.place(grade, "rank_order"), {"value": str(grade.rank_order), "first": other.id}
            )
        first = shared.setdefault((grade.region, grade.scheme), grade)
        if (first.of, first.higher_is_better) != (grade.of, grade.higher_is_better):
            yield Problem("E423", dataset.source(grade), {"value": grade.id, "first": first.id})


def guide_prices_do_not_overlap(dataset: Dataset) -> Iterator[Problem]:
    """One guide price at a time for one region, grade and dwelling type."""
    groups: dict[object, list[GuidePrice]] = defaultdict(list)
    for price in dataset.of(GuidePrice).values():
        groups[price.region, price.grade, price.dwelling_type].append(price)
    for group in groups.values():
        for older, newer in combinations(sorted(group, key=lambda p: (p.effective_from or _FIRST, p.id)), 2):
            if _overlap(older, newer):
                yield Problem("E429", dataset.source(newer), {"value": newer.id, "first": older.id})


RULES: tuple[Rule, ...] = (
    days_in_order,
    approximations_keep_their_wording,
    regions_nest,
    codes_fit_their_system,
    no_firm_is_its_own_branch,
    one_record_a_firm,
    branches_have_a_parent,
    inner_check_character,
    telephones,
    communities_are_distinct,
    communities_have_a_district,
    one_current_engagement,
    engagements_name_their_firm,
    no_provider_means_none,
    terms,
    units_fit,
    amounts_are_whole,
    guided_prices_stay_in_band,
    owners_contract_means_market,
    same_service_same_price,
    fees_do_not_overlap,
    fees_add_up,
    deposits_are_refunded,
    collection_is_free,
    grades_have_a_place,
    guide_prices_do_not_overlap,
)
