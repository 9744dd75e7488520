"""The MkDocs plugin: triggers and guards, nothing else.

``mkdocs build`` and ``mkdocs serve`` work from a clean clone: the Markdown tree is rendered before MkDocs cleans
anything, and ``docs_dir`` is pointed at it. When ``docs_dir`` already is that tree, somebody else rendered it.
"""

from __future__ import annotations

import contextlib
import html
import logging
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from jinja2 import Environment, TemplateSyntaxError
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator import addresses, build, engine, preview, reporting, templating, writing
from generator.problems import CheckFailed
from generator.records import Site

log = engine.PLUGIN_LOG

THEME = Path(__file__).parent / "theme"
PACKAGE = Path(__file__).parent
#: Where an address to be cited wants the site's host.
_HOST = "<span data-host></span>"


class GongshiConfig(Config):  # type: ignore[no-untyped-call]  # mkdocs leaves this hook untyped
    """Options under ``plugins: - gongshi``."""

    #: The day the site speaks of, YYYY-MM-DD; empty: GONGSHI_AS_OF, else today in Asia/Shanghai.
    as_of = c.Type(str, default="")


class GongshiPlugin(BasePlugin[GongshiConfig]):  # type: ignore[no-untyped-call]  # the same
    """Attach the generated tree and the theme; keep the last good pages while data is wrong under ``serve``."""

    def __init__(self) -> None:
        self._root = Path()
        self._renders = False
        self._serving = False
        self._dirty = False
        #: The running preview; None before its first pages are there.
        self._server: LiveReloadServer | None = None
        #: What stands above every page of a preview while something is wrong.
        self._above = ""
        self._refused: CheckFailed | None = None
        #: Where a rebuild of a preview stands until it is whole.
        self._site_dir: Path | None = None
        self._has_pages = True
        self._furniture_of: Site | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a person is watching."""
        self._serving, self._dirty = command == "serve", dirty

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Point MkDocs at the generated tree and at our theme."""
        self._root = Path(config.config_file_path).parent
        docs = self._root / build.DOCS
        self._renders = Path(config.docs_dir).resolve() != docs.resolve()
        if self._renders:
            docs.mkdir(parents=True, exist_ok=True)
            config.docs_dir = str(docs)
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(THEME))
        if self._site_dir:
            config.site_dir = str(self._site_dir)
        config.extra["gongshi"] = self._furniture(config.site_url)
        config.site_name = config.extra["gongshi"]["name"] or config.site_name
        return config

    @event_priority(50)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Render the Markdown tree, unless it is there already."""
        if not self._renders:
            return
        as_of = self._as_of()
        try:
            files, _ = build.render(self._root, as_of)
        except Exception as error:  # a template may raise anything
            if self._serving and not self._server:
                self._begin_without(error, config)
            elif isinstance(error, CheckFailed):
                self._refused = error
                raise PluginError("\n".join(("", *_said(error)))) from None
            else:
                raise
        else:
            writing.write_tree(self._root / build.DOCS, files)
            self._has_pages = True

    def _begin_without(self, error: Exception, config: MkDocsConfig) -> None:
        """Begin a preview with the pages of the last time, or with one that says there are none."""
        said = _said(error)
        for line in said:
            log.error(line)
        docs = self._root / build.DOCS
        self._has_pages = any(path.name != "index.md" for path in docs.iterdir())
        if not self._has_pages:
            writing.write_tree(docs, {"index.md": preview.NO_PAGES.encode()})
            config.nav = None
        self._above = preview.block(error, said, has_pages=self._has_pages)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Generated pages need no line in the navigation: MkDocs warns of hand-written ones alone."""
        for file in files.documentation_pages():
            if file.inclusion is InclusionLevel.INCLUDED and not (self._root / "content" / file.src_uri).exists():
                file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """MkDocs' Jinja has no autoescape: a title would be HTML in <title>, navigation and search (walls.md §0)."""
        for file in files.documentation_pages():
            page = file.page
            if page is None:
                continue
            title = str(page.title)  # taken from a heading it is HTML already, from settings or front matter text
            page.title = html.escape(title if "title" in page.meta else html.unescape(title))
            page.meta["search"] = {"exclude": True}  # the box asks our index; Material's stays empty
            for name in ("title", "description"):
                if name in page.meta:
                    page.meta[name] = html.escape(str(page.meta[name]))
        return env

    def on_page_content(self, content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Citations carry the whole address, once the site has a domain."""
        host = (config.site_url or "").rstrip("/") if addresses.domain(config.site_url) else ""
        return content.replace(_HOST, html.escape(host)) if host else content

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Watch what people edit, not what is generated; keep the last good pages whatever goes wrong."""
        if self._renders:
            server.unwatch(config.docs_dir)
            for path in (self._root / "data", self._root / "content", PACKAGE / "templates", THEME):
                if path.exists():
                    server.watch(str(path))
        if self._serving:
            self._server = server
            server.builder = lambda: self._rebuild(server, builder)
            server.set_app(preview.middleware(server.serve_request, lambda: self._above))
            log.info(f"预览 {server.url}，改了 data/ 或 content/ 自动刷新；按 Ctrl-C 停止")
        return server

    def _rebuild(self, server: LiveReloadServer, builder: Callable[[], None]) -> None:
        """Build aside; good pages take the place of the old, and what stands in their way is shown above the old."""
        self._refused = None
        said: list[str] = []
        shown = Path(server.root)
        try:
            with (
                engine.listening(logging.ERROR, said.append),
                contextlib.nullcontext(shown) if self._dirty else writing.aside(shown) as self._site_dir,
            ):
                builder()
        except Exception as error:  # whatever it is, the person who caused it is looking at the preview
            if not said:
                said += _said(error)
                log.error(said[0])
            self._above = preview.block(self._refused or error, said, has_pages=self._has_pages)
        else:
            self._above = ""
            log.info("预览已更新")

    def _as_of(self) -> date:
        text = self.config.as_of or os.environ.get("GONGSHI_AS_OF", "")
        if not text:
            return datetime.now(ZoneInfo("Asia/Shanghai")).date()
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise PluginError(f"as_of: {text!r} is not YYYY-MM-DD") from None

    def _furniture(self, site_url: str | None) -> dict[str, object]:
        """What head, header and footer say on every page, hand-written ones included."""
        self._furniture_of = build.site_of(self._root) or self._furniture_of  # while site.yml is wrong: as it was
        site = self._furniture_of
        phone = site.operator_phone if site else None
        return {
            "name": site.name if site else None,
            "tagline": site.tagline if site else None,
            "demo": site.demo if site else None,
            "operator": site.operator if site else None,
            "organizer": site.organizer if site else None,
            "support": site.support if site else None,
            "operator_phone": {"number": phone.number, "tel": templating.telephone(phone.number)} if phone else None,
            "report": site.report if site and site.report else f"{addresses.ABOUT}#report",
            "domain": addresses.domain(site_url),
            "site_id_code": site.site_id_code if site else None,
            "filings": addresses.filings(site) if site else (),
            "built": str(templating.day(self._as_of()).striptags()),
        }


def _said(error: Exception) -> list[str]:
    """What a person reads of an error in the terminal."""
    if isinstance(error, CheckFailed):
        return list(reporting.text([problem for problem in error.problems if problem.is_error], "zh"))
    place = f"（{error.filename} 第 {error.lineno} 行）" if isinstance(error, TemplateSyntaxError) else ""
    return [f"{type(error).__name__}: {error}{place}"]
