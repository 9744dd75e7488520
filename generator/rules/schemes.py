"""Rules for assessment schemes: what can be computed from one, and only one way (domain §3.11, §5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from generator import rankings, schema
from generator.dataset import Dataset
from generator.editions import lineage
from generator.problems import Problem
from generator.records import AssessmentScheme, RankingEdition, Record
from generator.records.assessment_scheme import Condition, ConditionTest, DimensionKind, Level, VetoEffect
from generator.records.ranking import Polarity
from generator.schema import Loc

_FULL = Decimal(100)
#: Scores have no more decimals, so no total needs more.
_MOST_PLACES = 4


def _used(dataset: Dataset) -> Iterator[AssessmentScheme]:
    """The schemes on the site, and those that an edition on the site is judged by. Others may be unfinished."""
    on_site = dataset.published(AssessmentScheme)
    judging = {edition.scheme for edition in dataset.published(RankingEdition).values()}
    return (one for key, one in dataset.of(AssessmentScheme).items() if key in on_site or key in judging)


def unknown_part(dataset: Dataset, record: Record, loc: Loc, what: str, name: str, known: Mapping[str, str]) -> Problem:
    """A name that stands for no part of the scheme; ``known``: the names and what each is called."""
    options = "、".join(f"{key}（{label}）" for key, label in known.items()) or "办法里一个也没有，删掉"
    return Problem("E472", dataset.place(record, *loc), {"value": name, "label": what, "known": options})


def schemes_follow_one_another(dataset: Dataset) -> Iterator[Problem]:
    """A version supersedes an earlier one, never itself, and ranks the same kind of subject in the same place."""
    schemes = dataset.of(AssessmentScheme)
    for scheme in _used(dataset):
        if scheme.supersedes is None:
            continue
        before, line = schemes[scheme.supersedes], lineage(schemes, scheme.supersedes)
        goes_round = scheme.id in line and scheme.id == min(line)  # a circle is one mistake
        if goes_round or (before.subject_type, before.region) != (scheme.subject_type, scheme.region):
            yield Problem("E478", dataset.place(scheme, "supersedes"), {"value": before.name})


def weights_add_up(dataset: Dataset) -> Iterator[Problem]:
    """Weights make 100; without weights, full marks of what is scored make the full marks of the whole."""
    for scheme in _used(dataset):
        if scheme.places > _MOST_PLACES:
            values = {"value": f"{scheme.places}", "expected": f"{_MOST_PLACES}"}
            yield Problem("E420", dataset.place(scheme, "places"), values)
        scored = [d for d in scheme.dimensions if d.kind is DimensionKind.SCORE]
        for position, dimension in enumerate(scheme.dimensions):
            if dimension.max is None and (dimension.kind is DimensionKind.SCORE or dimension.weight_pct is not None):
                yield Problem("E477", dataset.place(scheme, "dimensions", position), {"value": dimension.label})
        weights = [d.weight_pct for d in scored if d.weight_pct is not None]
        if weights and (len(weights) < len(scored) or sum(weights) != _FULL):
            short = "，有的得分项没有填" if len(weights) < len(scored) else ""
            values = {"value": f"{sum(weights)}{short}", "expected": "100"}
            yield Problem("E470", dataset.place(scheme, "dimensions"), values)
        points = [d.max for d in scored if d.max is not None]
        is_whole = len(points) == len(scored) and not weights
        if scheme.full_marks is not None and points and is_whole and sum(points) != scheme.full_marks:
            values = {"value": f"{sum(points)}", "expected": f"{scheme.full_marks}"}
            yield Problem("E470", dataset.place(scheme, "full_marks"), values)
        shares = [a.weight_pct for a in scheme.assessors if a.weight_pct is not None]
        if shares and sum(shares) != _FULL:
            yield Problem("E470", dataset.place(scheme, "assessors"), {"value": f"{sum(shares)}", "expected": "100"})


def parts_have_one_name(dataset: Dataset) -> Iterator[Problem]:
    """Ids stand once among dimensions, once among strata and vetoes, and once among levels and lists together."""
    groups = (("dimensions",), ("strata",), ("vetoes",), ("levels", "lists"))
    for scheme in _used(dataset):
        for names in groups:
            seen: set[str] = set()
            for name in names:
                for position, part in enumerate(getattr(scheme, name)):
                    if part.id in seen:
                        yield Problem("E473", dataset.place(scheme, name, position, "id"), {"value": part.id})
                    seen.add(part.id)


def parts_named_are_there(dataset: Dataset) -> Iterator[Problem]:
    """What a condition, a veto or a tie rule names stands in the scheme."""
    for scheme in _used(dataset):
        for loc, what, name, known in _named(scheme):
            if name not in known:
                yield unknown_part(dataset, scheme, loc, what, name, known)


def _named(scheme: AssessmentScheme) -> Iterator[tuple[Loc, str, str, Mapping[str, str]]]:
    """Every part a scheme names: where, of what kind, which, and what there is.

    What a test or an effect has no use for is not looked up: that it stands there is what is wrong (E474, E479).
    """
    dimensions = {d.id: d.label for d in scheme.dimensions}
    levels, lists = {level.id: level.label for level in scheme.levels}, {one.id: one.label for one in scheme.lists}
    bad = {one.id: one.label for one in scheme.lists if one.polarity is not Polarity.POSITIVE}
    for position, name in enumerate(scheme.tie_break):
        yield ("tie_break", position), "维度", name, dimensions
    for position, veto in enumerate(scheme.vetoes):
        at: Loc = ("vetoes", position, "target")
        if veto.target is not None and veto.effect is VetoEffect.TO_LIST:
            yield at, "提醒或警示的榜单", veto.target, bad
        elif veto.target is not None and veto.effect is VetoEffect.CAP_LEVEL:
            yield at, "等级", veto.target, levels
    of = {
        ConditionTest.LEVEL_IN: ("等级", levels),
        ConditionTest.NOMINATED: ("榜单", lists),
        ConditionTest.CONSECUTIVE: ("榜单或等级", {**lists, **levels}),
    }
    for loc, condition in schema.parts(scheme, Condition):
        if condition.dimension is not None and "dimension" in _NEEDS[condition.test]:
            yield (*loc, "dimension"), "维度", condition.dimension, dimensions
        what, known = of.get(condition.test, ("", {}))
        for position, name in enumerate(condition.of if what else ()):
            yield (*loc, "of", position), what, name, known


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
    for scheme in _used(dataset):
        looks_back = []
        for loc, condition in schema.parts(scheme, Condition):
            given = {name for name in Condition.model_fields if name != "test" and schema.says(condition, name)}
            needed = _NEEDS[condition.test]
            if given != needed:
                labels = [f"{schema.label(Condition, (name,))}（{name}）" for name in sorted(needed)]
                values = {"value": condition.test.label, "expected": "、".join(labels) or "不填别的"}
                yield Problem("E474", dataset.place(scheme, *loc), values)
            if condition.test is ConditionTest.CONSECUTIVE:
                looks_back.append(loc)
        if looks_back and scheme.gaps is None:
            values = {"value": ConditionTest.CONSECUTIVE.label}
            yield Problem("E476", dataset.place(scheme, *looks_back[0]), values)
        for position, veto in enumerate(scheme.vetoes):
            if (veto.target is None) != (veto.effect is VetoEffect.EXCLUDE):
                yield Problem("E479", dataset.place(scheme, "vetoes", position), {"value": veto.text})


def lists_follow_scores_one_way(dataset: Dataset) -> Iterator[Problem]:
    """Nobody gets onto a good list by fewer points or off a bad one by fewer."""
    for scheme in _used(dataset):
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
    for scheme in _used(dataset):
        bands: dict[tuple[object, ...], list[tuple[int, Level]]] = {}
        for position, level in enumerate(scheme.levels):
            bands.setdefault(_band(level), []).append((position, level))
        for same in bands.values():
            for position, level in same[:-1]:
                if not level.when:
                    values = {"value": same[-1][1].label, "first": level.label}
                    yield Problem("E471", dataset.place(scheme, "levels", position), values)
        first = (same[0] for same in bands.values())
        ordered = sorted(first, key=lambda found: (found[1].min is not None, found[1].min or 0))
        for (_, low), (position, high) in pairwise(ordered):
            meets = low.max is not None and low.max == high.min
            if not meets or (low.max_inclusive is True) == (high.min_inclusive is not False):
                values = {"value": high.label, "first": low.label}
                yield Problem("E471", dataset.place(scheme, "levels", position), values)


def _band(level: Level) -> tuple[object, ...]:
    return level.min, level.min_inclusive is not False, level.max, level.max_inclusive is True
