"""YAML text to raw records: every scalar a string with its line and column, every construct that hides data refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.dataset import RawRecord
from generator.problems import Problem, Source
from generator.records import Record
from generator.schema import Loc

SCALAR_LIMIT = 64 * 1024
DEPTH_LIMIT = 20


class _Stop(Exception):
    """The rest of a YAML file cannot be read."""


def _start(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, 1-based; libyaml counts characters."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class YamlDocument:
    """One YAML file, composed from its events: every scalar a string, every value and key placed.

    Aliases, anchors, merge keys, tags, directives, several documents and duplicate keys are refused
    here, before any object is shared or lost.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.value: Any = None
        self._value_at: dict[Loc, tuple[int, int]] = {}
        self._key_at: dict[Loc, tuple[int, int]] = {}
        self._events = yaml.parse(text, Loader=yaml.CBaseLoader)
        try:
            self._read_stream()
        except _Stop:
            self.value = None
        except yaml.YAMLError as error:
            self.value = None
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            self.problems.append(
                Problem("E109", Source(path, line, column), {"value": getattr(error, "problem", "") or ""})
            )

    def places(self, base: Loc) -> YamlPlaces:
        """The places of everything below ``base``."""
        return YamlPlaces(self.path, base, self._value_at, self._key_at)

    def _refuse(self, code: str, event: yaml.Event, **values: str) -> None:
        self.problems.append(Problem(code, Source(self.path, *_start(event)), values))

    def _read_stream(self) -> None:
        seen_document = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen_document or event.version or event.tags:
                    self._refuse("E114", event)
                    raise _Stop
                seen_document = True
                self.value = self._read_node(next(self._events), ())

    def _read_node(self, event: yaml.Event, loc: Loc) -> Any:
        depth = len(loc)
        if isinstance(event, yaml.AliasEvent):
            self._refuse("E111", event, value=f"*{event.anchor}")
            return None
        self._refuse_extras(event)
        if depth > DEPTH_LIMIT:
            self._refuse("E115", event, limit=str(DEPTH_LIMIT))
            raise _Stop
        self._value_at[loc] = _start(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._read_scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_sequence(loc)
        return self._read_mapping(loc)

    def _refuse_extras(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self._refuse("E111", event, value=f"&{anchor}")
        if tag:
            self._refuse("E113", event, value=str(tag))

    def _read_scalar(self, event: yaml.ScalarEvent) -> str | None:
        value: str = event.value
        if len(value) > SCALAR_LIMIT:
            self._refuse("E116", event, value=f"{len(value):,}", limit=f"{SCALAR_LIMIT:,}")
            return None
        is_plain = event.style in {None, ""}
        if is_plain and value.lower() in {"~", "null"}:
            self._refuse("E132", event, value=value)
            return None
        return None if is_plain and not value else value

    def _read_sequence(self, loc: Loc) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._read_node(event, (*loc, len(found))))
        return found

    def _read_mapping(self, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                self._refuse("E117", key)
                raise _Stop
            name: str = key.value
            line, column = _start(key)
            if name == "<<":
                self._refuse("E112", key, value=name)
            self._refuse_extras(key)
            if name in lines:
                self._refuse("E110", key, value=name, first=str(lines[name]))
            else:
                self._key_at[*loc, name] = (line, column)
            value = self._read_node(next(self._events), (*loc, name))
            if value is not None and name not in lines and name != "<<":
                found[name] = value
            lines.setdefault(name, line)
        return found


@dataclass(frozen=True, slots=True)
class YamlPlaces:
    """Places inside a YAML file, below one record."""

    path: str
    base: Loc
    values: Mapping[Loc, tuple[int, int]]
    keys: Mapping[Loc, tuple[int, int]]

    def at(self, loc: Loc) -> Source:
        """The place of a value, or of the nearest thing around it."""
        full = (*self.base, *loc)
        while full not in self.values and full:
            full = full[:-1]
        return Source(self.path, *self.values.get(full, (1, 1)))

    def key_at(self, loc: Loc) -> Source:
        """The place of a key."""
        found = self.keys.get((*self.base, *loc))
        return Source(self.path, *found) if found else self.at(loc)


def records(path: str, text: str, model: type[Record], problems: list[Problem]) -> list[RawRecord]:
    """The record or list of records in one file; what is wrong with the file is added to ``problems``."""
    document = YamlDocument(path, text)
    problems += document.problems
    value = document.value
    if value is None:
        if not document.problems:
            problems.append(Problem("E118", Source(path, 1, 1), {"type": model.title, "name": model.type_name}))
        return []
    entries = [((), value)] if not isinstance(value, list) else [((n,), item) for n, item in enumerate(value)]
    raws: list[RawRecord] = []
    for base, item in entries:
        if item is None and document.problems:  # refused above, with its own message
            continue
        if isinstance(item, dict):
            raws.append(RawRecord(model.folder, item, document.places(base)))
        else:
            values = {"type": model.title, "name": model.type_name}
            problems.append(Problem("E118", document.places(base).at(()), values))
    return raws
