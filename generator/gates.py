"""The last look at finished pages, whatever made them: what must never be in them, and what must.

Pages are parsed as a browser parses them, so that this wall does not lean on the ones before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Elements no page has a reason for.
_FORBIDDEN = frozenset({"iframe", "object", "embed", "base", "applet", "style", "frame", "frameset"})
#: Attributes that make the browser fetch or go somewhere.
_ADDRESSES = ("src", "href", "action", "data", "poster", "srcset", "formaction")
#: What our templates write into the article of a page.
_CONTENT = ".head, .sec, .quiet"
_ANYWHERE = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page links to and can be linked at."""

    path: str
    ids: frozenset[str]
    links: tuple[str, ...]


def check(pages: Iterable[tuple[str, bytes]], files: frozenset[str], expected: Iterable[str]) -> Iterator[str]:
    """One line a finding. ``pages``: (path, HTML); ``files``: every path; ``expected``: pages that must be."""
    seen: dict[str, Seen] = {}
    for path, raw in pages:
        tree = LexborHTMLParser(raw)
        yield from _page(path, tree)
        seen[path] = _seen(path, tree)
    for path in expected:
        if path not in seen:
            yield f"{path}: the page is missing"
    for page in seen.values():
        for link in page.links:
            if finding := _broken(link, page, seen, files):
                yield f"{page.path}: {finding}"


def _page(path: str, tree: LexborHTMLParser) -> Iterator[str]:
    root = tree.root
    if root is None or root.attributes.get("lang") != "zh-CN":
        yield f"{path}: <html> is not lang=zh-CN"
        return
    for selector, wanted in (("title", 1), ("h1", 1), ('meta[http-equiv="Content-Security-Policy"]', 1)):
        found = len(tree.css(selector))
        if found != wanted:
            yield f"{path}: {found} × {selector}, expected {wanted}"
    if len(tree.css(_CONTENT)) != len(tree.css(", ".join(f"article {part}" for part in _CONTENT.split(", ")))):
        yield f"{path}: content stands outside the article: some element was closed too early"
    marks = Counter(node.attributes.get("id") for node in tree.css("[id]"))
    yield from (f"{path}: the anchor {mark} stands twice" for mark, number in marks.items() if number > 1)
    for node in root.traverse():
        yield from (f"{path}: {finding}" for finding in _element(node))


def _element(node: LexborNode) -> Iterator[str]:
    tag = node.tag or ""
    if tag in _FORBIDDEN:
        yield f"<{tag}> is not allowed"
    attributes = node.attributes
    if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json":
        yield "an inline script"
    if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
        yield "a page that moves by itself"
    for name, value in attributes.items():
        if name.startswith("on") or name in {"style", "srcdoc"}:
            yield f'<{tag} {name}="…">'
        elif name in _ADDRESSES and (finding := _address(tag, name, value or "", attributes.get("rel") or "")):
            yield finding


def _address(tag: str, name: str, value: str, rel: str) -> str | None:
    scheme, host = _split(value)
    if scheme is None:
        return f'<{tag} {name}="{value[:60]}"> is no address'
    if not scheme and not host:
        return None
    if tag == "a" and name == "href" and scheme in _ANYWHERE:
        return None
    if tag == "link" and rel in {"canonical", "prev", "next"} and scheme == "https":  # a name, not a request
        return None
    return f'<{tag} {name}="{value[:60]}"> leaves the site'


def _split(value: str) -> tuple[str | None, str]:
    try:
        parts = urlsplit("".join(value.split()))
    except ValueError:
        return None, ""
    return parts.scheme.lower(), parts.netloc


def _seen(path: str, tree: LexborHTMLParser) -> Seen:
    ids = frozenset(node.attributes.get("id") or "" for node in tree.css("[id]"))
    links = [node.attributes.get(name) or "" for name in ("href", "src") for node in tree.css(f"[{name}]")]
    return Seen(path, ids, tuple(dict.fromkeys(links)))


def _broken(link: str, page: Seen, seen: dict[str, Seen], files: frozenset[str]) -> str | None:
    scheme, host = _split(link)
    if scheme or host or not link:
        return None
    target = urlsplit(urljoin(f"https://site/{page.path}", link))
    path = unquote(target.path.removeprefix("/"))
    if not path or path.endswith("/"):
        path += "index.html"
    if path not in files:
        return f"broken link {link}"
    fragment = unquote(target.fragment)
    if fragment and path in seen and fragment not in seen[path].ids:
        return f"broken anchor {link}"
    return None
