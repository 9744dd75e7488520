"""Rules for assessment schemes: what can be computed from one, and only one way (domain §3.11, §5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator import rankings, schema
from generator.dataset import Dataset
from generator.editions import lineage
from generator.problems import Problem
from generator.records import AssessmentScheme
from generator.records.assessment_scheme import Condition, ConditionTest, DimensionKind, Level, VetoEffect
from generator.records.ranking import Polarity
from generator.schema import Loc

_FULL = Decimal(100)


def schemes_follow_one_another(dataset: Dataset) -> Iterator[Problem]:
    """A version supersedes an earlier one, never itself, and ranks the same kind of subject in the same place."""
    schemes = dataset.of(AssessmentScheme)
    for scheme in schemes.values():
        if scheme.supersedes is None:
            continue
        before = schemes[scheme.supersedes]
        goes_round = scheme.id in lineage(schemes, scheme.supersedes)
        if goes_round or (before.subject_type, before.region) != (scheme.subject_type, scheme.region):
            yield Problem("E478", dataset.place(scheme, "supersedes"), {"value": before.name})


def weights_add_up(dataset: Dataset) -> Iterator[Problem]:
    """Weights make 100; without weights, full marks of what is scored make the full marks of the whole."""
    for scheme in dataset.of(AssessmentScheme).values():
        scored = [d for d in scheme.dimensions if d.kind is DimensionKind.SCORE]
        for position, dimension in enumerate(scheme.dimensions):
            if dimension.max is None and (dimension.kind is DimensionKind.SCORE or dimension.weight_pct is not None):
                yield Problem("E477", dataset.place(scheme, "dimensions", position), {"value": dimension.label})
        weights = [d.weight_pct for d in scored if d.weight_pct is not None]
        if weights and (len(weights) < len(scored) or sum(weights) != _FULL):
            yield Problem("E470", dataset.place(scheme, "dimensions"), {"value": f"{sum(weights)}", "expected": "100"})
        points = [d.max for d in scored if d.max is not None]
        if scheme.full_marks is not None and not weights and sum(points) != scheme.full_marks:
            values = {"value": f"{sum(points)}", "expected": f"{scheme.full_marks}"}
            yield Problem("E470", dataset.place(scheme, "full_marks"), values)
        shares = [a.weight_pct for a in scheme.assessors if a.weight_pct is not None]
        if shares and sum(shares) != _FULL:
            yield Problem("E470", dataset.place(scheme, "assessors"), {"value": f"{sum(shares)}", "expected": "100"})


def parts_have_one_name(dataset: Dataset) -> Iterator[Problem]:
    """Ids stand once among dimensions, once among strata and vetoes, and once among levels and lists together."""
    groups = (("dimensions",), ("strata",), ("vetoes",), ("levels", "lists"))
    for scheme in dataset.of(AssessmentScheme).values():
        for names in groups:
            seen: set[str] = set()
            for name in names:
                for position, part in enumerate(getattr(scheme, name)):
                    if part.id in seen:
                        yield Problem("E473", dataset.place(scheme, name, position, "id"), {"value": part.id})
                    seen.add(part.id)


def parts_named_are_there(dataset: Dataset) -> Iterator[Problem]:
    """What a condition, a veto or a tie rule names stands in the scheme."""
    for scheme in dataset.of(AssessmentScheme).values():
        for loc, name, known in _named(scheme):
            if name not in known:
                values = {"value": name, "known": "、".join(sorted(known)) or "无"}
                yield Problem("E472", dataset.place(scheme, *loc), values)


def _named(scheme: AssessmentScheme) -> Iterator[tuple[Loc, str, set[str]]]:
    """Every part a scheme names: where, which, and what there is."""
    dimensions = {d.id for d in scheme.dimensions}
    levels, lists = {level.id for level in scheme.levels}, {one.id for one in scheme.lists}
    for position, name in enumerate(scheme.tie_break):
        yield ("tie_break", position), name, dimensions
    for position, veto in enumerate(scheme.vetoes):
        if veto.target is not None:
            bad = {one.id for one in scheme.lists if one.polarity is not Polarity.POSITIVE}
            yield ("vetoes", position, "target"), veto.target, bad if veto.effect is VetoEffect.TO_LIST else levels
    for loc, condition in schema.parts(scheme, Condition):
        if condition.dimension is not None:
            yield (*loc, "dimension"), condition.dimension, dimensions
        of = {
            ConditionTest.LEVEL_IN: levels,
            ConditionTest.NOMINATED: lists,
            ConditionTest.CONSECUTIVE: levels | lists,
        }
        for position, name in enumerate(condition.of):
            yield (*loc, "of", position), name, of.get(condition.test, set())


#: The fields that each test needs; it may have no others.
_NEEDS: dict[ConditionTest, frozenset[str]] = {
    ConditionTest.RANK_TOP: frozenset({"n"}),
    ConditionTest.RANK_BOTTOM: frozenset({"n"}),
    ConditionTest.SHARE_TOP: frozenset({"share_pct", "rounding"}),
    ConditionTest.SHARE_BOTTOM: frozenset({"share_pct", "rounding"}),
    ConditionTest.SCORE_GE: frozenset({"points"}),
    ConditionTest.SCORE_GT: frozenset({"points"}),
    ConditionTest.SCORE_LE: frozenset({"points"}),
    ConditionTest.SCORE_LT: frozenset({"points"}),
    ConditionTest.DIMENSION_GE: frozenset({"dimension", "points"}),
    ConditionTest.DIMENSION_LT: frozenset({"dimension", "points"}),
    ConditionTest.LEVEL_IN: frozenset({"of"}),
    ConditionTest.VETO_ANY: frozenset(),
    ConditionTest.CONSECUTIVE: frozenset({"n", "of"}),
    ConditionTest.NOMINATED: frozenset({"of"}),
}


def conditions_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """A condition has what its test needs and nothing else; a veto names where it leads; consecutive knows gaps."""
    for scheme in dataset.of(AssessmentScheme).values():
        for loc, condition in schema.parts(scheme, Condition):
            given = {name for name in Condition.model_fields if name != "test" and schema.says(condition, name)}
            needed = _NEEDS[condition.test]
            if given != needed:
                labels = [schema.label(Condition, (name,)) for name in sorted(needed)]
                values = {"value": condition.test.label, "expected": "、".join(labels) or "不填别的"}
                yield Problem("E474", dataset.place(scheme, *loc), values)
            if condition.test is ConditionTest.CONSECUTIVE and scheme.gaps is None:
                yield Problem("E476", dataset.place(scheme, *loc), {"value": condition.test.label})
        for position, veto in enumerate(scheme.vetoes):
            if (veto.target is None) != (veto.effect is VetoEffect.EXCLUDE):
                yield Problem("E479", dataset.place(scheme, "vetoes", position), {"value": veto.text})


def lists_follow_scores_one_way(dataset: Dataset) -> Iterator[Problem]:
    """Nobody gets onto a good list by fewer points or off a bad one by fewer."""
    for scheme in dataset.of(AssessmentScheme).values():
        for position, one in enumerate(scheme.lists):
            against = rankings.DOWNWARD if one.polarity is Polarity.POSITIVE else rankings.UPWARD
            for number, rule in enumerate(one.rules):
                for index, condition in enumerate(rule.all_of):
                    if condition.test.value in against:
                        values = {"value": condition.test.label, "first": f"{one.label}（{one.polarity.label}）"}
                        place = dataset.place(scheme, "lists", position, "rules", number, "all_of", index, "test")
                        yield Problem("E475", place, values)


def levels_tile(dataset: Dataset) -> Iterator[Problem]:
    """Levels leave no gap and do not overlap; two of one band are told apart by a condition on the first."""
    for scheme in dataset.of(AssessmentScheme).values():
        bands: dict[tuple[object, ...], list[Level]] = {}
        for level in scheme.levels:
            bands.setdefault(_band(level), []).append(level)
        for same in bands.values():
            for level in same[:-1]:
                if not level.when:
                    values = {"value": same[-1].label, "first": level.label}
                    yield Problem("E471", dataset.place(scheme, "levels"), values)
        ordered = sorted((same[0] for same in bands.values()), key=lambda one: (one.min is not None, one.min or 0))
        for low, high in pairwise(ordered):
            meets = low.max is not None and low.max == high.min
            if not meets or (low.max_inclusive is True) == (high.min_inclusive is not False):
                yield Problem("E471", dataset.place(scheme, "levels"), {"value": high.label, "first": low.label})


def _band(level: Level) -> tuple[object, ...]:
    return level.min, level.min_inclusive is not False, level.max, level.max_inclusive is True
