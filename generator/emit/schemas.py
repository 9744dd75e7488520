"""JSON Schemas of the record types, for editors and for anyone who reuses the data."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator import addresses, schema
from generator.records import RECORD_TYPES


def emit() -> Iterator[tuple[str, str]]:
    """``schemas/<type>.json``, one a record type."""
    for model in RECORD_TYPES:
        yield (
            addresses.schema(model),
            json.dumps(schema.json_schema(model), ensure_ascii=False, indent=1) + "\n",
        )
