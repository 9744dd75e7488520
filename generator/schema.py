"""What derives from a record model: headers, columns, labels, references, public fields, JSON Schema."""

from __future__ import annotations

import re
import types
from collections import abc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from generator.kinds import Choice, Happened, Internal, Public, Ref, Written
from generator.records import RECORD_TYPES, Record, Site
from generator.records.base import Part

P = TypeVar("P", bound=Part)

#: A value's place inside a record: names, and 0-based positions in lists.
Loc = tuple[str | int, ...]

#: Separates the entries of a list of plain texts inside one table cell.
LIST_SEPARATOR = "；"
#: Characters that one cell of a workbook holds.
CELL_LIMIT = 32_767


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field holds: plain text, one of a closed list, a part, or a list of any of these."""

    part: type[Part] | None
    is_list: bool
    markers: tuple[Any, ...]
    choice: type[Choice] | None
    #: Values by name: ``scores.service_quality``; the pattern of the names.
    names: str = ""


@cache
def shape(model: type[Part], name: str) -> Shape:
    """The shape of one field, from its annotation."""
    info: FieldInfo = model.model_fields[name]
    return _unwrap(info.annotation, tuple(info.metadata))


def _unwrap(annotation: Any, markers: tuple[Any, ...]) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extra = get_args(annotation)
        return _unwrap(inner, (*markers, *extra))
    if origin in {Union, types.UnionType}:
        return _unwrap(next(arg for arg in get_args(annotation) if arg is not type(None)), markers)
    if origin is tuple:
        item = _unwrap(get_args(annotation)[0], markers)
        return Shape(item.part, True, item.markers, item.choice)
    if origin is abc.Mapping:
        name, value = get_args(annotation)
        named = next(marker.pattern for marker in get_args(name)[1:] if isinstance(marker, Written))
        return replace(_unwrap(value, markers), names=named)
    held = annotation if isinstance(annotation, type) else object
    return Shape(held if issubclass(held, Part) else None, False, markers, held if issubclass(held, Choice) else None)


@cache
def _marked(model: type[Part]) -> tuple[tuple[Loc, Any], ...]:
    """Every place under a marker, and the marker; 0 stands for any position."""
    found: list[tuple[Loc, Any]] = []
    for name in model.model_fields:
        field = shape(model, name)
        here: Loc = (name, 0) if field.is_list else (name,)
        found += ((here, marker) for marker in field.markers)
        if field.part is not None:
            found += (((*here, *inner), marker) for inner, marker in _marked(field.part))
    return tuple(found)


@cache
def references(model: type[Part]) -> tuple[tuple[Loc, str], ...]:
    """Every place that holds the key of another record: (place, type of the other); 0 stands for any position."""
    return tuple((place, marker.type_name) for place, marker in _marked(model) if isinstance(marker, Ref))


def referred(record: Part) -> Iterator[tuple[Loc, str, str]]:
    """Every reference a record makes: (its place, type of the other, key)."""
    for place, target in references(type(record)):
        for loc, key in _values(record, place):
            yield loc, target, str(key)


@cache
def _days_that_happened(model: type[Part]) -> tuple[Loc, ...]:
    return tuple(place for place, marker in _marked(model) if isinstance(marker, Happened))


def happened(record: Part) -> Iterator[tuple[Loc, date]]:
    """Every day on which a record says that something has happened, with its place."""
    for place in _days_that_happened(type(record)):
        yield from _values(record, place)


@cache
def _places(model: type[Part], wanted: type[Part]) -> tuple[Loc, ...]:
    """Every place that holds a part of one kind, kinds that derive from it included."""
    found: list[Loc] = []
    for name in model.model_fields:
        field = shape(model, name)
        if field.part is not None:
            here: Loc = (name, 0) if field.is_list else (name,)
            found += (here,) if issubclass(field.part, wanted) else ()
            found += ((*here, *inner) for inner in _places(field.part, wanted))
    return tuple(found)


def parts(record: Part, wanted: type[P]) -> Iterator[tuple[Loc, P]]:
    """Every part of one kind in a record, with its place."""
    for place in _places(type(record), wanted):
        yield from _values(record, place)


def _values(value: Any, place: Loc) -> Iterator[tuple[Loc, Any]]:
    """What stands at a place of ``references``, once for each entry of the lists on the way."""
    if value is None:
        return
    if not place:
        yield (), value
        return
    head, *rest = place
    steps = enumerate(value) if isinstance(head, int) else ((head, getattr(value, str(head))),)
    for step, inner in steps:
        yield from (((step, *loc), found) for loc, found in _values(inner, tuple(rest)))


def texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text in a record, a part or a list of them that anybody may have, with its place."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from texts(entry, (*loc, position))
    elif isinstance(value, Part):
        for name in open_fields(type(value)):
            yield from texts(getattr(value, name), (*loc, name))


@cache
def public_fields(model: type[Record]) -> tuple[tuple[str, Public], ...]:
    """The fields that the rules require to be public, in the order of the model."""
    return tuple(
        (name, marker)
        for name in model.model_fields
        for marker in shape(model, name).markers
        if isinstance(marker, Public)
    )


def is_internal(model: type[Part], name: str) -> bool:
    """Whether a field is for the office alone."""
    return any(isinstance(marker, Internal) for marker in shape(model, name).markers)


@cache
def open_fields(model: type[Part]) -> tuple[str, ...]:
    """The fields that anybody may have: the key first, then the type's own, then those of every record."""
    shown = (name for name in model.model_fields if not is_internal(model, name))
    return tuple(sorted(shown, key=lambda name: issubclass(model, Record) and name in Record.model_fields))


def owes(record: Record, public: Public) -> bool:
    """Whether the rule that requires a field applies to this record."""
    return public.where is None or getattr(record, public.where[0]) == public.where[1]


def gives(record: Record, name: str) -> bool:
    """Whether a record says something about a field; an ``as_of: unknown`` that is written out says something."""
    return name in record.model_fields_set and getattr(record, name) not in ((), {})


@cache
def label(model: type[Part], loc: Loc) -> str:
    """The Chinese label of a place, such as ``客服电话.1.号码``; the identifier where the model knows none."""
    if not loc:
        return ""
    head, *rest = loc
    if isinstance(head, int):
        return ".".join(filter(None, (str(head + 1), label(model, tuple(rest)))))
    if head not in model.model_fields:
        return str(head)
    name = model.model_fields[head].title or head
    field = shape(model, head)
    tail = ""
    if rest:
        tail = str(rest[0]) if field.names else label(field.part or model, tuple(rest))
    return ".".join(filter(None, (name, tail)))


@cache
def also(model: type[Part], name: str) -> tuple[str, ...]:
    """The headers under which spreadsheets carry a field: its label, its identifier, and its other names."""
    info = model.model_fields[name]
    extra = info.json_schema_extra
    others = extra.get("also") if isinstance(extra, dict) else None
    return (info.title or name, name, *(str(other) for other in (others if isinstance(others, list) else ())))


def resolve_header(model: type[Part], header: str) -> Loc | None:
    """The place a table header names, by identifiers or by labels: ``hotlines.1.number`` or ``客服电话.1.号码``.

    A bare ``客服电话`` is the first number; ``aliases`` is a whole list in one cell, ``aliases.1`` one entry of it.
    """
    found: list[str | int] = []
    part: type[Part] | None = model
    segments = iter(header.split("."))
    for segment in segments:
        if part is None:
            return None
        name = next((n for n, info in part.model_fields.items() if segment in {n, info.title}), None)
        if name is None:
            return None
        found.append(name)
        field = shape(part, name)
        number = next(segments, None) if field.is_list else None
        if number is None and field.is_list and field.part:
            number = "1" if field.part.main else ""
        if number is not None:
            if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 999:
                return None
            found.append(int(number) - 1)
        if field.names:
            name = next(segments, "")
            if not re.fullmatch(field.names, name, re.ASCII):
                return None
            found.append(name)
        part = field.part
    if part is not None and part.main:
        return (*found, part.main)
    return tuple(found) if part is None else None


def split_list(cell: str) -> list[str]:
    """The entries of a list that stands in one cell; a half-width semicolon separates like the full-width one."""
    return [part for part in re.split("[；;]", cell) if part]


def holds_list(model: type[Part], loc: Loc) -> bool:
    """Whether the cell of a place holds a whole list of plain texts."""
    *above, last = loc
    for name in above:
        if isinstance(name, str):
            field = shape(model, name)
            if field.names:
                return False
            model = field.part or model
    return isinstance(last, str) and shape(model, last).is_list


def dotted(loc: Loc) -> str:
    """A place as a table header writes it: ``hotlines.1.number``."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in loc)


def written(part: Part) -> dict[str, Any]:
    """What a record says, every value in its one written form, nested as in the model.

    What is absent is left out, groups of nothing and internal fields with it: so records leave the site.
    """
    said = ((name, _written(part, name)) for name in open_fields(type(part)) if says(part, name))
    return {name: value for name, value in said if value}


def says(part: Part, name: str) -> bool:
    """Whether a field holds something. An ``as_of`` that is None says something only where ``unknown`` was written."""
    value = getattr(part, name)
    return value not in ((), {}) and (value is not None or name in part.model_fields_set)


def _written(part: Part, name: str) -> Any:
    field, value = shape(type(part), name), getattr(part, name)
    if field.part:
        return list(filter(None, map(written, value))) if field.is_list else written(value)
    write = next((marker.write for marker in field.markers if isinstance(marker, Written)), str)
    if field.names:
        return {named: write(entry) for named, entry in value.items()}
    return [write(entry) for entry in value] if field.is_list else write(value)


def columns(model: type[Part], rows: Sequence[Mapping[str, Any]]) -> Iterator[Loc]:
    """The columns of a table that holds ``rows`` (as ``written``): every field, each list as long as its longest.

    A list of plain texts stands in one cell, unless the cell would read as another list: then an entry a column.
    """
    for name in open_fields(model):
        field = shape(model, name)
        values = [row[name] for row in rows if name in row]
        if field.part and field.is_list:
            for number in range(max([1, *map(len, values)])):
                below = columns(field.part, [value[number] for value in values if number < len(value)])
                yield from ((name, number, *loc) for loc in below)
        elif field.part:
            yield from ((name, *loc) for loc in columns(field.part, values))
        elif field.names:
            yield from ((name, named) for named in dict.fromkeys(named for value in values for named in value))
        elif field.is_list and not all(map(_fits_a_cell, values)):
            yield from ((name, number) for number in range(max(map(len, values))))
        else:
            yield (name,)


def _fits_a_cell(entries: Sequence[str]) -> bool:
    joined = LIST_SEPARATOR.join(entries)
    return split_list(joined) == list(entries) and len(joined) <= CELL_LIMIT


def cell(row: Mapping[str, Any], loc: Loc) -> str:
    """The text of one cell of such a table; empty where the row says nothing."""
    value: Any = row
    for step in loc:
        try:
            value = value[step]
        except (KeyError, IndexError):
            return ""
    return LIST_SEPARATOR.join(value) if isinstance(value, list) else str(value)


#: Stands in a list of headers for a name that the data chooses.
_NAMED = "name"


def headers(model: type[Part]) -> Iterator[str]:
    """Every header a table of this type may have, lists shown with their first entry."""
    for name in model.model_fields:
        field = shape(model, name)
        prefix = f"{name}.1" if field.is_list and field.part else name
        if field.names:
            yield f"{name}.{_NAMED}"
        elif field.part is None:
            yield prefix
        else:
            yield from (f"{prefix}.{inner}" for inner in headers(field.part))


#: What an editor reads where nothing is written. Not ``"type": "null"``: editors would offer ``null``, which we refuse.
_EMPTY = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}


class _Fields(GenerateJsonSchema):
    """A field that may be absent may also be left empty (``note:``)."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        default = found.pop("default", None)
        given = [one for one in found.pop("anyOf", [found]) if one != {"type": "null"}]
        return {"anyOf": [*given, _EMPTY], **({"default": default} if default else {})}


def json_schema(model: type[Record] | type[Site]) -> dict[str, Any]:
    """JSON Schema of one record, or of the site's settings; titles and descriptions in Chinese.

    It speaks of YAML as an editor reads it: ``1286``, ``0551`` and ``true`` may stand unquoted, we take them as text.
    """
    found = model.model_json_schema(schema_generator=_Fields)
    for part in (found, *found.get("$defs", {}).values()):
        for name in ("title", "description"):  # names of classes and docstrings: for developers
            part.pop(name, None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": model.title, **found}


def file_schema(model: type[Record]) -> dict[str, Any]:
    """JSON Schema of a data file: one record, or a list of them."""
    record = json_schema(model)
    outside = {"$schema": record.pop("$schema"), "title": model.title}
    parts = record.pop("$defs", {})
    one = {"$ref": "#/$defs/record"}
    return {**outside, "$defs": {**parts, "record": record}, "anyOf": [one, {"type": "array", "items": one}]}


#: Folder under ``data/`` -> record type.
BY_FOLDER: dict[str, type[Record]] = {model.folder: model for model in RECORD_TYPES}
#: Singular identifier -> record type.
BY_NAME: dict[str, type[Record]] = {model.type_name: model for model in RECORD_TYPES}
