"""What becomes of one entry: a new community, nothing, a conflict, or, with an update, changed cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.dataset import Dataset
from generator.importing import ids, values
from generator.importing.comparing import Difference, Existing, RegionNames, compare
from generator.importing.districts import Districts
from generator.importing.entries import Entry, Provenance
from generator.importing.firms import FirmBook
from generator.importing.matching import Match, MatchKind
from generator.importing.plans import Addition, Finding, FindingKind, Outcome, RowOutcome
from generator.importing.values import ProviderKind
from generator.records import Community, Engagement, FeeStandard, Record

_SERVED = frozenset({ProviderKind.FIRM, ProviderKind.SELF_MANAGED, ProviderKind.BACKSTOP})


@dataclass(frozen=True, kw_only=True)
class Work:
    """Everything that deciding and recording share."""

    dataset: Dataset
    districts: Districts
    #: District text -> region code.
    regions: Mapping[str, str]
    new_regions: tuple[Addition, ...]
    book: FirmBook
    existing: Mapping[str, Existing]
    #: (region, name key) -> id of a new community.
    new_ids: Mapping[ids.Naming, str]
    is_update: bool

    @property
    def region_names(self) -> RegionNames:
        """Names of regions, the new ones included."""
        known = {code: region.name for code, region in self.districts.regions.items()}
        added = {addition.key: addition.values["name"] for addition in self.new_regions}
        return RegionNames(names={**known, **added}, home=self.districts.home.code)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What one entry leads to."""

    outcome: RowOutcome
    #: Cells of new records by type; ids of engagements and fees are still missing.
    community: Mapping[str, str] | None = None
    adds: frozenset[type[Record]] = frozenset()
    edits: tuple[tuple[Record, Mapping[str, str]], ...] = ()


def source_cells(provenance: Provenance) -> dict[str, str]:
    """The cells by which a record names its source and date."""
    return {"content_source": provenance.content_source, "as_of": provenance.as_of}


def community_naming(entry: Entry, region: str) -> ids.Naming:
    """What a new community's id is made of."""
    return f"cm-{region}", (region, values.match_key(entry.name))


def decide(entry: Entry, match: Match, work: Work) -> Decision:
    """What one entry leads to, given the record it was matched with."""
    if match.kind is MatchKind.NEW:
        return _decide_new(entry, match, work)
    if match.community is None or match.kind is MatchKind.RENAMED:
        outcome = Outcome.RENAME if match.kind is MatchKind.RENAMED else Outcome.NOT_TAKEN
        key = match.community.id if match.community else ""
        return Decision(outcome=_row(entry, outcome, key, match.reason, entry.findings))
    differences = tuple(compare(entry, match, work.existing[match.community.id], work.book, work.region_names))
    wanted = [d for d in differences if work.is_update and match.kind is MatchKind.SAME and d.is_applicable]
    used = [d for d in wanted if not _is_manual(d, work)]
    findings = tuple(_told(d, d in used, d in wanted) for d in differences)
    alias = "" if _has_name(match.community, entry) else f"按别名对应「{match.community.name}」"
    return Decision(
        outcome=_row(entry, _outcome(findings), match.community.id, alias, (*findings, *entry.findings)),
        adds=frozenset(model for d in used for model in d.adds),
        edits=tuple(edit for d in wanted for edit in d.edits),
    )


def _is_manual(difference: Difference, work: Work) -> bool:
    """True where a record lives in YAML, which no program rewrites."""
    return any(not work.dataset.source(record).path.endswith(".csv") for record, _ in difference.edits)


def _told(difference: Difference, is_used: bool, is_wanted: bool) -> Finding:
    if is_wanted and not is_used:
        return replace(difference.finding, reason="记录写在 YAML 里，请手工修改")
    return replace(difference.finding, is_applied=is_used)


def _has_name(community: Community, entry: Entry) -> bool:
    return values.match_key(community.name) == values.match_key(entry.name)


def _outcome(findings: Sequence[Finding]) -> Outcome:
    """The gravest thing that is left to do; ``updated`` when nothing is."""
    left = {finding.kind for finding in findings if not finding.is_applied}
    if FindingKind.CONFLICT in left:
        return Outcome.CONFLICT
    if FindingKind.SUPPLEMENT in left:
        return Outcome.SUPPLEMENT
    return Outcome.UPDATED if any(finding.is_applied for finding in findings) else Outcome.SAME


def _row(entry: Entry, outcome: Outcome, key: str, reason: str, findings: tuple[Finding, ...]) -> RowOutcome:
    return RowOutcome(
        sheet=entry.sheet, row=entry.row, name=entry.name, outcome=outcome, key=key, reason=reason, findings=findings
    )


def _decide_new(entry: Entry, match: Match, work: Work) -> Decision:
    key = work.new_ids[community_naming(entry, match.region)]
    none_by_source = {"no_provider": "true"} if entry.provider_kind is ProviderKind.NONE else {}
    cells = {
        "id": key,
        "name": entry.name,
        "region": match.region,
        **entry.fields,
        **none_by_source,
        **source_cells(entry.provenance),
    }
    adds: set[type[Record]] = {Engagement} if entry.provider_kind in _SERVED else set()
    return Decision(
        outcome=_row(entry, Outcome.NEW, key, "", entry.findings),
        community=cells,
        adds=frozenset(adds | ({FeeStandard} if entry.fee else set())),
    )
