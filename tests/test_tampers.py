"""Whatever is done to a sealed history is found, and nothing that may be done is called tampering.

What nobody can find from the files alone is a history rewritten as a whole: version, manifest, every later log entry
and the head, all consistent. Against that stands a head that somebody kept elsewhere (``since``); and a rank that does
not follow from its scores is found even then.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from generator.verifying import Finding, redacted, verify
from generator.verifying.fingerprints import head, log_files
from tests import tampers
from tests.sealed_history import Timeline, history
from tests.tampers import NAMES, Files, Tamper

#: The display of some entries has ended by then, of others not.
AS_OF = date(2026, 6, 20)
#: So many tampers of a kind, and legal edits: in every run, and in the long one.
FEW, MANY = 160, 2400
LEGAL_FEW, LEGAL_MANY = 80, 1000


@pytest.fixture(scope="module")
def made() -> Timeline:
    return history()


@pytest.fixture(scope="module")
def files(made: Timeline) -> Files:
    assert verify(made.files, AS_OF) == ()
    return made.files


def _parts(finding: Finding) -> set[str]:
    return {part for name in finding.field.split("、") for part in (name, *name.split("."))}


def _names(tamper: Tamper, found: tuple[Finding, ...]) -> bool:
    """Whether some finding says which edition, version, row and field."""
    return any(
        (not tamper.edition or one.edition == tamper.edition)
        and (not tamper.version or one.version == tamper.version)
        and (not tamper.row or tamper.row == one.row or tamper.row in _parts(one))
        and (not tamper.field or tamper.field in one.field.split("、") or tamper.field in _parts(one))
        for one in found
    )


def _some(files: Files, most: int, draw: random.Random) -> Files:
    """The log and enough versions to take so many tampers from."""
    versions = sorted({path.rpartition("/")[0] for path in files if path.startswith("sealed/")})
    few = {*draw.sample(versions, min(len(versions), 2 + most // 40))}
    return {path: raw for path, raw in files.items() if path.startswith("log/") or path.rpartition("/")[0] in few}


def _missed(files: Files, kind: str, most: int) -> tuple[int, list[str]]:
    draw = random.Random(11)
    every = list(tampers.KINDS[NAMES.index(kind)](_some(files, most, draw)))
    chosen = draw.sample(every, min(most, len(every)))
    missed = []
    for tamper in chosen:
        found = verify(tamper.applied(files), AS_OF)
        if not found or not _names(tamper, found):
            said = [one.sentence for one in found[:3]]
            missed.append(f"{tamper.what} {list(tamper.changes)[:2]} {tamper.row} {tamper.field}: {said}")
    return len(chosen), missed


@pytest.mark.parametrize("kind", NAMES)
def test_tampers_are_found_and_named(files: Files, kind: str) -> None:
    assert _missed(files, kind, FEW)[1] == []


@pytest.mark.long
def test_ten_thousand_tampers_are_found_and_named(files: Files) -> None:
    counted = {kind: _missed(files, kind, MANY) for kind in NAMES}
    assert [line for _, missed in counted.values() for line in missed] == []
    assert sum(number for number, _ in counted.values()) >= 10_000


def _legal(start: int) -> Iterator[tuple[str, Files, bytes]]:
    """Histories that grew as they may: what was done last, the files, and the head from before."""
    made = history(seed=start)
    draw = made.draw
    while True:
        before = made.files["log/head.txt"]
        done = draw.choice(("month", "correct", "revise", "forget", "lapse", "withdraw"))
        position = draw.randrange(len(made.editions))
        key = made.editions[position].record.id
        if done == "month" and len(made.editions) < 40:
            made.month()
        elif done in {"correct", "revise"}:
            made.correct(position, done)
        elif done == "forget":
            made.forget(position, [f"e{draw.randint(1, 11):03}"])
        elif done == "withdraw":
            made.withdraw(position)
        elif done == "lapse" and position < 8:  # display has ended: the names may go without another word
            made.files |= redacted(made.files, key, made.newest[key], _ended(made.files, key, made.newest[key]))
        yield done, made.files, before


def _ended(files: Files, key: str, version: int) -> list[str]:
    rows = tampers.rows_of(files[f"sealed/{key}/v{version}/ranking.csv"])[1:]
    return [row[0] for row in rows if row[10] and row[10] < AS_OF.isoformat()]


def _false_alarms(number: int) -> list[str]:
    alarms = []
    steps = _legal(5)
    for count in range(number):
        done, files, before = next(steps)
        later = date(2026 + count % 30, 6, 20)
        alarms += [f"{done}: {one.sentence}" for one in verify(files, later, before)[:2]]
    return alarms


def test_legal_edits_raise_no_alarm() -> None:
    assert _false_alarms(LEGAL_FEW) == []


@pytest.mark.long
def test_a_thousand_legal_edits_raise_no_alarm() -> None:
    assert _false_alarms(LEGAL_MANY) == []


def test_a_name_may_not_leave_before_its_day(files: Files) -> None:
    """The same files are right on a later day and not before."""
    key, version = "rk-202506", 1
    ended = [row[0] for row in tampers.rows_of(files[f"sealed/{key}/v{version}/ranking.csv"])[1:] if row[10]]
    gone = {**files, **redacted(files, key, version, ended)}
    assert {one.code for one in verify(gone, date(2026, 6, 20))} == {"E606"}
    assert verify(gone, date(2026, 12, 31)) == ()
    assert verify(gone) == ()


def _rewritten(files: Files, name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    path = f"sealed/rk-202512/v1/{name}"
    assert old in files[path]
    return tampers.remade(files, path, files[path].replace(old, new, 1), "head")


def test_a_history_rewritten_as_a_whole_is_found_only_by_a_kept_head(files: Files) -> None:
    rewritten = _rewritten(files, "notice.json", "两组分开排名".encode(), "两组一起排名".encode())
    assert verify(rewritten, AS_OF) == ()
    found = verify(rewritten, AS_OF, files["log/head.txt"])
    assert [(one.file, one.field) for one in found] == [("log/head.txt", "根")]


def test_a_rank_that_does_not_follow_is_found_even_then(files: Files) -> None:
    rank = tampers.rows_of(files["sealed/rk-202512/v1/ranking.csv"])[1][2].encode()
    rewritten = _rewritten(files, "ranking.csv", rank, b"1" + rank)
    found = verify(rewritten, AS_OF)
    assert {(one.code, one.edition, one.row, one.field) for one in found} == {("E607", "rk-202512", "e001", "total")}
    assert found[0].expected == rank.decode()


def test_a_log_cut_short_with_its_head_is_found_by_a_kept_head(made: Timeline) -> None:
    short = {path: raw for path, raw in made.files.items() if path.startswith("log/")}
    older = history(months=3)
    assert verify(older.files, AS_OF) == ()
    found = verify(older.files, AS_OF, short["log/head.txt"])
    assert "截短" in found[0].says


def test_older_heads_fit(files: Files) -> None:
    raws = [raw for _, _, raw in log_files(files)]
    for size in range(1, len(raws) + 1):
        assert verify(files, AS_OF, head(raws[:size])) == ()


@pytest.mark.parametrize("kept", [b"", b"x", b"gongshi/340104\nmany\nAAAA\n", b"gongshi/340104\n1\nAAAA\n", b"\xff"])
def test_what_is_no_head_is_refused(files: Files, kept: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        verify(files, AS_OF, kept)
