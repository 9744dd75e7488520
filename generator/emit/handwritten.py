"""Hand-written pages, as far as generated ones speak of them: address, title, one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator import addresses
from generator.stories import FRONT

_HEADING = re.compile(r"^# +(.+?)(?: *\{[^}]*\})? *$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handwritten:
    """One page of ``content/``. ``description`` is empty where its author wrote none.

    ``keywords``: what people type when they mean it, from its front matter.
    """

    uri: str
    title: str
    description: str
    keywords: tuple[str, ...]


def handwritten(content: Mapping[str, bytes]) -> Iterator[Handwritten]:
    """Every Markdown file of ``content/``, by path; its title as MkDocs finds it: front matter, heading, file name."""
    for path, raw in sorted(content.items()):
        if not path.endswith(".md"):
            continue
        text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        front = _front(text)
        heading = _HEADING.search(text)
        title = front.get("title") or (heading[1] if heading else path.removesuffix(".md"))
        uri = addresses.published(path).removesuffix("index.html")
        keywords = front.get("keywords")
        yield Handwritten(
            uri=uri,
            title=str(title),
            description=str(front.get("description") or ""),
            keywords=tuple(map(str, keywords)) if isinstance(keywords, list) else (),
        )


def _front(text: str) -> dict[str, Any]:
    """The front matter, or nothing where MkDocs finds none either."""
    found = FRONT.match(text)
    try:
        front = yaml.load(found[1], yaml.BaseLoader) if found else None
    except yaml.YAMLError:
        return {}
    return front if isinstance(front, dict) else {}
