"""What the public is owed and what is there, counted from the models' public fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator import schema
from generator.kinds import Public
from generator.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """How many records of one type give one public field."""

    label: str
    provided: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeQuality:
    """The public fields of one record type in one district."""

    title: str
    total: int
    fields: tuple[Provided, ...]


def count(records: Sequence[tuple[type[Record], Iterable[Record]]]) -> tuple[TypeQuality, ...]:
    """One entry a type, fields in the order of the model."""
    found = []
    for model, of_type in records:
        group = tuple(of_type)
        fields = tuple(_provided(model, group, name, public) for name, public in schema.public_fields(model))
        found.append(TypeQuality(title=model.title, total=len(group), fields=fields))
    return tuple(found)


def _provided(model: type[Record], group: Sequence[Record], name: str, public: Public) -> Provided:
    owing = [record for record in group if schema.owes(record, public)]
    provided = sum(schema.gives(record, name) and getattr(record, name) is not None for record in owing)
    return Provided(label=schema.label(model, (name,)), provided=provided, total=len(owing))
