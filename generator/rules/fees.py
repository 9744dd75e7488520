"""Rules for fee standards, grades and guide prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import (
    Community,
    Engagement,
    FeeStandard,
    Grade,
    GuidePrice,
    Region,
)
from generator.records.engagement import ContractKind
from generator.records.fee_standard import SHARED_BASES, UNITS_OF, BillingBasis, FeeItem, PricingForm
from generator.rules.shared import above

_FIRST, _LAST = date.min, date.max


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
            yield Problem("E412", dataset.place(fee))
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
            yield Problem("N406", dataset.place(fee), {"value": "、".join(missing)})
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


def guided_prices_follow_a_document(dataset: Dataset) -> Iterator[Problem]:
    """Where the guide price itself is on record, base and band of a charge are its own (domain §3.7)."""
    regions, communities = dataset.of(Region), dataset.of(Community)
    prices: dict[object, list[GuidePrice]] = defaultdict(list)
    for price in dataset.published(GuidePrice).values():
        prices[price.region, price.grade, price.dwelling_type].append(price)
    for fee in dataset.published(FeeStandard).values():
        if fee.pricing_form is not PricingForm.GOVERNMENT_GUIDED or fee.guide_base is None:
            continue
        levels = (
            prices[code, fee.grade, fee.dwelling_type] for code in above(regions, communities[fee.community].region)
        )
        holding = ([price for price in level if _overlap(fee, price)] for level in levels)
        found = next(filter(None, holding), [])
        stated = (fee.guide_base, fee.band_up_pct, fee.band_down_pct)
        if found and stated not in [(price.base, price.band_up_pct, price.band_down_pct) for price in found]:
            values = {"value": str(fee.guide_base), "first": f"{found[0].id}：{found[0].base}"}
            yield Problem("N413", dataset.place(fee, "guide_base"), values)


def owners_contract_means_market(dataset: Dataset) -> Iterator[Problem]:
    """F2: government guidance covers the preliminary stage of ordinary housing (domain §3.7, §4.1)."""
    owners = {
        e.community
        for e in dataset.published(Engagement).values()
        if e.contract_kind is ContractKind.OWNERS and not e.ended_on
    }
    for fee in dataset.of(FeeStandard).values():
        is_current = fee.effective_to is None and fee.item is FeeItem.PROPERTY_FEE
        if is_current and fee.pricing_form is PricingForm.GOVERNMENT_GUIDED and fee.community in owners:
            yield Problem("N407", dataset.place(fee, "pricing_form"))


def same_service_same_price(dataset: Dataset) -> Iterator[Problem]:
    """F3: same community, item, grade and dwelling type, same payer: same amount (domain §3.7).

    What one record leaves open may be what the other states: a rise typed beside the old price looks so.
    """
    for older, newer in _fee_pairs(dataset, lambda f: (f.community, f.item, f.name)):
        is_open = all(
            getattr(older, n) == getattr(newer, n) or None in (getattr(older, n), getattr(newer, n))
            for n in ("grade", "dwelling_type")
        )
        is_same = (older.payer_class, older.dwelling_type) == (newer.payer_class, newer.dwelling_type)
        if is_open and not is_same and older.amount != newer.amount and _overlap(older, newer):
            values = {"value": newer.id, "first": older.id}
            yield Problem("N408", dataset.place(newer), values)


def fees_do_not_overlap(dataset: Dataset) -> Iterator[Problem]:
    """One amount at a time for one community, item, payer and dwelling type (domain §3.7). Both ends count."""
    for older, newer in _fee_pairs(dataset, lambda f: (f.community, f.item, f.name, f.payer_class, f.dwelling_type)):
        if _overlap(older, newer):
            yield Problem("E417", dataset.place(newer), {"value": newer.id, "first": older.id})


def _fee_pairs(dataset: Dataset, same: Callable[[FeeStandard], object]) -> Iterator[tuple[FeeStandard, FeeStandard]]:
    groups: dict[object, list[FeeStandard]] = defaultdict(list)
    for fee in dataset.published(FeeStandard).values():
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
            yield Problem("E416", dataset.place(fee))


def collection_is_free(dataset: Dataset) -> Iterator[Problem]:
    """No handling fee for charges collected for others (物业管理条例 第四十四条)."""
    for fee in dataset.of(FeeStandard).values():
        if fee.item is FeeItem.COLLECTION and fee.handling_fee:
            yield Problem("E419", dataset.place(fee, "handling_fee"), {"value": str(fee.handling_fee)})


#: 元/㎡·月 above which a property fee is more often a slip of the keyboard than a price.
_UNLIKELY = Decimal(20)


def unlikely_amounts(dataset: Dataset) -> Iterator[Problem]:
    """144 for 1.44, or 0 where nothing is known: a person should look before it is published."""
    for fee in dataset.of(FeeStandard).values():
        is_area_fee = fee.item is FeeItem.PROPERTY_FEE and fee.basis is BillingBasis.AREA_MONTH
        for name in ("amount", "amount_max"):
            value = getattr(fee, name)
            if value is not None and (not value or (is_area_fee and value > _UNLIKELY)):
                yield Problem("N411", dataset.place(fee, name), {"value": f"{value} {fee.unit.label}"})


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
            yield Problem("E423", dataset.place(grade), {"value": grade.id, "first": first.id})


def guide_prices_do_not_overlap(dataset: Dataset) -> Iterator[Problem]:
    """One guide price at a time for one region, grade and dwelling type."""
    groups: dict[object, list[GuidePrice]] = defaultdict(list)
    for price in dataset.published(GuidePrice).values():
        groups[price.region, price.grade, price.dwelling_type].append(price)
    for group in groups.values():
        for older, newer in combinations(sorted(group, key=lambda p: (p.effective_from or _FIRST, p.id)), 2):
            if _overlap(older, newer):
                yield Problem("E429", dataset.place(newer), {"value": newer.id, "first": older.id})
