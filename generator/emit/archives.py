"""What was sealed, to take away: a zip and a plain page of each version, the log, and the program that checks them.

Names that have left are taken out on the way; the bytes under ``data/`` stay as they are until somebody forgets them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import addresses
from generator.facts import Facts
from generator.verifying import archive, may_leave, program, redacted


def emit(facts: Facts, sealed: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """``sealed``: paths below ``data/`` -> bytes, verified."""
    lawful = {*may_leave(sealed, facts.as_of)}
    for edition, versions in facts.rankings.versions.items():
        for one in (version for version in versions if version.is_offered):
            gone = {row.key for row in one.edition.rows if row.is_hidden and (edition, one.number, row.key) in lawful}
            files = {**sealed, **redacted(sealed, edition, one.number, gone)}
            yield addresses.edition_table(edition, one.number, "zip"), archive(files, edition, one.number, facts.as_of)
            yield addresses.plain(edition, one.number), files[f"sealed/{edition}/v{one.number}/page.html"]
    for path, raw in sealed.items():
        if path.startswith("log/"):
            yield addresses.log_file(path), raw
    if facts.rankings.log:
        yield addresses.VERIFIER, program().encode()
