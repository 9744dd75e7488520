"""Rankings derived: every row with its arithmetic, its neighbours, its marks and what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from generator import rankings
from generator.dataset import Dataset
from generator.editions import Edition, Row, counts, lineage
from generator.facts.cases import Book
from generator.facts.origins import chain, origin
from generator.facts.rows import explained
from generator.facts.standing import (
    EditionFacts,
    GroupFacts,
    HistoryFacts,
    ListFacts,
    RankingFacts,
    RowFacts,
    SchemeFacts,
    Showing,
    VersionFacts,
)
from generator.lasting import is_visible, visible
from generator.records import (
    AssessmentScheme,
    ListEntry,
    Region,
)
from generator.records.assessment_scheme import ListRule, Stratum
from generator.records.list_entry import EntryState
from generator.records.ranking import Polarity
from generator.records.ranking_edition import Phase
from generator.sealed import Difference, History, Version, differences

#: Where a scheme states no margin, ranks less than this share of full marks apart are called close.
_NEAR_SHARE = Decimal("0.005")
_FULL = Decimal(100)


def ranked(dataset: Dataset, editions: Mapping[str, Edition], past: History, as_of: date) -> RankingFacts:
    """Every edition that is on the site, and every version that was sealed. ``editions``: from ``editions.gather``."""
    book = Book(dataset, past, as_of)
    shown = {key: edition for key, edition in editions.items() if is_visible(edition.record, as_of)}
    held = {key: one for key, one in shown.items() if one.record.phase is not Phase.NOT_HELD}
    standing = {key: one for key, one in held.items() if book.sees.stands(one)}
    found = {key: _edition(book, one, standing, book.sees.hidden(one)) for key, one in standing.items()}
    return RankingFacts(
        editions=found,
        withdrawn={
            key: _edition(book, one, standing, book.sees.hidden(one))
            for key, one in held.items()
            if key not in standing
        },
        versions={
            key: tuple(_versions(book, past.versions[key], held[key], standing)) for key in past.versions if key in held
        },
        log=past.log,
        head=past.head,
        not_held=tuple(
            sorted(
                (one.record for one in shown.values() if one.record.phase is Phase.NOT_HELD),
                key=lambda record: (record.period.start, record.id),
                reverse=True,
            )
        ),
        schemes=_schemes(book, found),
        histories=_histories(dataset, found),
        served=_served(found),
        withheld=book.sees.withheld(editions),
    )


def _versions(
    book: Book, versions: Sequence[Version], present: Edition, held: Mapping[str, Edition]
) -> Iterator[VersionFacts]:
    """Each sealed version with the entries of today beside its rows: what is said and answered goes with the name."""
    entries = {row.who: row.entries for row in present.rows}
    hidden_before: frozenset[str] = frozenset()
    for before, version in zip((None, *versions), versions, strict=False):
        one = version.edition
        beside = Edition(
            record=one.record,
            scheme=one.scheme,
            rows=tuple(
                replace(row, entries=tuple(_as_sealed(version, row, entry) for entry in entries.get(row.who, ())))
                if any(row.who)
                else row
                for row in one.rows
            ),
            periods=one.periods,
            previous=present.previous,
        )
        hidden = book.sees.hidden_in(version, beside)
        yield VersionFacts(
            sealed=version,
            edition=_edition(book, beside, held, hidden, listed=version.lists),
            changed=_changed(before, version, hidden_before, hidden) if before else (),
            is_newest=version is versions[-1],
            is_offered=book.sees.may_be_handed_out(version, beside),
        )
        hidden_before = hidden


def _as_sealed(version: Version, row: Row, entry: ListEntry) -> ListEntry:
    """The entry of today with the words that were sealed; what came of it later goes with it."""
    if version.lists.get(row.key) != entry.list:
        return entry
    said = {name: version.text(row.key, name) or None for name in ("reason", "reply")}
    state = EntryState.LISTED if entry.state is EntryState.CORRECTED else entry.state
    return entry.model_copy(update={**said, "state": state, "correction": ()})


def _changed(
    before: Version, version: Version, hidden_before: Container[str], hidden: Container[str]
) -> tuple[Difference, ...]:
    """What a version changed, without what would name who has left either of the two.

    A row that seems new because its old one was forgotten is not told either.
    """
    return tuple(
        one
        for one in differences(before, version)
        if one.entries[0] not in hidden_before
        and one.entries[1] not in hidden
        and (one.field or not (before.left or version.left))
    )


def _edition(
    book: Book,
    edition: Edition,
    held: Mapping[str, Edition],
    hidden: Container[str],
    *,
    listed: Mapping[str, str] | None = None,
) -> EditionFacts:
    """``listed``: the list of each row where that is sealed and does not follow from the entries of today."""
    record, scheme = edition.record, edition.scheme
    stated = scheme.near_points
    margin = stated if stated is not None else (scheme.full_marks or _FULL) * _NEAR_SHARE
    before = held.get(edition.previous.id) if edition.previous else None
    rows = explained(book, edition, before, margin, listed, hidden)
    publisher = book.sees.organizations.get(record.publisher or scheme.issuer)
    strata: tuple[Stratum | None, ...] = scheme.strata or (None,)
    return EditionFacts(
        record=record,
        scheme=scheme,
        regions=chain(book.dataset, record.region),
        publisher=publisher.name if publisher else record.content_source or "",
        office=publisher,
        groups=tuple(_group(book, edition, stratum, rows) for stratum in strata),
        previous=before.record if before else None,
        margin=margin,
        margin_is_stated=stated is not None,
        origins=(origin(book.dataset, record), origin(book.dataset, scheme)),
    )


def _group(book: Book, edition: Edition, stratum: Stratum | None, rows: Mapping[str, RowFacts]) -> GroupFacts:
    here = [row for row in edition.rows if row.given.stratum == (stratum.id if stratum else "")]
    facts = [rows[row.key] for row in here]
    ranked_rows = sorted(
        (row for row in facts if row.result.unscored_reason is None),
        key=lambda row: (row.result.rank is None, row.result.rank or 0, row.key),
    )
    scored = {name for row in ranked_rows for name in row.result.scores}
    return GroupFacts(
        stratum=stratum,
        dimensions=tuple(d for d in edition.scheme.dimensions if d.id in scored),
        rows=tuple(ranked_rows),
        unscored=tuple(row for row in facts if row.result.unscored_reason is not None),
        lists=tuple(_list(book, edition, rule, here, ranked_rows) for rule in edition.scheme.lists),
        gone_levels=Counter(
            why
            for row in here
            for entry in row.entries
            if entry.list in {level.id for level in edition.scheme.levels} and (why := book.sees.left(entry))
        ),
    )


def _list(book: Book, edition: Edition, rule: ListRule, here: Sequence[Row], ordered: Sequence[RowFacts]) -> ListFacts:
    gone: Counter[str] = Counter()
    for row in here:
        gone.update(why for entry in row.entries if entry.list == rule.id and (why := book.sees.left(entry)))
    on = [row for row in ordered if rule in {row.marking, row.proposed}]
    members = {row.key for row in here if any(entry.list == rule.id and counts(entry) for entry in row.entries)}
    return ListFacts(
        rule=rule,
        rows=tuple(on),
        gone=gone,
        nobody=not on and not any(_may_meet(edition, row, rule) for row in here),
        cut=_cut(rule, [row.key for row in ordered], members),
    )


def _may_meet(edition: Edition, row: Row, rule: ListRule) -> bool:
    """Whether a row is not known to miss a list's rules, also where it went to another list, which came first."""
    named = rule.id in row.given.nominated or edition.recomputed[row.key].list == rule.id
    ways = dict(edition.field.verdicts(row.given)).get(rule.id, ())
    return named or any(all(holds is not False for holds in way) for way in ways)


def _cut(rule: ListRule, ordered: Sequence[str], members: set[str]) -> str | None:
    """Where the line of a list runs, if all who stand on one side of it are on the list and nobody else."""
    number = len(members)
    looks_at_scores = any(c.test.value in rankings.UPWARD | rankings.DOWNWARD for way in rule.rules for c in way.all_of)
    if not number or number == len(ordered) or not looks_at_scores:
        return None
    if rule.polarity is Polarity.POSITIVE:
        return ordered[number - 1] if {*ordered[:number]} == members else None
    return ordered[-number] if {*ordered[-number:]} == members else None


def _schemes(book: Book, editions: Mapping[str, EditionFacts]) -> dict[str, SchemeFacts]:
    schemes = visible(book.dataset, AssessmentScheme, book.as_of)
    newer = {one.supersedes: one.id for one in schemes.values() if one.supersedes}
    found = {}
    for scheme in schemes.values():
        head = scheme.id
        seen = {head}
        while (above := newer.get(head)) is not None and above not in seen:
            head = above
            seen.add(head)
        under = [one for one in editions.values() if one.scheme.id == scheme.id]
        found[scheme.id] = SchemeFacts(
            record=scheme,
            region=book.dataset.of(Region)[scheme.region],
            issuer=book.sees.organizations.get(scheme.issuer),
            versions=tuple(schemes[key] for key in lineage(schemes, head)),
            editions=tuple(sorted(under, key=newest, reverse=True)),
            origins=(origin(book.dataset, scheme),),
        )
    return found


def newest(edition: EditionFacts) -> tuple[date, str]:
    """Sort key: by period, then id."""
    return edition.record.period.start, edition.record.id


def _histories(
    dataset: Dataset, editions: Mapping[str, EditionFacts]
) -> dict[tuple[str, str], tuple[HistoryFacts, ...]]:
    """Where each firm, community and organisation was ranked, one history a series and group."""
    schemes = dataset.of(AssessmentScheme)
    lines = defaultdict[tuple[str, str, str, str, str], list[Showing]](list)
    for edition in sorted(editions.values(), key=newest):
        root = lineage(schemes, edition.scheme.id)[-1]
        for group in edition.groups:
            for row in (*group.rows, *group.unscored):
                if row.record is not None:
                    owner = (row.record.type_name, row.record.key)
                    key = (*owner, root, edition.record.region, group.stratum.id if group.stratum else "")
                    lines[key].append(Showing(edition=edition, group=group, row=row))
    found = defaultdict[tuple[str, str], list[HistoryFacts]](list)
    for (type_name, owner_key, _, region, _), showings in lines.items():
        history = HistoryFacts(
            scheme=showings[-1].edition.scheme,
            region=dataset.of(Region)[region],
            stratum=showings[-1].group.stratum,
            showings=tuple(showings),
        )
        found[type_name, owner_key].append(history)
    return {owner: tuple(histories) for owner, histories in found.items()}


def _served(editions: Mapping[str, EditionFacts]) -> dict[str, tuple[Showing, ...]]:
    found = defaultdict[str, list[Showing]](list)
    for edition in sorted(editions.values(), key=newest, reverse=True):
        for group in edition.groups:
            for row in group.rows:
                if row.served_record is not None and (row.marking or row.cases):
                    found[row.served_record.id].append(Showing(edition=edition, group=group, row=row))
    return {firm: tuple(showings) for firm, showings in found.items()}
