"""What a preview adds to finished pages on their way to the browser: what is wrong with the data, and live reload.

The pages on disk stay what a build would publish, policy included.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from generator import messages, templating
from generator.problems import CheckFailed, Problem

#: So many problems are spelled out above a page.
_MOST = 10

#: The one page of a preview that has never seen right data.
NO_PAGES = """---
title: 还没有页面
---

# 还没有页面 {#top}

数据改好以后，这里就是网站的首页。
"""


@dataclass(frozen=True, slots=True)
class _Fault:
    """One thing that keeps pages from being made: where, what was found, what to type."""

    place: str
    found: str
    fix: str = ""


def block(error: Exception, said: Sequence[str], *, has_pages: bool) -> str:
    """What stands above every page while ``error`` does, as HTML; ``said`` is what MkDocs said of it."""
    if isinstance(error, CheckFailed):
        what = "数据有错误"
        faults = [_fault(problem) for problem in error.problems if problem.is_error]
    else:
        what = "页面生成不了"
        faults = [_Fault("", text) for text in said or (f"{type(error).__name__}: {error}",)]
    heading = f"{what}，{'下面是改之前的页面' if has_pages else '还没有页面'}"
    template = templating.environment().get_template("preview.html.j2")
    return template.render(heading=heading, faults=faults[:_MOST], more=max(0, len(faults) - _MOST))


def _fault(problem: Problem) -> _Fault:
    source = problem.source
    line = f" 第 {source.line} 行" if source.line else ""
    cell = f"，{source.cell} 格" if source.cell else ""
    header = f"（{messages.visible(source.header)}）" if source.header else ""
    found, fix = messages.explain(problem, "zh")
    return _Fault(f"{messages.visible(source.path)}{line}{cell}{header}", f"错误 {problem.code}：{found}", fix)


def middleware(app: WSGIApplication, above: Callable[[], str]) -> WSGIApplication:
    """``app`` with every HTML page as ``shown`` under what ``above`` says at that moment."""

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return lambda _: None

        body = app(environ, begin)
        status, headers = begun[-1]
        if dict(headers).get("Content-Type", "").startswith("text/html"):
            page = shown(b"".join(body), above())
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
            body = [page]
        start_response(status, headers)
        return body

    return respond


def shown(page: bytes, above: str) -> bytes:
    """A page with ``above`` at the top of its body, whose policy lets the script of live reload run and no other.

    MkDocs puts that script in last, inline, where our policy blocks it.
    """
    start, end = page.rfind(b"<script>"), page.rfind(b"</script>")
    if 0 <= start < end:
        digest = base64.b64encode(hashlib.sha256(page[start + len(b"<script>") : end]).digest())
        page = page.replace(b"script-src 'self'", b"script-src 'self' 'sha256-" + digest + b"'", 1)
    return re.sub(rb"<body\b[^>]*>", lambda body: body.group() + above.encode(), page, count=1)
