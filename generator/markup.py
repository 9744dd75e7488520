"""What no page of the site may have in it, as a browser sees it: judged element by element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

#: Elements no page has a reason for.
_FORBIDDEN = frozenset({"iframe", "object", "embed", "base", "applet", "style", "frame", "frameset"})
#: Attributes that make the browser fetch or go somewhere.
ADDRESSES = ("src", "href", "action", "data", "poster", "srcset", "formaction")
_ANYWHERE = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Unwanted:
    """One thing that may not be there. ``attribute`` is empty where it is the element itself."""

    tag: str
    attribute: str = ""
    #: Of an attribute that holds an address.
    value: str = ""
    #: The browser would fetch from another site, or send there, without anybody's asking for it.
    reaches_out: bool = False

    @property
    def shown(self) -> str:
        """As it would be written."""
        value = f"{self.value[:59]}…" if len(self.value) > 60 else self.value
        return f'<{self.tag} {self.attribute}="{value or "…"}">' if self.attribute else f"<{self.tag}>"


def unwanted(node: LexborNode) -> Iterator[Unwanted]:
    """What may not be there in one element."""
    tag, attributes = node.tag or "", node.attributes
    if tag in _FORBIDDEN:
        yield Unwanted(tag)
    if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json":
        yield Unwanted(tag)
    if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
        yield Unwanted(tag, "http-equiv", "refresh")
    for name, value in attributes.items():
        if name.startswith("on") or name in {"style", "srcdoc"}:
            yield Unwanted(tag, name)
        elif name in ADDRESSES:
            yield from _address(tag, name, value or "", attributes.get("rel") or "")


def _address(tag: str, name: str, value: str, rel: str) -> Iterator[Unwanted]:
    scheme, host = split(value)
    if scheme == host == "":
        return
    goes = tag == "a" and name == "href"
    if goes and scheme in _ANYWHERE:
        return
    if tag == "link" and rel in {"canonical", "prev", "next"} and scheme == "https":  # a name, not a request
        return
    yield Unwanted(tag, name, value, reaches_out=not goes and scheme in {"", "http", "https"})


def split(value: str) -> tuple[str | None, str]:
    """Scheme and host of an address, as a browser reads it; no scheme at all where it is no address."""
    try:
        parts = urlsplit("".join(value.split()))
    except ValueError:
        return None, ""
    return parts.scheme.lower(), parts.netloc
