"""Fees: what is charged now, and how like compares with like inside one district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from generator import statistics
from generator.facts import names
from generator.lasting import holds
from generator.records import Community, FeeStandard, Grade, GuidePrice
from generator.records.fee_standard import FeeItem, PricingForm, Unit
from generator.records.pricing import DwellingType
from generator.rules import band
from generator.statistics import Bin

#: Fewer than this make no picture: a chart of three prices would mislead.
FEWEST_FOR_CHART = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One fee standard that holds on the day, with its grade and the lawful limits."""

    standard: FeeStandard
    grade: Grade | None
    lowest: Decimal | None
    highest: Decimal | None
    #: The guide price on record for its region, grade and dwelling type, whatever the price form.
    guide: GuidePrice | None

    @property
    def is_guided(self) -> bool:
        """Three numbers belong to it: base, band, actual (明码标价规定 第六条)."""
        return self.standard.pricing_form is PricingForm.GOVERNMENT_GUIDED

    @property
    def is_compared(self) -> bool:
        """It has a row of its own in the district's comparison."""
        s = self.standard
        return s.item is FeeItem.PROPERTY_FEE and s.unit is Unit.YUAN_M2_MONTH and s.amount is not None

    @property
    def is_plain(self) -> bool:
        """Amount × area is what a household pays: no subsidy, no share by floor, nothing charged beside it."""
        s = self.standard
        has_extras = any(not part.included for part in s.components)
        return self.is_compared and not (s.payer_split or s.floor_rules or has_extras)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One community's place in a comparison."""

    community: Community
    fee: Fee


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One community that a comparison leaves out, and why, as a sentence."""

    community: Community
    fee: Fee | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Property fees of one dwelling type in one unit, in pinyin order: no ranking. Figures are exact."""

    dwelling_type: DwellingType | None
    unit: Unit
    rows: tuple[Compared, ...]
    left_out: tuple[LeftOut, ...]
    lowest: Decimal | None
    highest: Decimal | None
    median: Decimal | None
    #: Lower and upper quartile.
    middle_half: tuple[Decimal, Decimal] | None
    bins: tuple[Bin, ...]

    @cached_property
    def gives(self) -> frozenset[str]:
        """Fields that at least one row states; columns without any are not shown."""
        optional = ("pricing_form", "guide_base", "includes_lift", "effective_from")
        return frozenset(n for n in optional if any(getattr(row.fee.standard, n) is not None for row in self.rows))

    @property
    def slug(self) -> str:
        """The comparison's anchor."""
        return f"type-{(self.dwelling_type.value if self.dwelling_type else 'unstated').replace('_', '-')}"


#: What parking is charged for, by the right to the space; then every other item that is not the property fee.
PARKING = (FeeItem.PARKING_SERVICE, FeeItem.PARKING_LEASE, FeeItem.PARKING_COMMON, FeeItem.PARKING_TEMP)

GuidePrices = Mapping[tuple[str, DwellingType | None], GuidePrice]


def holding(
    fees: Iterable[FeeStandard], grades: Mapping[str, Grade], prices: GuidePrices, as_of: date
) -> tuple[Fee, ...]:
    """The fee standards that hold on the day, in the order people ask: property fee first, by dwelling type.

    ``prices``: the guide prices that hold where the community lies, by grade and dwelling type.
    """
    items, types = list(FeeItem), list(DwellingType)
    found = [fee for fee in fees if holds(fee.effective_from, fee.effective_to, as_of)]
    found.sort(
        key=lambda f: (items.index(f.item), -1 if f.dwelling_type is None else types.index(f.dwelling_type), f.id)
    )
    return tuple(_fee(fee, grades, prices) for fee in found)


def _fee(standard: FeeStandard, grades: Mapping[str, Grade], prices: GuidePrices) -> Fee:
    lowest = highest = None
    if standard.guide_base is not None:
        lowest, highest = band(standard.guide_base, standard.band_up_pct, standard.band_down_pct)
    guide = (
        prices.get((standard.grade or "", standard.dwelling_type)) if standard.item is FeeItem.PROPERTY_FEE else None
    )
    grade = grades.get(standard.grade or "")
    return Fee(standard=standard, grade=grade, lowest=lowest, highest=highest, guide=guide)


def by_item(communities: Sequence[tuple[Community, tuple[Fee, ...]]]) -> dict[FeeItem, tuple[Compared, ...]]:
    """Everything but the property fee, item by item, communities in the order given. Listed, never compared."""
    found: dict[FeeItem, list[Compared]] = defaultdict(list)
    for community, fees in communities:
        for fee in fees:
            found[fee.standard.item].append(Compared(community=community, fee=fee))
    order = (*PARKING, *(item for item in FeeItem if item not in {*PARKING, FeeItem.PROPERTY_FEE}))
    return {item: tuple(found[item]) for item in order if item in found}


def compare(communities: Sequence[tuple[Community, tuple[Fee, ...]]]) -> tuple[Comparison, ...]:
    """Comparisons of one district, by dwelling type; stated types first. Ranges and other units are left out."""
    rows: dict[DwellingType | None, list[Compared]] = defaultdict(list)
    left_out: dict[DwellingType | None, list[LeftOut]] = defaultdict(list)
    for community, fees in communities:
        for fee in fees:
            standard = fee.standard
            if standard.item is not FeeItem.PROPERTY_FEE:
                continue
            if standard.unit is not Unit.YUAN_M2_MONTH:
                reason = "单位不同，不换算"
            elif standard.amount is None:
                reason = "来源只给了区间，不取其中一个数"
            else:
                rows[standard.dwelling_type].append(Compared(community=community, fee=fee))
                continue
            left_out[standard.dwelling_type].append(LeftOut(community=community, fee=fee, reason=reason))
    order: list[DwellingType | None] = [*DwellingType, None]
    return tuple(_comparison(kind, rows[kind], left_out[kind]) for kind in order if kind in rows or kind in left_out)


def _comparison(kind: DwellingType | None, rows: list[Compared], left_out: list[LeftOut]) -> Comparison:
    rows = sorted(rows, key=lambda row: (names.sort_key(row.community.name), row.community.id, row.fee.standard.id))
    amounts = sorted(row.fee.standard.amount for row in rows if row.fee.standard.amount is not None)
    return Comparison(
        dwelling_type=kind,
        unit=Unit.YUAN_M2_MONTH,
        rows=tuple(rows),
        left_out=tuple(left_out),
        lowest=amounts[0] if amounts else None,
        highest=amounts[-1] if amounts else None,
        median=statistics.median(amounts) if amounts else None,
        middle_half=statistics.quartiles(amounts) if len(amounts) >= FEWEST_FOR_CHART else None,
        bins=statistics.histogram(amounts) if len(amounts) >= FEWEST_FOR_CHART else (),
    )
