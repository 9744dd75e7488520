"""The data dictionary: what the fields of a type mean and how their values are written, from the models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import schema
from generator.kinds import Choice, Internal, Public, Ref, Written
from generator.records import Record
from generator.records.base import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field. ``anchor`` is where its row can be linked to, ``group`` where the fields inside it are listed."""

    name: str
    label: str
    about: str
    anchor: str
    #: What the rules ask of the field, in a word, and when.
    demand: str
    condition: str
    is_list: bool
    #: What the kind of value is called; empty for a choice and for a group.
    kind: str
    #: A value as it is written, where the kind has a form of its own and its name does not show it.
    example: str
    choices: tuple[Choice, ...]
    refers_to: type[Record] | None
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The fields inside one field, or the fields of the type itself where ``anchor`` is empty."""

    anchor: str
    label: str
    entries: tuple[Entry, ...]


def own_fields(model: type[Record]) -> tuple[str, ...]:
    """The fields that records of other types do not have."""
    return tuple(name for name in _ordered(model) if name not in Record.model_fields)


def entries(model: type[Record], *, common: bool) -> tuple[Entry, ...]:
    """The fields of every record, or those of the type alone."""
    own = own_fields(model)
    names = [name for name in _ordered(model) if (name not in own) is common]
    return tuple(_entry(model, (name,), model) for name in names)


def groups(model: type[Record]) -> tuple[Group, ...]:
    """The groups inside a type, groups inside groups included, in the order of the fields that hold them."""
    return tuple(_groups(model, (), model))


def _ordered(model: type[Part]) -> list[str]:
    """All fields, internal ones too: the dictionary says that they exist and are not public."""
    return sorted(model.model_fields, key=lambda name: issubclass(model, Record) and name in Record.model_fields)


def _groups(part: type[Part], above: tuple[str, ...], model: type[Record]) -> Iterator[Group]:
    for name in _ordered(part):
        inner, place = schema.shape(part, name).part, (*above, name)
        if inner:
            inside = tuple(_entry(inner, (*place, below), model) for below in inner.model_fields)
            yield Group(anchor=_anchor("group", place), label=schema.label(model, place), entries=inside)
            yield from _groups(inner, place, model)


def _entry(part: type[Part], place: tuple[str, ...], model: type[Record]) -> Entry:
    name = place[-1]
    info, field = part.model_fields[name], schema.shape(part, name)
    label, about = info.title or name, info.description or ""
    written = next((marker for marker in field.markers if isinstance(marker, Written)), None)
    target = next((marker.type_name for marker in field.markers if isinstance(marker, Ref)), None)
    demand, condition = _demand(part, name)
    return Entry(
        name=name,
        label=label,
        about="" if about == label else about,
        anchor=_anchor("field", place),
        demand=demand,
        condition=condition,
        is_list=field.is_list,
        kind=written.label if written else "",
        example=written.example if written and written.pattern and written.example not in written.label else "",
        choices=tuple(field.choice or ()),
        refers_to=schema.BY_NAME[target] if target else None,
        group=_anchor("group", place) if field.part else "",
    )


def _anchor(kind: str, place: tuple[str, ...]) -> str:
    return "-".join((kind, *place))


def _demand(part: type[Part], name: str) -> tuple[str, str]:
    if part.model_fields[name].is_required():
        return "必填", ""
    for marker in schema.shape(part, name).markers:
        if isinstance(marker, Internal):
            return "不公开", ""
        if isinstance(marker, Public):
            return "应公开", _condition(part, *marker.where) if marker.where else ""
    return "选填", ""


def _condition(part: type[Part], name: str, value: str) -> str:
    """``("item", "property_fee")`` -> ``收费项目为物业服务费时``."""
    choices = schema.shape(part, name).choice or ()
    shown = next((choice.label for choice in choices if choice.value == value), value)
    return f"{schema.label(part, (name,))}为{shown}时"
