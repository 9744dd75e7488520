"""Where hand-written pages lead: every link and picture leads somewhere, and nothing is fetched from elsewhere.

Pages are turned into HTML by the parser that MkDocs uses, and looked at as a browser sees them. Links of Markdown start
from the file, as in MkDocs; those of raw HTML start from the page's address, as in a browser.
"""

from __future__ import annotations

import difflib
import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator import addresses, markup
from generator.problems import Problem, Source
from generator.stories import FRONT

#: Those of MkDocs and of ``mkdocs.yml`` that change what is a link. What others add is left to the gates.
_EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "md_in_html")
#: On an element that comes from Markdown and not from raw HTML.
_WRITTEN = "data-written"
#: What the theme and MkDocs bring along.
_BROUGHT = re.compile(r"assets/|404\.html$|sitemap\.xml")
#: What only people put into ``content/``; everything else may come from the data.
_PUT_THERE = re.compile(rf"^{addresses.STORIES}|\.(?:png|jpe?g|gif|webp|svg|pdf)$")
_TOPS = frozenset(uri.partition("/")[0] for uri in addresses.COLUMNS if uri) | {"schemas", "search"}
#: So many anchors are named where one is missing.
_MOST_ANCHORS = 8
#: So many pages are remembered between two looks at them, as in a preview.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Link:
    """One link or picture: what it leads to as written, where, and whether it is raw HTML."""

    target: str
    source: Source
    is_raw: bool
    #: The files of the tree any of which would be there.
    files: tuple[str, ...]

    @property
    def fragment(self) -> str:
        """The anchor that is linked to, or nothing."""
        return unquote(urlsplit(self.target).fragment)

    @property
    def is_brought(self) -> bool:
        """Whether the theme or MkDocs brings it along."""
        return bool(_BROUGHT.match(self.files[0]))


@dataclass(frozen=True, slots=True)
class Page:
    """One hand-written page. ``anchors``: what can be linked to in it; None where it cannot be read."""

    links: tuple[Link, ...]
    anchors: frozenset[str] | None
    problems: tuple[Problem, ...]


def check(content: Mapping[str, bytes]) -> Iterator[Problem]:
    """What is wrong whatever the data: fetched from elsewhere, forbidden, or leading where nothing can be."""
    for _, page in _pages(content):
        yield from page.problems
    yield from _astray(content, _always(content), is_whole=False)


def is_certain(content: Mapping[str, bytes]) -> bool:
    """Whether ``check`` has seen all: no hand-written page leads into the data."""
    known = _always(content)
    return all(
        any(file in known for file in link.files) and not (link.fragment and _may_hold(link.files[0], content))
        for _, page in _pages(content)
        for link in page.links
    )


def pointed_into(content: Mapping[str, bytes]) -> frozenset[str]:
    """Files of which a hand-written page names an anchor; some of them may not exist."""
    return frozenset(file for _, page in _pages(content) for link in page.links if link.fragment for file in link.files)


def missing(content: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Links that lead to none of ``files``, or to an anchor that is not there.

    ``files``: the whole tree; of generated pages only those that are ``pointed_into`` have to hold their text.
    """
    return _astray(content, files, is_whole=True)


def _astray(content: Mapping[str, bytes], files: Mapping[str, bytes], *, is_whole: bool) -> Iterator[Problem]:
    for path, page in _pages(content):
        for link in page.links:
            found = next((file for file in link.files if file in files), None)
            if found is None:
                problem = _nowhere(path, link, files)
                is_open = not is_whole and _may_be_made(link.files[0]) and "fix" not in problem.values
                if not (link.is_brought or is_open):
                    yield problem
            elif link.fragment and found.endswith(".md") and (is_whole or not _may_hold(found, content)):
                anchors = _anchors(found, files[found], found in content)
                if anchors is not None and link.fragment not in anchors:
                    yield _no_anchor(link, anchors)


def _always(content: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """What is there whatever the data, without its text where that comes from the data."""
    return {addresses.page_file(uri): b"" for uri in addresses.COLUMNS} | dict(content)


def _may_hold(path: str, content: Collection[str]) -> bool:
    """Whether the data adds anchors to a page: to all that is generated, and to stories at their end."""
    return path not in content or path.startswith(addresses.STORIES)


def _may_be_made(path: str) -> bool:
    """Whether a file may come from the data."""
    return path.partition("/")[0] in _TOPS and not _PUT_THERE.search(path)


def _pages(content: Mapping[str, bytes]) -> Iterator[tuple[str, Page]]:
    return ((path, _page(path, raw)) for path, raw in content.items() if path.endswith(".md"))


def _files(path: str, target: str, *, is_raw: bool) -> tuple[str, ...]:
    """The files of the tree any of which would be where a link leads."""
    parts = urlsplit(target)
    if not parts.path:
        return (path,)
    if not is_raw and not parts.path.startswith("/"):
        return (_beside(path, parts.path),)
    here = f"https://site/{addresses.published(path)}"
    return _behind(unquote(urlsplit(urljoin(here, target)).path).removeprefix("/"))


def _beside(path: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))


def _behind(address: str) -> tuple[str, ...]:
    """The files that may be behind an address."""
    if address.endswith("/") or not address:
        return (f"{address}index.md", *([f"{address[:-1]}.md"] if address else []), f"{address}index.html")
    stem = address.removesuffix("index.html")
    return (address, *(_behind(stem)[:2] if stem != address else ()))


def _nowhere(path: str, link: Link, known: Collection[str]) -> Problem:
    values = {"value": link.target}
    if better := _better(path, link, known):
        values["fix"] = better
    elif near := _near(link.files, known):
        values["near"] = _as_written(path, link, near)
    return Problem("E136", link.source, values)


def _near(files: Collection[str], known: Iterable[str]) -> str | None:
    """A file in the same folder whose name is much the same."""
    for file in files:
        folder, name = posixpath.split(file)
        beside = {posixpath.basename(one): one for one in sorted(known) if posixpath.dirname(one) == folder}
        if near := difflib.get_close_matches(name, beside, n=1, cutoff=0.75):
            return beside[near[0]]
    return None


def _better(path: str, link: Link, known: Collection[str]) -> str | None:
    """The same thing in the way it is found: Markdown names files, raw HTML addresses."""
    target = urlsplit(link.target).path
    meant = (
        (_beside(path, target),)
        if link.is_raw
        else (
            *_behind(_beside(path, target).removesuffix(".html") + "/"),
            *_behind(posixpath.normpath(posixpath.join(addresses.published(path), "..", unquote(target))) + "/"),
        )
    )
    found = next((file for file in meant if file in known), None)
    return _as_written(path, link, found) if found else None


def _as_written(path: str, link: Link, file: str) -> str:
    """``file`` as this link has to name it."""
    if link.is_raw or link.target.startswith("/"):
        address = addresses.published(file).removesuffix("index.html")
        here = posixpath.dirname(addresses.published(path))
        near = posixpath.relpath(address or ".", here or ".") + ("/" if address.endswith("/") else "")
        written = near if link.is_raw and not link.target.startswith("/") else f"/{address}"
    else:
        written = posixpath.relpath(file, posixpath.dirname(path) or ".")
    return f"{written}#{link.fragment}" if link.fragment else written


def _no_anchor(link: Link, anchors: Collection[str]) -> Problem:
    near = difflib.get_close_matches(link.fragment, sorted(anchors), n=1, cutoff=0.75)
    return Problem(
        "E137",
        link.source,
        {
            "value": link.target,
            "options": "、".join(sorted(anchors)[:_MOST_ANCHORS]) or "没有",
            **({"near": f"#{near[0]}"} if near else {}),
        },
    )


#: Anchors in a generated page: of headings in Markdown, of elements in HTML.
_ANCHOR = re.compile(r"\{#([^\s}]+)|\bid=\"([^\"]+)\"")


def _anchors(path: str, raw: bytes, is_written: bool) -> frozenset[str] | None:
    """What can be linked to in a page; None where the page cannot be read."""
    if is_written:
        return _page(path, raw).anchors
    return frozenset(found[1] or found[2] for found in _ANCHOR.finditer(raw.decode()))


@lru_cache(maxsize=_REMEMBERED)
def _page(path: str, raw: bytes) -> Page:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:  # E135 says so
        return Page((), None, ())
    front = FRONT.match(text)
    start = front.end() if front else 0
    tree = LexborHTMLParser(_as_html(text[start:]))
    finder = _Finder(f"content/{path}", text, start)
    links: list[Link] = []
    anchors: set[str] = set()
    problems: list[Problem] = []
    for node in tree.root.traverse() if tree.root else ():
        anchors |= {node.attributes.get("id") or ""}
        for found in _worst(tuple(markup.unwanted(node))):
            source = finder.value(found.value) if found.value else finder.name(found.attribute or found.tag)
            value = found.value if found.reaches_out else found.shown
            problems.append(Problem("E138" if found.reaches_out else "E139", source, {"value": value}))
        for target in _targets(node):
            is_raw = _WRITTEN not in node.attributes
            links.append(Link(target, finder.value(target), is_raw, _files(path, target, is_raw=is_raw)))
    return Page(tuple(links), frozenset(anchors - {""}), tuple(problems))


def _worst(found: tuple[markup.Unwanted, ...]) -> tuple[markup.Unwanted, ...]:
    """One problem an element: what it fetches from elsewhere, else each thing that may not be there."""
    return tuple(one for one in found if one.reaches_out)[:1] or found


def _as_html(text: str) -> str:
    reader = Markdown(extensions=list(_EXTENSIONS))
    reader.treeprocessors.register(_Marks(), "gongshi", -1)
    return str(reader.convert(text))


class _Marks:
    """Marks what comes from Markdown, as MkDocs finds it there."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name and AMP_SUBSTITUTE not in element.get(name, ""):
                element.set(_WRITTEN, "")


def _targets(node: LexborNode) -> Iterator[str]:
    """The addresses inside the site that an element leads to or loads."""
    for name in markup.ADDRESSES:
        value = node.attributes.get(name) or ""
        for one in (part.split()[0] for part in value.split(",") if part.split()) if name == "srcset" else (value,):
            if one and markup.split(one) == ("", ""):
                yield one


class _Finder:
    """Where in the source the parser found something. Looks on from the last place, since pages are read in order."""

    def __init__(self, path: str, text: str, start: int) -> None:
        self._path, self._text, self._start, self._here = path, text, start, start

    def value(self, value: str) -> Source:
        """The place of an address."""
        forms = "|".join(dict.fromkeys(map(re.escape, (value, html.escape(value), value.strip()))))
        return self._find(rf"(?<![^\s(<\"'=:])(?:{forms})(?![^\s)>\"',])", forms)

    def name(self, name: str) -> Source:
        """The place of an element or an attribute."""
        return self._find(rf"(?i)(?<![\w-]){re.escape(name)}(?![\w-])")

    def _find(self, *patterns: str) -> Source:
        for pattern in patterns:
            for start in (self._here, self._start):
                if found := re.compile(pattern).search(self._text, start):
                    self._here = max(self._here, found.end())
                    return self._at(found.start())
        return Source(self._path)

    def _at(self, index: int) -> Source:
        return Source(self._path, self._text.count("\n", 0, index) + 1, index - self._text.rfind("\n", 0, index))
