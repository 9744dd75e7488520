"""The MkDocs plugin: triggers and guards, nothing else.

``mkdocs build`` and ``mkdocs serve`` work from a clean clone: the Markdown tree is rendered before MkDocs cleans
anything, and ``docs_dir`` is pointed at it. When ``docs_dir`` already is that tree, somebody else rendered it.
"""

from __future__ import annotations

import html
import os
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel

from generator import addresses, build, messages, templating, writing
from generator.problems import CheckFailed
from generator.records import Site

log = get_plugin_logger(__name__)

THEME = Path(__file__).parent / "theme"
PACKAGE = Path(__file__).parent


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
        self._served_once = False
        self._furniture_of: Site | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a person is watching."""
        self._serving = command == "serve"

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
        config.extra["gongshi"] = self._furniture(config.site_url)
        return config

    @event_priority(50)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Render the Markdown tree, unless it is there already."""
        if not self._renders:
            return
        try:
            files, _ = build.render(self._root, self._as_of())
        except CheckFailed as failed:
            lines = [messages.line(problem, "zh") for problem in failed.problems if problem.is_error]
            if self._serving and self._served_once:
                for line in lines:
                    log.error(line)
                return
            raise PluginError("\n" + "\n".join(lines)) from None
        writing.write_tree(self._root / build.DOCS, files)
        self._served_once = True

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

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch what people edit, not what is generated."""
        if self._renders:
            server.unwatch(config.docs_dir)
            for path in (self._root / "data", self._root / "content", PACKAGE / "templates", THEME):
                if path.exists():
                    server.watch(str(path))
        return server

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
