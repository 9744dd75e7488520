"""The last look at finished pages, whatever made them: what must never be in them, and what must.

Pages are parsed as a browser parses them, so that this wall does not lean on the ones before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator import markup

#: What our templates write into the article of a page.
_CONTENT = ".head, .sec, .quiet"
#: What every page has one of, and what a reader of the finding calls it.
_ELEMENTS = {
    "title": "网页标题 <title> ",
    "h1": "一级标题（# 开头的一行）",
    'meta[http-equiv="Content-Security-Policy"]': "安全策略 <meta> ",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page links to and can be linked at."""

    path: str
    ids: frozenset[str]
    links: tuple[str, ...]


def check(pages: Iterable[tuple[str, bytes]], files: frozenset[str], expected: Mapping[str, str]) -> Iterator[str]:
    """One line a finding, in Chinese. ``pages``: (path, HTML); ``files``: every path.

    ``expected``: pages that must be, with the file each is made from: that is the one to put right.
    """
    seen: dict[str, Seen] = {}
    for path, raw in pages:
        tree = LexborHTMLParser(raw)
        yield from _page(_at(path, expected), tree)
        seen[path] = _seen(path, tree)
    for path in expected:
        if path not in seen:
            yield f"{_at(path, expected)}没有生成这一页"
    for page in seen.values():
        for link in page.links:
            if finding := _broken(link, page, seen, files):
                yield f"{_at(page.path, expected)}{finding}"


def _at(path: str, expected: Mapping[str, str]) -> str:
    return f"{expected[path]}（网页 {path}）：" if path in expected else f"网页 {path}："


def _page(at: str, tree: LexborHTMLParser) -> Iterator[str]:
    root = tree.root
    if root is None or root.attributes.get("lang") != "zh-CN":
        yield f"{at}<html> 没有写 lang=zh-CN"
        return
    for selector in _ELEMENTS:
        found = len(tree.css(selector))
        if found != 1:
            yield f"{at}{_ELEMENTS[selector]}有 {found} 个，应当有 1 个"
    if len(tree.css(_CONTENT)) != len(tree.css(", ".join(f"article {part}" for part in _CONTENT.split(", ")))):
        yield f"{at}内容跑到了正文外面：有一个 HTML 标签关早了"
    marks = Counter(node.attributes.get("id") for node in tree.css("[id]"))
    yield from (f"{at}小标题编号 #{mark} 用了两次" for mark, number in marks.items() if number > 1)
    for node in root.traverse():
        yield from (f"{at}不能有 {found.shown}" for found in markup.unwanted(node))


def _seen(path: str, tree: LexborHTMLParser) -> Seen:
    ids = frozenset(node.attributes.get("id") or "" for node in tree.css("[id]"))
    links = [node.attributes.get(name) or "" for name in ("href", "src") for node in tree.css(f"[{name}]")]
    return Seen(path, ids, tuple(dict.fromkeys(links)))


def _broken(link: str, page: Seen, seen: dict[str, Seen], files: frozenset[str]) -> str | None:
    scheme, host = markup.split(link)
    if scheme != "" or host or not link:
        return None
    target = urlsplit(urljoin(f"https://site/{page.path}", link))
    path = unquote(target.path.removeprefix("/"))
    if not path or path.endswith("/"):
        path += "index.html"
    if path not in files:
        return f"链接 {link} 指向的页面或文件不存在"
    fragment = unquote(target.fragment)
    if fragment and path in seen and fragment not in seen[path].ids:
        return f"链接 {link} 指向的小标题不存在"
    return None
