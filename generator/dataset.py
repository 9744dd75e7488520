"""Raw records in, checked records and problems out. Nothing here touches a disk."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from generator import schema
from generator.problems import Problem, Source
from generator.records import RECORD_TYPES, Record, Site
from generator.records.base import Part
from generator.schema import Loc

R = TypeVar("R", bound=Record)


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
    """Every record by type and key, in order of key; references hold."""

    site: Site
    records: Mapping[type[Record], Mapping[str, Record]]
    places: Mapping[tuple[type[Record], str], Places]

    def of(self, model: type[R]) -> Mapping[str, R]:
        """All records of one type by key."""
        return self.records[model]  # type: ignore[return-value]

    def source(self, record: Record) -> Source:
        """The file and line a record starts at."""
        return self.places[type(record), record.key].at(())

    def place(self, record: Record, *loc: str | int) -> Source:
        """The place of one value of a record."""
        return self.places[type(record), record.key].at(loc)


#: Values of ``data/site.yml`` that a record takes when it says nothing itself.
_DEFAULTS = ("publisher", "content_source", "as_of")


def build(
    raws: Iterable[RawRecord], raw_site: RawRecord, unread: Collection[str] = ()
) -> tuple[Dataset | None, list[Problem]]:
    """Type every raw record and tie the references. No dataset when there is an error.

    ``unread`` names the folders in which some file could not be read: what it may hold is not called missing.
    """
    site, problems = _validate(Site, raw_site.values, raw_site.places)
    defaults = {name: raw_site.values[name] for name in _DEFAULTS if name in raw_site.values}
    records: dict[type[Record], dict[str, Record]] = {model: {} for model in RECORD_TYPES}
    places: dict[tuple[type[Record], str], Places] = {}
    refused: set[tuple[str, str]] = set()
    for raw in raws:
        model = schema.BY_FOLDER[raw.folder]
        record, found = _validate(model, {**defaults, **raw.values}, raw.places)
        problems += found
        if record is None:
            refused.add((raw.folder, str(raw.values.get("code" if "code" in model.model_fields else "id"))))
            continue
        if record.key in records[model]:
            first = places[model, record.key].at(())
            at = raw.places.at(("code" if "code" in model.model_fields else "id",))
            problems.append(Problem("E302", at, {"value": record.key, "first": f"{first.path}:{first.line}"}))
            continue
        records[model][record.key] = record
        places[model, record.key] = raw.places
    if site is None:
        return None, problems
    ordered = {model: dict(sorted(found.items())) for model, found in records.items()}
    dataset = Dataset(site=site, records=ordered, places=places)
    problems += (p for p in _broken_references(dataset, raw_site) if not _explained(p, refused, unread))
    problems += _absent_public_fields(dataset)
    return (None if any(problem.is_error for problem in problems) else dataset), problems


def settings(raw_site: RawRecord) -> Site | None:
    """The site's settings alone, or None when they do not hold."""
    return _validate(Site, raw_site.values, raw_site.places)[0]


P = TypeVar("P", bound=Part)


def _validate(model: type[P], values: Mapping[str, Any], places: Places) -> tuple[P | None, list[Problem]]:
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, [_problem(model, dict(item), places) for item in error.errors(include_url=False)]


#: pydantic's own error types -> our codes. Everything else is raised by a kind under its code.
_CODES = {
    "missing": "E201",
    "extra_forbidden": "E202",
    "tuple_type": "E203",
    "model_type": "E206",
}


def _problem(model: type[Part], error: Mapping[str, Any], places: Places) -> Problem:
    loc: Loc = error["loc"]
    kind: str = error["type"]
    code = _CODES.get(kind, kind)
    values = {name: str(value) for name, value in error.get("ctx", {}).items() if name != "class_name"}
    values.setdefault("value", _shown(error["input"]) if code != "E201" else "")
    values |= {
        "field": ".".join(str(p + 1) if isinstance(p, int) else p for p in loc),
        "label": schema.label(model, loc),
    }
    if code == "E202":
        near = difflib.get_close_matches(str(loc[-1]), _known_names(model, loc), n=1, cutoff=0.5)
        values |= {"value": str(loc[-1]), **({"near": near[0]} if near else {})}
    return Problem(code, places.key_at(loc) if code == "E202" else places.at(loc), values)


def _known_names(model: type[Part], loc: Loc) -> list[str]:
    for step in loc[:-1]:
        if isinstance(step, str) and (part := schema.shape(model, step).part):
            model = part
    return list(model.model_fields)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else "一组字段" if isinstance(value, Mapping) else "列表"


def _broken_references(dataset: Dataset, raw_site: RawRecord) -> Iterator[Problem]:
    known = {model.type_name: list(dataset.records[model]) for model in RECORD_TYPES}
    for model in RECORD_TYPES:
        for name, target in schema.references(model):
            others = dataset.records[schema.BY_NAME[target]]
            for record in dataset.records[model].values():
                key = getattr(record, name)
                if key is not None and key not in others:
                    yield _broken(key, target, known[target], dataset.place(record, name), schema.label(model, (name,)))
    for name, target in (("region", "region"), ("publisher", "organization")):
        key = getattr(dataset.site, name)
        if key is not None and key not in known[target]:
            yield _broken(key, target, known[target], raw_site.places.at((name,)), schema.label(Site, (name,)))


def _explained(problem: Problem, refused: Collection[tuple[str, str]], unread: Collection[str]) -> bool:
    """True when the record referred to is there but wrong itself, or may stand in a file that could not be read."""
    folder = problem.values["folder"]
    return folder in unread or (folder, problem.values["value"]) in refused


def _broken(key: str, target: str, known: list[str], at: Source, label: str) -> Problem:
    near = difflib.get_close_matches(key, known, n=3, cutoff=0.6)
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
                if schema.owes(record, public) and not schema.gives(record, name):
                    values = {"field": name, "label": label, "type": model.title, "value": record.key}
                    yield Problem("N201", dataset.source(record), values)
