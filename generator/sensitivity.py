"""How far ranks hang on the weights: many draws of slightly other weights, and the span of ranks they bring.

Nothing here judges anybody: it says how firmly a published rank stands. Everything is whole numbers, so the same table
gives the same spans on every machine.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from fractions import Fraction
from operator import mul

from generator import rankings
from generator.rankings import Method, Subject

#: So many draws, each weight between nine tenths and eleven tenths of what the scheme says.
DRAWS = 1_000
_LEAST, _MOST = 900, 1_100
#: The span holds nine tenths of the draws: one twentieth is cut off at either end.
_CUT = 20
#: Points are counted in ten-thousandths.
_SCALE = 10_000


def spans(method: Method, subjects: Sequence[Subject], draws: int = DRAWS) -> dict[str, tuple[int, int]]:
    """Best and worst rank, within the stratum, that each ranked subject has in nine of ten draws.

    Bonuses and deductions keep their points, caps and rounding are left out, equal totals share the better rank. Empty
    where there is only one weight to vary, or no scores were published.
    """
    scored = [d for d in method.dimensions if d.kind == "score"]
    if len(scored) < 2:
        return {}
    excluding = {veto.id for veto in method.vetoes if veto.effect == "exclude"}
    groups: dict[str, list[Subject]] = {}
    for subject in subjects:
        if subject.scores and not subject.unscored and not excluding & {*subject.vetoes}:
            groups.setdefault(subject.stratum, []).append(subject)
    weights = _reduced([_whole(Fraction(d.weight or d.max or 1)) for d in scored])
    drawn = _drawn(weights, draws)
    cut, found = draws // _CUT, dict[str, tuple[int, int]]()
    for group in groups.values():
        for subject, ranks in zip(group, _ranks([_points(method, one) for one in group], drawn), strict=True):
            ranks.sort()
            found[subject.id] = ranks[cut], ranks[-1 - cut]
    return found


def _drawn(weights: Sequence[int], draws: int) -> list[list[int]]:
    """For each draw, what multiplies the points of each dimension, and last what multiplies the rest.

    Factors are in thousandths. A draw's weights are brought back to their sum, by multiplying what they do not touch
    instead of dividing. ``random.random`` stays the same over versions of Python.
    """
    source, width, whole = random.Random(0), _MOST - _LEAST + 1, sum(weights)
    found = []
    for _ in range(draws):
        factors = [_LEAST + int(source.random() * width) for _ in weights]
        found.append([*(factor * whole for factor in factors), sum(map(mul, factors, weights))])
    return found


def _points(method: Method, subject: Subject) -> list[int]:
    """What each scored dimension brings, in ten-thousandths, and last what bonuses and deductions bring together."""
    _, steps = rankings.total(method, subject)
    adds = {step.what: _whole(step.adds) for step in steps}
    own = [adds.get(d.id, 0) for d in method.dimensions if d.kind == "score"]
    return [*own, sum(adds.get(d.id, 0) for d in method.dimensions if d.kind in {"bonus", "deduct"})]


def _whole(points: Fraction) -> int:
    return round(points * _SCALE)


def _reduced(weights: list[int]) -> list[int]:
    """The same weights as the smallest whole numbers, so that products stay small."""
    common = math.gcd(*weights) or 1
    return [weight // common for weight in weights]


def _ranks(rows: Sequence[Sequence[int]], drawn: Sequence[Sequence[int]]) -> list[list[int]]:
    """The ranks of each row, one a draw."""
    found: list[list[int]] = [[] for _ in rows]
    for factors in drawn:
        totals = [sum(map(mul, row, factors)) for row in rows]
        first = dict(reversed([(one, place) for place, one in enumerate(sorted(totals, reverse=True), start=1)]))
        for ranks, one in zip(found, totals, strict=True):
            ranks.append(first[one])
    return found
