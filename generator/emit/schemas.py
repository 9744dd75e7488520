"""JSON Schemas of the record types, for editors and for anyone who reuses the data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator import addresses, schema
from generator.records import RECORD_TYPES


def emit() -> Iterator[tuple[str, str]]:
    """``schemas/<type>.json``, one a record type: what its files under ``data/`` may hold."""
    for model in RECORD_TYPES:
        yield addresses.schema(model), text(schema.file_schema(model))


def text(of: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps(of, ensure_ascii=False, indent=1) + "\n"
