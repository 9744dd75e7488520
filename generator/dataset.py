"""Raw records in, checked records and problems out. Nothing here touches a disk."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from generator import schema
from generator.kinds import names_an_owner, shape_of
from generator.problems import Problem, Source
from generator.records import RECORD_TYPES, Record, Site
from generator.records.base import Part, Status
from generator.schema import Loc
from generator.stories import Story

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Part)


class Places(Protocol):
    """Where each value of a raw record stands in its file."""

    def at(self, loc: Loc) -> Source:
        """The place of the value at ``loc``, or of the nearest thing around it that exists."""

    def key_at(self, loc: Loc) -> Source:
        """The place of the name of that value: a YAML key, a column's header."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as read: every value still text, every place known."""

    folder: str
    values: Mapping[str, Any]
    places: Places


@dataclass(frozen=True)
class Dataset:
    """The records that hold, by type and key, in order of key. References among them hold."""

    site: Site
    records: Mapping[type[Record], Mapping[str, Record]]
    raws: Mapping[tuple[type[Record], str], RawRecord]
    #: Folders in which some file could not be read: what it may hold is neither here nor missing.
    unread: frozenset[str] = frozenset()
    #: The front matter of each story, by path below ``content/``, and where it stands.
    stories: Mapping[str, Story] = field(default_factory=dict)
    raw_stories: Mapping[str, RawRecord] = field(default_factory=dict)

    def of(self, model: type[R]) -> Mapping[str, R]:
        """All records of one type by key."""
        # A mapping whose value type follows from its key: typing has no word for it.
        return self.records[model]  # type: ignore[return-value]

    def published(self, model: type[R]) -> Mapping[str, R]:
        """Those of one type that are on the site, whatever the day."""
        return {key: record for key, record in self.of(model).items() if record.status is Status.PUBLISHED}

    def source(self, record: Record) -> Source:
        """The file and line a record starts at."""
        return self.raws[type(record), record.key].places.at(())

    def place(self, record: Record, *loc: str | int) -> Source:
        """The place of one value of a record; of its key where none is named."""
        return self.raws[type(record), record.key].places.at(loc or (record.key_field,))

    def story_place(self, path: str, *loc: str | int) -> Source:
        """The place of one value of a story."""
        return self.raw_stories[path].places.at(loc)


#: So many records are named where a name may mean several.
_MOST_OPTIONS = 8

#: Values of ``data/site.yml`` that a record takes when it says nothing itself.
_DEFAULTS = ("publisher", "content_source", "as_of")

_Records = dict[type[Record], dict[str, Record]]
_Raws = dict[tuple[type[Record], str], RawRecord]


def build(
    raws: Iterable[RawRecord],
    raw_site: RawRecord,
    unread: Collection[str] = (),
    raw_stories: Mapping[str, RawRecord] | None = None,
) -> tuple[Dataset, list[Problem]]:
    """Type every raw record and tie the references.

    The dataset holds what is right, so that the rules can be asked about it even while other records are wrong.
    ``unread`` names the folders in which some file could not be read: what it may hold is not called missing.
    ``raw_stories``: the front matter of the stories, by path below ``content/``.
    """
    raws = tuple(raws)
    site, problems = _validate(Site, raw_site.values, raw_site.places)
    wrong = {problem.values["field"] for problem in problems}
    defaults = {name: raw_site.values[name] for name in _DEFAULTS if name in raw_site.values and name not in wrong}
    records, kept, refused, found = _typed(raws, defaults)
    problems += found
    _leave_out_broken(records, kept, only_drafts=True)
    stories, found = _stories(raw_stories or {}, _named(raws))
    problems += found
    missing = [
        *_broken_references(records, kept),
        *_broken_settings(raw_site, wrong, records),
        *_broken_stories(stories, raw_stories or {}, records),
    ]
    problems += (problem for problem in missing if not _explained(problem, refused, unread))
    _leave_out_broken(records, kept)
    ordered = {model: dict(sorted(of_type.items())) for model, of_type in records.items()}
    dataset = Dataset(
        site=site or _what_holds(raw_site.values, wrong),
        records=ordered,
        raws=kept,
        unread=frozenset(unread),
        stories=stories,
        raw_stories=raw_stories or {},
    )
    problems += _absent_public_fields(dataset)
    return dataset, problems


def _what_holds(values: Mapping[str, Any], wrong: Collection[str]) -> Site:
    """The settings without what is wrong in them, so that the rules can be asked about the rest."""
    tops = {field.split(".")[0] for field in wrong}
    return Site.model_validate(
        {"name": Site.title, **{name: value for name, value in values.items() if name not in tops}}
    )


def settings(raw_site: RawRecord) -> Site | None:
    """The site's settings alone, or None when they do not hold."""
    return _validate(Site, raw_site.values, raw_site.places)[0]


def _stories(raws: Mapping[str, RawRecord], named: Sequence[_Named]) -> tuple[dict[str, Story], list[Problem]]:
    """The stories that hold, by path."""
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    for path, raw in raws.items():
        story, found = _validate(Story, raw.values, raw.places)
        problems += (_name_for_id(problem, Story, named) for problem in found)
        if story is not None:
            stories[path] = story
    return stories, problems


def _broken_stories(
    stories: Mapping[str, Story], raws: Mapping[str, RawRecord], records: _Records
) -> Iterator[Problem]:
    for path, story in stories.items():
        for loc, target, key in schema.referred(story):
            others = records[schema.BY_NAME[target]]
            if key not in others:
                yield _broken(key, target, list(others), raws[path].places.at(loc), schema.label(Story, loc))


def _typed(
    raws: Iterable[RawRecord], defaults: Mapping[str, Any]
) -> tuple[_Records, _Raws, set[tuple[str, str]], list[Problem]]:
    """Records by type and key, the raw ones behind them and behind those refused, their (folder, key), and problems."""
    raws = tuple(raws)
    records: _Records = {model: {} for model in RECORD_TYPES}
    kept: _Raws = {}
    refused: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    named = _named(raws)
    for raw in raws:
        model = schema.BY_FOLDER[raw.folder]
        record, found = _validate(model, {**defaults, **raw.values}, raw.places)
        problems += (_name_for_id(problem, model, named) for problem in found)
        if record is None:
            key = str(raw.values.get(model.key_field))
            refused.add((raw.folder, key))
            kept.setdefault((model, key), raw)
        elif record.key in records[model]:
            first = kept[model, record.key].places.at(())
            values = {"value": record.key, "first": f"{first.path}:{first.line}"}
            problems.append(Problem("E302", raw.places.at((model.key_field,)), values))
        else:
            records[model][record.key] = record
            kept[model, record.key] = raw
    return records, kept, refused, problems


@dataclass(frozen=True, slots=True)
class _Named:
    """One record with a name, for telling people who wrote a name where an id belongs."""

    type_name: str
    name: str
    key: str
    #: Where it lies, for telling namesakes apart.
    region: str

    @property
    def shown(self) -> str:
        """``cm-340104-jiayuan 示例佳苑（蜀山区）``."""
        return f"{self.key} {self.name}{f'（{self.region}）' if self.region else ''}"


def _named(raws: Iterable[RawRecord]) -> tuple[_Named, ...]:
    models = tuple((raw, schema.BY_FOLDER[raw.folder]) for raw in raws)
    regions = {
        str(raw.values.get("code")): str(raw.values.get("name")) for raw, model in models if model.key_field == "code"
    }
    return tuple(
        _Named(
            type_name=model.type_name,
            name=str(raw.values["name"]),
            key=str(raw.values[model.key_field]),
            region=regions.get(str(raw.values.get("region")), ""),
        )
        for raw, model in models
        if "name" in raw.values and model.key_field in raw.values
    )


def _name_for_id(problem: Problem, model: type[Part], named: Sequence[_Named]) -> Problem:
    """Where a reference holds no id: the id of what was meant, if one record has that name; else all it may be."""
    place = tuple(0 if step.isdigit() else step for step in problem.values["field"].split("."))
    target = dict(schema.references(model)).get(place)
    if problem.code not in {"E211", "E213"} or target is None:
        return problem
    of_type = [record for record in named if record.type_name == target]
    exact = [record for record in of_type if record.name == problem.values["value"]]
    if len(exact) == 1:
        return Problem("E304", problem.source, {**problem.values, "fix": exact[0].key})
    near = exact or [record for record in of_type if problem.values["value"] in record.name]
    if not near and problem.code == "E213":
        return problem
    values = {
        **problem.values,
        "target": schema.BY_NAME[target].title,
        "folder": schema.BY_NAME[target].folder,
        "options": "、".join(record.shown for record in near[:_MOST_OPTIONS]),
    }
    return Problem("E305" if near else "E306", problem.source, values)


def _validate(model: type[P], values: Mapping[str, Any], places: Places) -> tuple[P | None, list[Problem]]:
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        found = [_problem(model, dict(item), places) for item in error.errors(include_url=False)]
    meant = {_sibling(p.values["field"], p.values["near"]) for p in found if p.code == "E202" and "near" in p.values}
    return None, [p for p in found if p.code != "E201" or p.values["field"] not in meant]


def _sibling(field: str, name: str) -> str:
    return ".".join([*field.split(".")[:-1], name])


#: pydantic's own error types -> our codes. Everything else is raised by a kind under its code.
_CODES = {
    "missing": "E201",
    "extra_forbidden": "E202",
    "tuple_type": "E203",
    "model_type": "E206",
    "dict_type": "E206",
}


def _problem(model: type[Part], error: Mapping[str, Any], places: Places) -> Problem:
    loc: Loc = tuple(step for step in error["loc"] if step != "[key]")
    kind: str = error["type"]
    code = _CODES.get(kind, kind)
    values = {name: str(value) for name, value in error.get("ctx", {}).items() if name != "class_name"}
    values.setdefault("value", _shown(error["input"]) if code != "E201" else "")
    values |= {
        "field": schema.dotted(loc),
        "label": schema.label(model, loc),
    }
    if code == "E202":
        near = _meant(str(loc[-1]), _part_at(model, loc))
        values |= {"value": str(loc[-1]), **({"near": near[0]} if near else {})}
        if not near and names_an_owner(str(loc[-1])):
            code = "E724"
    is_about_the_name = kind == "extra_forbidden"
    return Problem(code, places.key_at(loc) if is_about_the_name else places.at(loc), values)


def _part_at(model: type[Part], loc: Loc) -> type[Part]:
    for step in loc[:-1]:
        if isinstance(step, str) and (part := schema.shape(model, step).part):
            model = part
    return model


def _meant(written: str, part: type[Part]) -> list[str]:
    """The field whose Chinese label was written, else the nearest name."""
    labelled = [name for name, info in part.model_fields.items() if info.title == written]
    return labelled or difflib.get_close_matches(written, list(part.model_fields), n=1, cutoff=0.5)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else shape_of(value)


def _broken_references(records: _Records, raws: _Raws) -> Iterator[Problem]:
    """References to nothing; a value inherited from the site's settings is reported there, once."""
    for model, of_type in records.items():
        for record in of_type.values():
            raw = raws[model, record.key]
            for loc, target, key in schema.referred(record):
                others = records[schema.BY_NAME[target]]
                if key not in others and loc[0] in raw.values:
                    yield _broken(key, target, list(others), raw.places.at(loc), schema.label(model, loc))


def _broken_settings(raw_site: RawRecord, wrong: Collection[str], records: _Records) -> Iterator[Problem]:
    for (name, *_), target in schema.references(Site):
        key = raw_site.values.get(str(name))
        others = records[schema.BY_NAME[target]]
        if key is not None and name not in wrong and key not in others:
            yield _broken(key, target, list(others), raw_site.places.at((name,)), schema.label(Site, (name,)))


def _leave_out_broken(records: _Records, raws: _Raws, *, only_drafts: bool = False) -> None:
    """Take out every record that refers to nothing, and then what refers to it, until all references hold.

    Drafts go first and without a word: they are on no page and may name what is not there yet. What is to be on the
    site and names such a draft refers to nothing.
    """
    broken = True
    while broken:
        broken = False
        for model, of_type in records.items():
            for key, record in list(of_type.items()):
                if only_drafts and record.status is not Status.DRAFT:
                    continue
                stated = (found for found in schema.referred(record) if found[0][0] in raws[model, key].values)
                if any(other not in records[schema.BY_NAME[target]] for _, target, other in stated):
                    del of_type[key]
                    broken = True


def _explained(problem: Problem, refused: Collection[tuple[str, str]], unread: Collection[str]) -> bool:
    """True when the record referred to is there but wrong itself, or may stand in a file that could not be read."""
    folder = problem.values["folder"]
    return folder in unread or (folder, problem.values["value"]) in refused


def _broken(key: str, target: str, known: list[str], at: Source, label: str) -> Problem:
    near = difflib.get_close_matches(key, known, n=3, cutoff=0.75)
    values = {
        "value": key,
        "label": label,
        "target": schema.BY_NAME[target].title,
        "folder": schema.BY_NAME[target].folder,
    }
    return Problem("E301", at, values | ({"near": "、".join(near)} if near else {}))


def _absent_public_fields(dataset: Dataset) -> Iterator[Problem]:
    for model in RECORD_TYPES:
        for name, public in schema.public_fields(model):
            label = schema.label(model, (name,))
            for record in dataset.records[model].values():
                is_owed = record.status is not Status.DRAFT and schema.owes(record, public)
                if is_owed and not schema.gives(record, name):
                    values = {"field": name, "label": label, "type": model.title, "value": record.key}
                    yield Problem("N201", dataset.source(record), values)
