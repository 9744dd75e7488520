"""Who may still be named beside what. Every page, table and archive asks here, so that no two of them disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator.dataset import Dataset
from generator.editions import Edition, Row, counts
from generator.lasting import Display, is_visible, visible
from generator.records import (
    AssessmentResult,
    Community,
    CreditRepair,
    ExitProcedure,
    Firm,
    ListEntry,
    Measure,
    Objection,
    Organization,
    Record,
    Review,
)
from generator.records.ranking import Polarity
from generator.sealed import History, Version


class Visibility:
    """What may be said on one day."""

    def __init__(self, dataset: Dataset, past: History, as_of: date) -> None:
        self.dataset, self.past, self.as_of = dataset, past, as_of
        self.firms = visible(dataset, Firm, as_of)
        self.communities = visible(dataset, Community, as_of)
        self.organizations = visible(dataset, Organization, as_of)
        self._display = Display(dataset, as_of)

    def left(self, entry: ListEntry) -> str | None:
        """Why an entry is not shown any more, in words; None while it is."""
        return self._display.ended(entry)

    def stands(self, edition: Edition) -> bool:
        """Whether an edition is on the site and counts: its newest sealed version was not withdrawn."""
        version = self.past.newest(edition.record.id)
        return is_visible(edition.record, self.as_of) and not (version and version.is_withdrawn)

    def hidden(self, edition: Edition) -> frozenset[str]:
        """Keys of the rows of an edition, as its records stand, that have no name any more."""
        forgotten = self._forgotten(edition)
        return frozenset(row.key for row in edition.rows if row.key in forgotten or self._hides(edition, row))

    def _hides(self, edition: Edition, row: Row) -> bool:
        """Whether a bad mark of the row has ended, or the record behind the name is off the site.

        An entry that was wrong takes only the mark with it: its name was never rightly marked.
        """
        bad = (entry for entry in row.entries if _is_bad(edition, entry.list) and counts(entry))
        return any(self.left(entry) for entry in bad) or not self.names(row)

    def _forgotten(self, edition: Edition) -> frozenset[str]:
        """Rows that have no name in the newest sealed version: what was forgotten there is not said here."""
        version = self.past.newest(edition.record.id)
        if version is None or not version.left:
            return frozenset()
        named = {row.who for row in version.edition.rows if any(row.who)}
        return frozenset(row.key for row in edition.rows if row.who not in named)

    def hidden_in(self, version: Version, beside: Edition) -> frozenset[str]:
        """The same of one sealed version; ``beside``: it with the entries of today beside its rows."""
        rows = beside.rows
        wrong = {row.key for row in rows if self._was_wrong(beside, row, version.lists.get(row.key, ""))}
        ended = {row.key for row in rows if self._hides(beside, row)}
        return frozenset(wrong | ended | version.left | self.overdue(version))

    def overdue(self, version: Version) -> frozenset[str]:
        """Rows of a version whose mark has reached the end that was sealed with it."""
        ends = ((key, sheet.ranking["display_until"]) for key, sheet in version.sheets.items())
        return frozenset(key for key, end in ends if end and date.fromisoformat(end) < self.as_of)

    def may_be_handed_out(self, version: Version, beside: Edition) -> bool:
        """Whether no name stands in a version's files that may not: what left has left them, or may by the seal."""
        unserved = {row.key for row in beside.rows if row.names[0] and row.names[1] and not self.serves(row)}
        return (self.hidden_in(version, beside) | unserved) <= self.overdue(version) | version.left

    def _was_wrong(self, edition: Edition, row: Row, listed: str) -> bool:
        """Whether a sealed version puts a bad mark on a row that was taken off as a mistake: there the name goes."""
        if not _is_bad(edition, listed):
            return False
        return any(entry.list == listed and self.left(entry) and not counts(entry) for entry in row.entries)

    def names(self, row: Row) -> bool:
        """Whether the name may stand: it is known, and the record behind it is on the site."""
        firm, community, organization, _ = row.who
        known = (not community or community in self.communities) and (not firm or firm in self.firms)
        return any(row.names) and known and (not organization or organization in self.organizations)

    def serves(self, row: Row) -> bool:
        """Whether the firm beside a community may be named."""
        return row.result.firm in self.firms

    def withheld(self, editions: Mapping[str, Edition]) -> frozenset[tuple[str, str]]:
        """What nobody may have any more: (type, key) of entries, results, and all that speaks of them.

        Entries and results are offered only as rows of an edition that stands.
        """
        entries, results, about = set[str](), set[str](), set[str]()
        for edition in editions.values():
            if not self.stands(edition):
                continue
            hidden = self.hidden(edition)
            for row in edition.rows:
                shown = {entry.id for entry in row.entries if not self.left(entry) and row.key not in hidden}
                entries |= shown
                if row.key not in hidden:
                    results.add(row.key)
                    about |= {row.key} if len(shown) == len(row.entries) else set()
        return frozenset(self._others(entries, results, about))

    def _others(self, entries: set[str], results: set[str], about: set[str]) -> Iterator[tuple[str, str]]:
        """Everything but what belongs to these entries and results; of objections to results, those in ``about``."""
        of = self.dataset.of
        kept = {one.id for one in of(Objection).values() if one.entry in entries or one.result in about}
        offered: dict[type[Record], set[str]] = {
            ListEntry: entries,
            AssessmentResult: results,
            Objection: kept,
            Review: {one.id for one in of(Review).values() if one.objection in kept},
            Measure: {one.id for one in of(Measure).values() if one.entry in entries},
            CreditRepair: {one.id for one in of(CreditRepair).values() if one.entry in entries},
            ExitProcedure: {one.id for one in of(ExitProcedure).values() if one.entry in {None, *entries}},
        }
        for model, keys in offered.items():
            yield from ((model.type_name, key) for key in of(model) if key not in keys)


def _is_bad(edition: Edition, marking: str) -> bool:
    found = edition.markings.get(marking)
    return found is not None and found.polarity is not Polarity.POSITIVE
