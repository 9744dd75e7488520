"""JSON Schemas of the record types, for editors and for anyone who reuses the data."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from generator import addresses, schema
from generator.records import RECORD_TYPES


@cache
def emit() -> tuple[tuple[str, str], ...]:
    """``schemas/<type>.json``, one a record type: what its files under ``data/`` may hold. Made once a process."""
    return tuple((addresses.schema(model), text(schema.file_schema(model))) for model in RECORD_TYPES)


def text(of: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps(of, ensure_ascii=False, indent=1) + "\n"
