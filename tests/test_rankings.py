"""The arithmetic of rankings: examples, seven real regimes, two further engines, and what holds for any scheme."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from generator import rankings
from generator.rankings import Condition, Dimension, Field, Level, Listing, Method, Standing, Subject, Turn, Veto
from tests import ranking_draws
from tests.ranking_oracles import Outcome, Table, enumerated, framed
from tests.support import PROJECT

CASES = Path(__file__).parent / "cases" / "rankings"
#: Schemes in one go, and tables under each: 1,000 cases.
SCHEMES, TABLES = 100, 10
#: How many goes: 2,000 cases always, 100,000 in ``make test-long``.
GOES, LONG_GOES = 2, 100

D = Decimal
POINTS = Dimension(id="points", max=D(100))


# Examples


def _method(**values: Any) -> Method:
    return Method(**{"dimensions": (POINTS,), **values})


def _subjects(points: str, **values: Any) -> list[Subject]:
    """Subjects a, b, c… with these points."""
    pairs = zip("abcdefghij", points.split(), strict=False)
    return [Subject(id=key, scores={"points": D(given)}, **values) for key, given in pairs]


def _by_id(method: Method, subjects: Sequence[Subject], periods: Sequence[str] = ()) -> dict[str, Standing]:
    return {one.id: one for one in rankings.standings(method, subjects, periods)}


def _ranks(method: Method, points: str) -> list[int | None]:
    return [one.rank for _, one in sorted(_by_id(method, _subjects(points)).items())]


def _on(method: Method, subjects: Sequence[Subject], name: str = "red", periods: Sequence[str] = ()) -> str:
    """Ids of those on one list."""
    return "".join(sorted(key for key, one in _by_id(method, subjects, periods).items() if one.list == name))


def _listing(*conditions: Condition, polarity: str = "positive", name: str = "red") -> Listing:
    return Listing(id=name, polarity=polarity, rules=(conditions,))


def _total(method: Method, **scores: str) -> Decimal:
    return rankings.total(method, Subject(id="x", scores={key: D(given) for key, given in scores.items()}))[0]


def test_equal_totals_share_a_rank_and_the_next_is_left_out() -> None:
    assert _ranks(_method(), "90 80 80 70") == [1, 2, 2, 4]
    assert [one.tied for one in rankings.standings(_method(), _subjects("90 80 80 70"))] == [False, True, True, False]


def test_dense_ranks_leave_none_out() -> None:
    assert _ranks(_method(tie_rule="dense"), "90 80 80 70") == [1, 2, 2, 3]


def test_written_zeros_do_not_part_equals() -> None:
    assert _ranks(_method(), "80.0 80 79.99") == [1, 1, 3]


def test_ties_are_broken_by_fewer_complaints_and_stay_where_those_are_equal() -> None:
    method = _method(dimensions=(POINTS, Dimension(id="complaints", kind="record")), tie_break=("-complaints",))
    rows = [("a", "80", "5"), ("b", "80", "2"), ("c", "80", "2"), ("d", "81", "9")]
    subjects = [Subject(id=key, scores={"points": D(points), "complaints": D(n)}) for key, points, n in rows]
    found = _by_id(method, subjects)
    assert {key: (one.rank, one.tied) for key, one in found.items()} == {
        "a": (4, False),
        "b": (2, True),
        "c": (2, True),
        "d": (1, False),
    }
    assert found["a"].total == D(80)


def test_the_second_tie_break_counts_only_where_the_first_is_equal() -> None:
    dimensions = (POINTS, Dimension(id="first", kind="record"), Dimension(id="second", kind="record"))
    rows = {"a": ("3", "1"), "b": ("3", "2"), "c": ("4", "0")}
    subjects = [
        Subject(id=key, scores={"points": D(80), "first": D(first), "second": D(second)})
        for key, (first, second) in rows.items()
    ]
    found = _by_id(_method(dimensions=dimensions, tie_break=("first", "second")), subjects)
    assert {key: one.rank for key, one in found.items()} == {"a": 3, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("test", "at_cut", "on"),
    [
        ("rank_top", "all_enter", "abc"),
        ("rank_top", "none_enter", "a"),
        ("rank_bottom", "all_enter", "efg"),
        ("rank_bottom", "none_enter", "g"),
    ],
)
def test_equals_at_a_cut_enter_together_or_not_at_all(test: str, at_cut: str, on: str) -> None:
    method = _method(at_cut=at_cut, lists=(_listing(Condition(test=test, n=2)),))
    assert _on(method, _subjects("90 80 80 70 60 60 50")) == on


def test_equals_who_just_fit_enter_even_where_none_may_straddle() -> None:
    method = _method(at_cut="none_enter", lists=(_listing(Condition(test="rank_top", n=3)),))
    assert _on(method, _subjects("90 80 80 70")) == "abc"


def test_dense_places_count_totals_not_subjects() -> None:
    for at_cut in ("all_enter", "none_enter"):
        top = _method(tie_rule="dense", at_cut=at_cut, lists=(_listing(Condition(test="rank_top", n=2)),))
        assert _on(top, _subjects("90 80 80 70")) == "abc"
        bottom = _method(tie_rule="dense", at_cut=at_cut, lists=(_listing(Condition(test="rank_bottom", n=2)),))
        assert _on(bottom, _subjects("90 80 70 70 60")) == "cde"


@pytest.mark.parametrize(
    ("share", "rounding", "of", "places"),
    [
        ("10", "down", 4, 0),
        ("10", "half_up", 4, 0),
        ("10", "up", 4, 1),
        ("10", "half_up", 5, 1),
        ("10", "down", 9, 0),
        ("10", "down", 10, 1),
        ("12.5", "down", 8, 1),
        ("12.5", "up", 8, 1),
        ("12.5", "up", 9, 2),
        ("30", "half_up", 5, 2),
        ("100", "down", 3, 3),
    ],
)
def test_a_share_becomes_places_as_declared(share: str, rounding: str, of: int, places: int) -> None:
    for test in ("share_top", "share_bottom"):
        method = _method(lists=(_listing(Condition(test=test, value=D(share), rounding=rounding)),))
        assert len(_on(method, _subjects(" ".join(map(str, range(50, 50 + of)))))) == places


@pytest.mark.parametrize(("test", "on"), [("score_ge", "ab"), ("score_gt", "a"), ("score_le", "bc"), ("score_lt", "c")])
def test_bounds_include_the_number_or_do_not(test: str, on: str) -> None:
    method = _method(lists=(_listing(Condition(test=test, value=D(90))),))
    assert _on(method, _subjects("90.01 90 89.99")) == on


def test_dimension_bounds_include_below_and_exclude_above() -> None:
    subjects = _subjects("60.01 60 59.99")
    for test, on in (("dimension_ge", "ab"), ("dimension_lt", "c")):
        assert _on(_method(lists=(_listing(Condition(test=test, dimension="points", value=D(60))),)), subjects) == on


def test_totals_may_exceed_full_marks_unless_capped() -> None:
    assert _total(_method(), points="106.82") == D("106.82")
    assert _total(_method(score_cap=D(100)), points="106.82") == D(100)
    assert _total(_method(score_cap=D(100)), points="99.99") == D("99.99")


def test_bonuses_are_capped_together_and_before_the_total() -> None:
    bonuses = (Dimension(id="b1", kind="bonus"), Dimension(id="b2", kind="bonus"))
    method = _method(dimensions=(POINTS, *bonuses, Dimension(id="faults", kind="deduct")), bonus_cap=D(5))
    assert _total(method, points="90", b1="3", b2="4", faults="2") == D(93)
    assert _total(method, points="90", b1="2", b2="3", faults="2") == D(93)
    assert _total(method, points="90", b1="2", b2="2.5") == D("94.5")
    # 90 + 5 − 2 is not above the cap of the total; 90 + 7 − 2 would be
    assert _total(replace(method, score_cap=D(94)), points="90", b1="3", b2="4", faults="2") == D(93)
    assert _total(replace(method, score_cap=D(92)), points="90", b1="3", b2="4", faults="2") == D(92)


def test_deductions_take_away_and_records_do_not_count() -> None:
    dimensions = (POINTS, Dimension(id="faults", kind="deduct"), Dimension(id="complaints", kind="record"))
    assert _total(_method(dimensions=dimensions), points="3", faults="5.5", complaints="7") == D("-2.5")


def test_a_weighted_deduction_is_scaled_too() -> None:
    dimensions = (POINTS, Dimension(id="faults", kind="deduct", max=D(10), weight=D(20)))
    assert _total(_method(dimensions=dimensions), points="90", faults="5") == D(80)


def test_weighted_parts_are_rounded_together_not_one_by_one() -> None:
    thirds = tuple(Dimension(id=f"d{n}", max=D(30), weight=D(10)) for n in range(3))
    # three times 1/3 make 1; rounded one by one they would make 0.99
    assert _total(_method(dimensions=thirds), d0="1", d1="1", d2="1") == D("1.00")


def test_a_weight_without_full_marks_leaves_points_as_they_are() -> None:
    assert _total(_method(dimensions=(Dimension(id="d", weight=D(50)),)), d="7") == D(7)


def test_thresholds_look_at_the_rounded_total() -> None:
    dimensions = (Dimension(id="d", max=D(30), weight=D(10)),)
    method = _method(dimensions=dimensions, places=1, lists=(_listing(Condition(test="score_ge", value=D("6.7"))),))
    assert _by_id(method, [Subject(id="x", scores={"d": D(20)})])["x"].list == "red"


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down", "up"),
    [
        ("2.345", "2.35", "2.34", "2.34", "2.35"),
        ("2.355", "2.36", "2.36", "2.35", "2.36"),
        ("2.3451", "2.35", "2.35", "2.34", "2.35"),
        ("2.3449", "2.34", "2.34", "2.34", "2.35"),
        ("-2.345", "-2.35", "-2.34", "-2.34", "-2.35"),
        ("-2.355", "-2.36", "-2.36", "-2.35", "-2.36"),
        ("2.34", "2.34", "2.34", "2.34", "2.34"),
        ("0", "0", "0", "0", "0"),
    ],
)
def test_rounding_follows_the_distance_from_zero(value: str, half_up: str, half_even: str, down: str, up: str) -> None:
    for rounding, expected in (("half_up", half_up), ("half_even", half_even), ("down", down), ("up", up)):
        assert rankings.rounded(Fraction(value), 2, rounding) == D(expected), rounding


def test_steps_say_every_part_of_the_total() -> None:
    dimensions = (
        Dimension(id="daily", max=D(30), weight=D(50)),
        Dimension(id="prize", kind="bonus"),
        Dimension(id="faults", kind="deduct"),
        Dimension(id="complaints", kind="record"),
        Dimension(id="absent", max=D(10)),
    )
    method = _method(dimensions=dimensions, bonus_cap=D(2), score_cap=D("31.337"), places=1)
    scores = {"faults": D("1"), "daily": D(20), "prize": D(3), "complaints": D(8)}
    reached, steps = rankings.total(method, Subject(id="x", scores=scores))
    assert [(step.what, step.given, step.adds) for step in steps] == [
        ("daily", D(20), Fraction(100, 3)),
        ("prize", D(3), Fraction(3)),
        ("faults", D(1), Fraction(-1)),
        ("bonus_cap", D(2), Fraction(-1)),
        ("score_cap", D("31.337"), Fraction("31.337") - Fraction(103, 3)),
        ("rounding", D("31.3"), Fraction("-0.037")),
    ]
    assert reached == D("31.3")


def test_a_published_total_stands_where_no_scores_were_published() -> None:
    found = _by_id(_method(score_cap=D(100), places=0), [Subject(id="x", total=D("106.82")), Subject(id="y")])
    assert (found["x"].total, found["y"].total) == (D("106.82"), D(0))
    assert (found["x"].rank, found["x"].steps) == (1, ())
    with_scores = Subject(id="x", total=D(50), scores={"points": D(60)})
    assert rankings.total(_method(), with_scores)[0] == D(60)


BLACK = Listing(id="black", polarity="negative")
LEVELS = (
    Level(id="good", min=D(80)),
    Level(id="fair", min=D(60), max=D(80)),
    Level(id="poor", polarity="negative", max=D(60)),
)


def test_a_veto_puts_the_best_on_the_bad_list_and_keeps_the_rank() -> None:
    red = _listing(Condition(test="rank_top", n=1))
    method = _method(vetoes=(Veto(id="fire", effect="to_list", target="black"),), lists=(BLACK, red))
    found = _by_id(method, [*_subjects("90 80"), Subject(id="z", scores={"points": D(99)}, vetoes=("fire",))])
    assert {key: (one.rank, one.list) for key, one in found.items()} == {"a": (2, ""), "b": (3, ""), "z": (1, "black")}


def test_a_veto_caps_the_level_and_never_improves_it() -> None:
    method = _method(vetoes=(Veto(id="late", effect="cap_level", target="fair"),), levels=LEVELS)
    levels = {key: one.level for key, one in _by_id(method, _subjects("90 70 50", vetoes=("late",))).items()}
    assert levels == {"a": "fair", "b": "fair", "c": "poor"}


def test_of_two_caps_the_lower_counts_whatever_their_order() -> None:
    vetoes = (Veto(id="v1", effect="cap_level", target="poor"), Veto(id="v2", effect="cap_level", target="fair"))
    for order in (vetoes, vetoes[::-1]):
        for fired in (("v1", "v2"), ("v2", "v1")):
            found = _by_id(_method(vetoes=order, levels=LEVELS), _subjects("90", vetoes=fired))
            assert found["a"].level == "poor"


def test_the_capped_level_is_what_lists_look_at() -> None:
    method = _method(
        vetoes=(Veto(id="late", effect="cap_level", target="poor"),),
        levels=LEVELS,
        lists=(_listing(Condition(test="level_in", of=("poor",)), polarity="negative", name="black"),),
    )
    assert _on(method, _subjects("90", vetoes=("late",)), "black") == "a"


def test_who_is_excluded_has_a_total_and_no_rank_and_takes_no_place() -> None:
    method = _method(
        vetoes=(Veto(id="closed", effect="exclude"),), levels=LEVELS, lists=(_listing(Condition(test="rank_top", n=1)),)
    )
    found = _by_id(method, [*_subjects("90 80"), Subject(id="z", scores={"points": D(99)}, vetoes=("closed",))])
    assert (found["z"].total, found["z"].rank, found["z"].of, found["z"].level, found["z"].list) == (
        D(99),
        None,
        0,
        "",
        "",
    )
    assert (found["a"].rank, found["a"].of, found["a"].list) == (1, 2, "red")


@pytest.mark.parametrize("effect", ["cap_level", "exclude", "to_list"])
def test_no_veto_leaves_its_subject_on_a_good_list(effect: str) -> None:
    target = {"cap_level": "good", "to_list": "black", "exclude": ""}[effect]
    method = _method(
        vetoes=(Veto(id="v", effect=effect, target=target),),
        levels=LEVELS,
        lists=(BLACK, _listing(Condition(test="score_ge", value=D(0)))),
    )
    assert _on(method, _subjects("90")) == "a"
    assert _on(method, _subjects("90", vetoes=("v",))) == ""


def test_a_veto_that_fired_is_a_condition_too() -> None:
    method = _method(
        vetoes=(Veto(id="v", effect="cap_level", target="poor"),),
        levels=LEVELS,
        lists=(_listing(Condition(test="veto_any"), polarity="warning", name="yellow"),),
    )
    subjects = [*_subjects("90"), Subject(id="z", vetoes=("v",), scores={"points": D(90)})]
    assert _on(method, subjects, "yellow") == "z"


def test_who_meets_a_bad_list_and_a_good_one_is_on_the_bad_one() -> None:
    always = Condition(test="score_ge", value=D(0))
    lists = [_listing(always, polarity=polarity, name=polarity) for polarity in ("positive", "warning", "negative")]
    for order in itertools.permutations(lists):
        assert _by_id(_method(lists=order), _subjects("90"))["a"].list == "negative"
    for order in itertools.permutations(lists[:2]):
        assert _by_id(_method(lists=order), _subjects("90"))["a"].list == "warning"


def test_of_two_lists_of_one_kind_the_first_counts() -> None:
    always = Condition(test="score_ge", value=D(0))
    for order in (("x", "y"), ("y", "x")):
        method = _method(lists=tuple(_listing(always, name=name) for name in order))
        assert _by_id(method, _subjects("90"))["a"].list == order[0]


def test_places_that_nobody_fills_stay_empty() -> None:
    red = _listing(Condition(test="rank_top", n=3), Condition(test="score_ge", value=D(90)))
    yellow = _listing(
        Condition(test="rank_bottom", n=2), Condition(test="score_lt", value=D(75)), polarity="warning", name="yellow"
    )
    method = _method(lists=(yellow, red))
    assert _on(method, _subjects("95 90 89.99 89 76 75")) == "ab"
    assert _on(method, _subjects("95 90 89.99 89 76 75"), "yellow") == ""
    assert _on(method, _subjects("95 94 93 92 74 73 72"), "yellow") == "fg"
    assert _on(method, _subjects("95 94 93 92 74 73 72")) == "abc"


def test_any_rule_of_a_list_is_enough() -> None:
    rules = ((Condition(test="score_lt", value=D(60)),), (Condition(test="veto_any"),))
    method = _method(
        vetoes=(Veto(id="v", effect="cap_level"),), lists=(Listing(id="black", polarity="negative", rules=rules),)
    )
    subjects = [*_subjects("59 60"), Subject(id="z", scores={"points": D(99)}, vetoes=("v",))]
    assert _on(method, subjects, "black") == "az"


def test_only_who_was_put_forward_for_the_list_is_on_it() -> None:
    method = _method(lists=(BLACK, _listing(Condition(test="nominated", of=("red",)))))
    subjects = [*_subjects("90", nominated=("red",)), Subject(id="z", nominated=("black",), total=D(99))]
    assert _on(method, subjects) == "a"


YELLOW = _listing(Condition(test="score_lt", value=D(75)), polarity="warning", name="yellow")


def _twice(n: int = 2, gaps: str = "skips") -> Method:
    black = _listing(Condition(test="consecutive", n=n, of=("yellow", "black")), polarity="negative", name="black")
    return _method(gaps=gaps, lists=(black, YELLOW))


@pytest.mark.parametrize(
    ("periods", "past", "n", "gaps", "on", "untold"),
    [
        ("held", [("yellow",)], 2, "skips", "black", ""),
        ("held", [("black",)], 2, "skips", "black", ""),
        ("held", [("red",)], 2, "skips", "yellow", ""),
        ("held", [()], 2, "skips", "yellow", ""),
        ("held", [], 2, "skips", "yellow", ""),
        ("", [], 2, "skips", "yellow", ""),
        ("", [], 1, "skips", "black", ""),
        ("missing", [], 1, "skips", "black", ""),
        ("skipped held", [(), ("yellow",)], 2, "skips", "black", ""),
        ("skipped held", [(), ("yellow",)], 2, "breaks", "yellow", ""),
        # what is said of a period that was not held does not count
        ("skipped held", [("yellow",), ()], 2, "skips", "yellow", ""),
        ("skipped", [("yellow",)], 2, "skips", "yellow", ""),
        ("missing held", [(), ("yellow",)], 2, "skips", "yellow", "black"),
        ("missing held", [("yellow",), ("yellow",)], 2, "breaks", "yellow", "black"),
        # the row was full, or broken, before the period that nobody declared
        ("held missing", [("yellow",)], 2, "skips", "black", ""),
        ("held missing", [()], 3, "skips", "yellow", ""),
        ("held missing", [("yellow",)], 3, "skips", "yellow", "black"),
        ("skipped missing", [], 2, "skips", "yellow", "black"),
        ("skipped missing", [], 2, "breaks", "yellow", ""),
        ("held held", [("yellow",), ("yellow",)], 3, "skips", "black", ""),
        ("held held", [("yellow",), ("red",)], 3, "skips", "yellow", ""),
        ("held held", [("red",), ("yellow",)], 2, "skips", "yellow", ""),
        ("held", [("yellow",)], 3, "skips", "yellow", ""),
        ("held skipped held", [("yellow",), (), ("yellow",)], 3, "skips", "black", ""),
        ("held skipped held", [("yellow",), (), ("yellow",)], 3, "breaks", "yellow", ""),
    ],
)
def test_periods_in_a_row(
    periods: str, past: Sequence[tuple[str, ...]], n: int, gaps: str, on: str, untold: str
) -> None:
    standing = _by_id(_twice(n, gaps), _subjects("70", past=tuple(past)), periods.split())["a"]
    assert (standing.list, standing.untold) == (on, tuple(untold.split()))


def test_who_does_well_now_is_in_no_row_and_nothing_is_untold() -> None:
    standing = _by_id(_twice(), _subjects("75", past=((), ("yellow",))), ("missing", "held"))["a"]
    assert (standing.list, standing.untold) == ("", ())


def test_a_list_that_a_veto_brought_counts_in_a_row() -> None:
    method = replace(_twice(), vetoes=(Veto(id="v", effect="to_list", target="yellow"),))
    subjects = _subjects("90", vetoes=("v",), past=(("yellow",),))
    assert _by_id(method, subjects, ("held",))["a"].list == "black"
    assert _by_id(method, subjects, ("missing",))["a"].untold == ("black",)


def test_levels_in_a_row_count_too() -> None:
    black = _listing(Condition(test="consecutive", n=3, of=("poor",)), polarity="negative", name="black")
    method = _method(levels=LEVELS, lists=(black,))
    poor = (("poor",), ("poor", "yellow"))
    assert _on(method, _subjects("59.99 60", past=poor), "black", ("held", "held")) == "a"
    assert _on(method, _subjects("59.99", past=poor[:1]), "black", ("held", "held")) == ""


@pytest.mark.parametrize("turned", [False, True])
def test_a_list_that_another_rule_brings_can_be_told(turned: bool) -> None:
    rules = ((Condition(test="consecutive", n=2, of=("yellow",)),), (Condition(test="score_lt", value=D(60)),))
    black = Listing(id="black", polarity="negative", rules=rules[::-1] if turned else rules)
    found = _by_id(_method(lists=(black, YELLOW)), _subjects("50 70"), ("missing",))
    assert (found["a"].list, found["a"].untold) == ("black", ())
    assert (found["b"].list, found["b"].untold) == ("yellow", ("black",))


def test_a_condition_that_fails_for_certain_leaves_nothing_untold() -> None:
    rule = (Condition(test="consecutive", n=2, of=("yellow",)), Condition(test="score_lt", value=D(60)))
    black = Listing(id="black", polarity="negative", rules=(rule,))
    assert _by_id(_method(lists=(black, YELLOW)), _subjects("70"), ("missing",))["a"].untold == ()


def test_lists_after_the_one_found_are_not_asked() -> None:
    black = _listing(Condition(test="score_lt", value=D(75)), polarity="negative", name="black")
    white = _listing(Condition(test="consecutive", n=2, of=("black",)), polarity="negative", name="white")
    assert _by_id(_method(lists=(black, white)), _subjects("70"), ("missing",))["a"].untold == ()


def test_below_sixty_without_bad_information_is_another_level() -> None:
    clean = Level(id="b_clean", max=D(60), when=(Condition(test="dimension_lt", dimension="bad", value=D("0.01")),))
    levels = (Level(id="b", min=D(60)), clean, Level(id="c", max=D(60)))
    method = _method(dimensions=(POINTS, Dimension(id="bad", kind="deduct")), levels=levels)
    rows = {"a": ("60", "0"), "b": ("59", "0"), "c": ("59.5", "0.5"), "d": ("70", "10")}
    subjects = [Subject(id=key, scores={"points": D(p), "bad": D(bad)}) for key, (p, bad) in rows.items()]
    levels_found = {key: one.level for key, one in _by_id(method, subjects).items()}
    assert levels_found == {"a": "b", "b": "b_clean", "c": "c", "d": "b"}


@pytest.mark.parametrize(
    ("level", "holds"),
    [
        (Level(id="x", min=D(60), max=D(80)), "60 60.01 79.99"),
        (Level(id="x", min=D(60), min_inclusive=False, max=D(80), max_inclusive=True), "60.01 79.99 80"),
        (Level(id="x", min=D(80)), "80 80.01"),
        (Level(id="x", max=D(60)), "59.99"),
        (Level(id="x"), "59.99 60 60.01 79.99 80 80.01"),
    ],
)
def test_bands_hold_their_bounds_as_declared(level: Level, holds: str) -> None:
    tried = ["59.99", "60", "60.01", "79.99", "80", "80.01"]
    assert [text for text in tried if level.holds(D(text))] == holds.split()


def test_the_first_level_that_fits_counts_and_none_may_fit() -> None:
    levels = (Level(id="x", min=D(80)), Level(id="y", min=D(60)))
    assert [one.level for one in rankings.standings(_method(levels=levels), _subjects("90 70 50"))] == ["x", "y", ""]


def test_groups_are_never_merged() -> None:
    subjects = [
        Subject(id=f"{stratum}{points}", stratum=stratum, scores={"points": D(points)})
        for stratum, points in (("new", 90), ("new", 80), ("old", 70), ("old", 80))
    ]
    method = _method(lists=(_listing(Condition(test="rank_top", n=1)),))
    found = rankings.standings(method, subjects)
    assert [(one.id, one.rank, one.of, one.tied, one.list) for one in found] == [
        ("new90", 1, 2, False, "red"),
        ("new80", 2, 2, False, ""),
        ("old80", 1, 2, False, "red"),
        ("old70", 2, 2, False, ""),
    ]


def test_rows_come_by_group_rank_and_id_and_who_has_no_rank_comes_last() -> None:
    subjects = [
        Subject(id="d", unscored="停业", total=D(99), scores={"points": D(99)}),
        Subject(id="c", scores={"points": D(80)}),
        Subject(id="b", scores={"points": D(80)}),
        Subject(id="a", scores={"points": D(70)}),
        Subject(id="e", stratum="x", scores={"points": D(60)}),
    ]
    found = rankings.standings(_method(levels=LEVELS), subjects)
    assert [(one.id, one.rank) for one in found] == [("b", 1), ("c", 1), ("a", 3), ("d", None), ("e", 1)]
    absent = found[3]
    assert (absent.total, absent.steps, absent.level, absent.list, absent.of) == (None, (), "", "", 0)


def test_a_supposed_row_takes_its_own_place_and_a_new_one_a_further_place() -> None:
    field = Field(_method(), _subjects("90 80 80 70"))
    moved = field.standing(Subject(id="d", scores={"points": D(85)}))
    assert (moved.rank, moved.of, moved.tied) == (2, 4, False)
    fallen = field.standing(Subject(id="a", scores={"points": D(75)}))
    assert (fallen.rank, fallen.of, fallen.tied) == (3, 4, False)
    onto = field.standing(Subject(id="d", scores={"points": D(80)}))
    assert (onto.rank, onto.of, onto.tied) == (2, 4, True)
    further = field.standing(Subject(id="x", scores={"points": D(80)}))
    assert (further.rank, further.of, further.tied) == (2, 5, True)
    elsewhere = field.standing(Subject(id="d", stratum="old", scores={"points": D(80)}))
    assert (elsewhere.rank, elsewhere.of, elsewhere.tied) == (1, 1, False)


def test_a_turn_is_the_least_change_that_changes_the_outcome() -> None:
    lists = (YELLOW, _listing(Condition(test="score_ge", value=D(90))))
    faults = Dimension(id="faults", kind="deduct", max=D(20))
    method = _method(dimensions=(POINTS, faults, Dimension(id="complaints", kind="record")), lists=lists)
    subject = Subject(id="x", scores={"points": D(80), "faults": D(2), "complaints": D(1)})
    # 80 − 2 = 78: 92 or 76.99 points turn it, and so do 5.01 points taken away; nothing less taken away would
    assert rankings.turns(Field(method, [subject]), subject) == (
        Turn(dimension="points", score=D(92), list="red", level=""),
        Turn(dimension="points", score=D("76.99"), list="yellow", level=""),
        Turn(dimension="faults", score=D("5.01"), list="yellow", level=""),
    )
    assert rankings.turns(Field(method, [subject]), subject, places=0)[1].score == D(76)


def test_a_turn_may_change_the_level_alone() -> None:
    subject = Subject(id="x", scores={"points": D(70)})
    assert rankings.turns(Field(_method(levels=LEVELS), [subject]), subject, levels=True) == (
        Turn(dimension="points", score=D(80), list="", level="good"),
        Turn(dimension="points", score=D("59.99"), list="", level="poor"),
    )


def test_a_level_is_no_turn_unless_asked_for() -> None:
    subject = Subject(id="x", scores={"points": D(70)})
    method = _method(levels=LEVELS, lists=(_listing(Condition(test="level_in", of=("good",))),))
    # the level poor below 60 is passed over
    assert rankings.turns(Field(method, [subject]), subject) == (
        Turn(dimension="points", score=D(80), list="red", level="good"),
    )


def test_what_only_breaks_ties_turns_nothing() -> None:
    dimensions = (Dimension(id="points"), Dimension(id="complaints", kind="record", max=D(9)))
    first = _listing(Condition(test="rank_top", n=1))
    method = _method(dimensions=dimensions, tie_break=("-complaints",), at_cut="none_enter", lists=(first,))
    subjects = [Subject(id=key, scores={"points": D(80), "complaints": D(5)}) for key in "xy"]
    field = Field(method, subjects)
    assert field.standing(replace(subjects[0], scores={"points": D(80), "complaints": D(4)})).list == "red"
    assert rankings.turns(field, subjects[0]) == ()


def test_nothing_turns_what_was_not_scored() -> None:
    method = _method(lists=(YELLOW,))
    for subject in (Subject(id="x", total=D(70)), Subject(id="x", scores={"points": D(70)}, unscored="停业")):
        assert rankings.turns(Field(method, [subject]), subject) == ()


def test_a_turn_stops_at_nothing_and_at_full_marks() -> None:
    for points, value in (("99.99", "100"), ("0.01", "0.01"), ("100", "100.01")):
        method = _method(lists=(_listing(Condition(test="score_ge", value=D(value))),))
        subject = Subject(id="x", scores={"points": D(points)})
        found = rankings.turns(Field(method, [subject]), subject)
        expected = {"99.99": (D(100), "red"), "0.01": (D(0), "")}.get(points)
        assert [(turn.score, turn.list) for turn in found] == ([expected] if expected else [])


def test_totals_closer_than_the_margin_cannot_be_told_apart() -> None:
    found = rankings.standings(_method(), _subjects("90 89.5 89 80"))
    assert rankings.bands(found, D("0.5")) == {"a": (1, 1), "b": (2, 2), "c": (3, 3), "d": (4, 4)}
    assert rankings.bands(found, D("0.51")) == {"a": (1, 2), "b": (1, 3), "c": (2, 3), "d": (4, 4)}
    assert rankings.bands(found, D("1.01")) == {"a": (1, 3), "b": (1, 3), "c": (1, 3), "d": (4, 4)}


def test_bands_leave_out_who_has_no_rank_and_do_not_cross_groups() -> None:
    subjects = [
        *_subjects("90"),
        Subject(id="x", stratum="old", total=D(90)),
        Subject(id="y", total=D(90), unscored="停业"),
    ]
    assert rankings.bands(rankings.standings(_method(), subjects), D(5)) == {"a": (1, 1), "x": (1, 1)}


def test_without_a_margin_equals_share_one_rank() -> None:
    found = rankings.standings(_method(), _subjects("90 80 80 70"))
    assert rankings.bands(found, D(0)) == {"a": (1, 1), "b": (2, 2), "c": (2, 2), "d": (4, 4)}


# Plain data


def test_a_method_reads_back_from_json_and_leaves_defaults_out() -> None:
    method = _method(
        lists=(_listing(Condition(test="score_ge", value=D("90.00"))),), vetoes=(Veto(id="v", effect="exclude"),)
    )
    assert rankings.to_json(method) == {
        "engine": 1,
        "dimensions": [{"id": "points", "max": "100"}],
        "vetoes": [{"id": "v", "effect": "exclude"}],
        "lists": [{"id": "red", "polarity": "positive", "rules": [[{"test": "score_ge", "value": "90.00"}]]}],
    }
    assert rankings.from_json(rankings.to_json(method)) == method


def test_every_drawn_method_reads_back_from_json() -> None:
    source = Random("json")
    for _ in range(200):
        method = ranking_draws.scheme(source)
        assert rankings.from_json(rankings.to_json(method)) == method


@pytest.mark.parametrize(
    "change",
    [
        {"engine": 2},
        {"engine": "1"},
        {"engine": None},
        {"dimensions": [{"id": "x", "colour": "red"}]},
        {"dimensions": [{"kind": "score"}]},
        {"dimensions": [{"id": "x", "max": "many"}]},
        {"vetoes": [{"id": "x"}]},
        {"lists": [{"id": "x"}]},
        {"lists": [{"id": "x", "polarity": "positive", "rules": [[{"value": "90"}]]}]},
        {"levels": [{"min": "90"}]},
    ],
)
def test_another_engine_and_parts_that_do_not_fit_are_refused(change: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        rankings.from_json({**rankings.to_json(_method()), **change})


def test_a_method_without_dimensions_is_refused() -> None:
    with pytest.raises(ValueError, match="dimensions"):
        rankings.from_json({"engine": 1})


# Real regimes


def _regimes() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield pytest.param(case, {}, id=path.stem)
        for number, variant in enumerate(case.get("variants", ()), start=1):
            yield pytest.param(case, variant, id=f"{path.stem}-{number}")


@pytest.mark.parametrize(("case", "variant"), [*_regimes()])
def test_real_regimes_give_what_was_worked_out_by_hand(case: dict[str, Any], variant: dict[str, Any]) -> None:
    method = rankings.from_json({**case["method"], **variant.get("method", {})})
    assert rankings.from_json(rankings.to_json(method)) == method
    table, expected = _worked_out(case, variant)
    assert _engine(method, table) == expected
    assert enumerated(method, *table) == expected
    assert framed(method, [table]) == [expected]


def _worked_out(case: dict[str, Any], variant: dict[str, Any]) -> tuple[Table, dict[str, Outcome]]:
    subjects, expected = [], {}
    for plain in case["rows"]:
        changed = variant.get("rows", {}).get(plain["id"], {})
        row = {**plain, **changed, "gives": {**plain["gives"], **changed.get("gives", {})}}
        subject = _subject(row)
        subjects.append(subject)
        gives = row["gives"]
        of = case["of"][subject.stratum] if gives["rank"] else 0
        given = gives["total"] if "total" in gives else row["total"]
        gives |= {"total": given and D(given), "untold": tuple(gives.get("untold", ())), "of": of}
        expected[subject.id] = Outcome(**gives)
    return (tuple(subjects), tuple(variant.get("periods", case["periods"]))), expected


def _subject(row: Mapping[str, Any]) -> Subject:
    assert row["name"].startswith("示例"), "only invented names on lists"
    return Subject(
        id=row["id"],
        stratum=row.get("stratum", ""),
        scores={name: D(given) for name, given in row.get("scores", {}).items()},
        total=D(row["total"]) if "total" in row else None,
        vetoes=tuple(row.get("vetoes", ())),
        nominated=tuple(row.get("nominated", ())),
        unscored=row.get("unscored", ""),
        past=tuple(map(tuple, row.get("past", ()))),
    )


def test_every_regime_says_where_it_is_from_and_what_was_assumed() -> None:
    paths = sorted(CASES.glob("*.yml"))
    assert len(paths) == 7
    for path in paths:
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert case["source"], path
        assert case["assumed"], path


# Three engines


def _engine(method: Method, table: Table) -> dict[str, Outcome]:
    return {
        one.id: Outcome(one.total, one.rank, one.of, one.tied, one.level, one.list, one.untold)
        for one in rankings.standings(method, *table)
    }


def _drawn(go: int) -> Iterator[tuple[Method, list[Table]]]:
    for number in range(SCHEMES):
        source = Random(go * SCHEMES + number)
        method = ranking_draws.scheme(source)
        yield method, [ranking_draws.table(source, method) for _ in range(TABLES)]


def _compare(go: int) -> None:
    for number, (method, tables) in enumerate(_drawn(go)):
        found = [_engine(method, table) for table in tables]
        place = f"seed {go * SCHEMES + number}"
        assert found == [enumerated(method, *table) for table in tables], place
        assert found == framed(method, tables), place


@pytest.mark.parametrize("go", range(GOES))
def test_three_engines_agree(go: int) -> None:
    _compare(go)


@pytest.mark.long
@pytest.mark.parametrize("go", range(LONG_GOES))
def test_three_engines_agree_for_long(go: int) -> None:
    _compare(go)


def test_draws_reach_everything() -> None:
    """A comparison of cases in which nothing happens would prove nothing."""
    tests, happened = Counter[str](), Counter[str]()
    for method, tables in itertools.chain(*map(_drawn, range(GOES))):
        rules = [*(rule for one in method.lists for rule in one.rules), *(level.when for level in method.levels)]
        tests.update(condition.test for rule in rules for condition in rule)
        tests.update(veto.effect for veto in method.vetoes)
        tests.update((method.rounding, method.tie_rule, method.at_cut, method.gaps))
        polarities = {one.id: one.polarity for one in method.lists}
        for table in tables:
            for one in rankings.standings(method, *table):
                happened.update([polarities.get(one.list, "no list"), "level" if one.level else "no level"])
                happened.update(["rank" if one.rank else "total" if one.total is not None else "absent"])
                happened.update(["tied"] * one.tied + ["untold"] * bool(one.untold) + [step.what for step in one.steps])
    known = {
        *rankings.UPWARD,
        *rankings.DOWNWARD,
        *("level_in", "veto_any", "consecutive", "nominated", "to_list", "cap_level", "exclude"),
        *("half_up", "half_even", "up", "down", "skip", "dense", "all_enter", "none_enter", "skips", "breaks"),
    }
    assert {*tests} == known
    assert min(tests.values()) >= 20, tests
    wanted = (*rankings.POLARITIES, "no list", "level", "no level", "rank", "total", "absent", "tied", "untold")
    assert min(happened[name] for name in (*wanted, "rounding", "bonus_cap", "score_cap")) >= 20, happened


# What holds for any scheme


@pytest.mark.parametrize("seed", range(150))
def test_order_of_anything_does_not_matter(seed: int) -> None:
    source = Random(seed)
    method = ranking_draws.scheme(source)
    subjects, periods = ranking_draws.table(source, method)
    shuffled = [_turned(source, subject) for subject in source.sample(subjects, len(subjects))]
    turned = replace(method, vetoes=tuple(source.sample(method.vetoes, len(method.vetoes))))
    assert rankings.standings(turned, shuffled, periods) == rankings.standings(method, subjects, periods)


def _turned(source: Random, subject: Subject) -> Subject:
    def mixed(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(source.sample(values, len(values)))

    return replace(
        subject,
        scores=dict(mixed(tuple(subject.scores.items()))),
        vetoes=mixed(subject.vetoes),
        nominated=mixed(subject.nominated),
        past=tuple(map(mixed, subject.past)),
    )


def test_hashes_do_not_matter() -> None:
    outputs = []
    for seed in ("1", "4242"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.ranking_draws", "150"],
            capture_output=True,
            check=True,
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        outputs.append(done.stdout)
    assert len(outputs[0]) > 100_000
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize("seed", range(150))
def test_more_points_never_bring_a_worse_rank_or_list(seed: int) -> None:
    source = Random(seed)
    method = ranking_draws.one_way_scheme(source)
    subjects, periods = ranking_draws.table(source, method)
    before = Field(method, subjects, periods)
    for subject in subjects:
        moving = [d for d in method.dimensions if d.kind != "record" and d.id in subject.scores]
        for dimension in moving if not subject.unscored else []:
            by = D(source.choice(("0.01", "1", "5", "30"))) * (-1 if dimension.kind == "deduct" else 1)
            better = replace(subject, scores={**subject.scores, dimension.id: subject.scores[dimension.id] + by})
            others = [better if one is subject else one for one in subjects]
            was, now = before.standing(subject), _by_id(method, others, periods)[subject.id]
            if was.rank is None or now.rank is None:
                assert was.rank is now.rank is None
                continue
            assert now == before.standing(better), "a supposed row stands where the real one would"
            assert now.rank <= was.rank
            assert _worth(method, now.list) >= _worth(method, was.list), (was, now)


def _worth(method: Method, name: str) -> int:
    """Worst list first, none in the middle, best list last."""
    bad = [one.id for polarity in ("negative", "warning") for one in method.lists if one.polarity == polarity]
    good = [one.id for one in method.lists if one.polarity == "positive"]
    return [*bad, "", *reversed(good)].index(name)


@pytest.mark.parametrize("seed", range(100))
def test_verdicts_on_conditions_say_which_list_it_is(seed: int) -> None:
    source = Random(seed)
    method = ranking_draws.scheme(source)
    subjects, periods = ranking_draws.table(source, method)
    field, effects = Field(method, subjects, periods), {veto.id: veto for veto in method.vetoes}
    for subject in subjects:
        standing, verdicts = field.standing(subject), dict(field.verdicts(subject))
        if standing.rank is None:
            assert not verdicts
            continue
        shape = {one.id: [len(rule) for rule in one.rules] for one in method.lists}
        assert {key: [*map(len, rules)] for key, rules in verdicts.items()} == shape
        sent = {effects[veto].target for veto in subject.vetoes if effects[veto].effect == "to_list"}
        on = [key for key, rules in verdicts.items() if key in sent or any(map(all, rules))]
        polarities = {one.id: one.polarity for one in method.lists}
        if subject.vetoes:
            on = [key for key in on if polarities[key] != "positive"]
        assert standing.list == min(on, key=lambda key: rankings.POLARITIES.index(polarities[key]), default="")


@pytest.mark.parametrize("tie_rule", ["skip", "dense"])
def test_the_same_for_everybody_changes_no_rank(tie_rule: str) -> None:
    source = Random(tie_rule)
    for _ in range(100):
        totals = [D(source.choice(("70", "70.5", "80", "90", "-3"))) for _ in range(source.randint(1, 9))]
        found = []
        for more in (D(0), D("12.34"), D(-200)):
            subjects = [Subject(id=f"c{n}", stratum=str(n % 2), total=one + more) for n, one in enumerate(totals)]
            found.append(
                [
                    (one.id, one.rank, one.of, one.tied)
                    for one in rankings.standings(_method(tie_rule=tie_rule), subjects)
                ]
            )
        assert found[0] == found[1] == found[2]


def _small(source: Random) -> tuple[Method, tuple[Subject, ...], tuple[str, ...]]:
    """A one-way scheme whose full marks are so low that every step can be tried."""
    method = ranking_draws.one_way_scheme(source)
    tenth = tuple(
        replace(one, max=one.max / 10 if one.max else None, weight=one.weight / 10 if one.weight else None)
        for one in method.dimensions
    )
    subjects, periods = ranking_draws.table(source, method)
    shrunk = tuple(
        replace(one, scores={name: (given / 10).quantize(D("0.01")) for name, given in one.scores.items()})
        for one in subjects
    )
    return replace(_shrunk(method), dimensions=tenth), shrunk[:4], periods


def _shrunk(method: Method) -> Method:
    """Every threshold a tenth."""

    def smaller(rule: tuple[Condition, ...]) -> tuple[Condition, ...]:
        scaled = ("score_", "dimension_")
        return tuple(replace(c, value=c.value / 10) if c.test.startswith(scaled) else c for c in rule)

    return replace(
        method,
        places=2,
        score_cap=None if method.score_cap is None else method.score_cap / 10,
        bonus_cap=None if method.bonus_cap is None else method.bonus_cap / 10,
        levels=tuple(
            replace(one, min=None if one.min is None else one.min / 10, max=None if one.max is None else one.max / 10)
            for one in method.levels
        ),
        lists=tuple(replace(one, rules=tuple(map(smaller, one.rules))) for one in method.lists),
    )


def test_turns_are_the_first_step_that_changes_the_outcome() -> None:
    number = 0
    for seed in range(60):
        method, subjects, periods = _small(Random(seed))
        field = Field(method, subjects, periods)
        for subject in subjects:
            found = rankings.turns(field, subject, levels=seed % 2 == 0)
            assert found == tuple(_stepped(field, subject, levels=seed % 2 == 0)), seed
            number += len(found)
    assert number >= 100


def _stepped(field: Field, subject: Subject, *, levels: bool) -> Iterator[Turn]:
    """Every hundredth, one after the other, first up and then down."""
    now = field.standing(subject)
    for dimension in field.method.dimensions:
        given = subject.scores.get(dimension.id)
        if given is None or dimension.kind == "record" or subject.unscored:
            continue
        full = given if dimension.max is None else dimension.max
        for step in (D("0.01"), D("-0.01")):
            score = given + step
            while score <= full if step > 0 else score >= 0:
                then = field.standing(replace(subject, scores={**subject.scores, dimension.id: score}))
                if then.list != now.list or (levels and then.level != now.level):
                    yield Turn(dimension=dimension.id, score=score, list=then.list, level=then.level)
                    break
                score += step


def test_bands_are_the_best_and_worst_of_all_orders_that_may_be() -> None:
    source = Random("bands")
    for _ in range(150):
        totals = [D(source.choice(("70", "70.4", "70.5", "71", "72", "75"))) for _ in range(source.randint(1, 6))]
        margin = D(source.choice(("0.01", "0.4", "0.5", "1", "3")))
        subjects = [Subject(id=str(n), total=one) for n, one in enumerate(totals)]
        assert rankings.bands(rankings.standings(_method(), subjects), margin) == _ordered(totals, margin)


def _ordered(totals: Sequence[Decimal], margin: Decimal) -> dict[str, tuple[int, int]]:
    """Every order in which nobody stands before one who is surely better."""
    places: dict[str, list[int]] = {str(number): [] for number in range(len(totals))}
    for order in itertools.permutations(range(len(totals))):
        if all(totals[later] - totals[earlier] < margin for earlier, later in itertools.combinations(order, 2)):
            for place, number in enumerate(order, start=1):
                places[str(number)].append(place)
    return {key: (min(found), max(found)) for key, found in places.items()}
