"""Drives MkDocs: Markdown folder in, finished site out. Only this module and the plugin know MkDocs."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from generator.problems import GateRefused, MachineFailed, SettingsWrong

#: What the plugin says to a person, beside what MkDocs says.
PLUGIN_LOG = logging.getLogger("mkdocs.plugins.gongshi")


#: What MkDocs warns of, as the person who wrote the page or ``mkdocs.yml`` understands it.
_WARNINGS = tuple(
    (re.compile(pattern, re.DOTALL), text)
    for pattern, text in (
        (
            r"Doc file '(?P<page>.+?)' contains a link '(?P<link>.*?)', but (?:the doc|there is no such anchor).*",
            "{page}：链接 {link} 指向的小标题不存在",
        ),
        (
            r"Doc file '(?P<page>.+?)' contains (?:a link|an unrecognized relative link) '(?P<link>.*?)'.*",
            "{page}：链接 {link} 指向的文件不存在",
        ),
        (
            r'The following pages exist in the docs directory, but are not included in the "nav" configuration:'
            r"\s*(?P<page>.*)",
            "{page}：页面不在 mkdocs.yml 的导航里；在 nav 里加一行，或写进 not_in_nav",
        ),
        (
            r"A (?:reference|relative path) to '(?P<page>.+?)' is included in the 'nav' configuration.*",
            "mkdocs.yml：导航 nav 里的 {page} 不存在；改正文件名，或删掉这一行",
        ),
    )
)


def in_chinese(warning: str) -> str:
    """A warning of MkDocs; one that nobody has met yet stays as it is, with its name on it."""
    for pattern, text in _WARNINGS:
        if found := pattern.fullmatch(warning):
            values = {name: "、".join(re.split(r"\s*\n\s*- |^- ", value)) for name, value in found.groupdict().items()}
            return text.format(**{name: value.removeprefix("、") for name, value in values.items()})
    return f"MkDocs：{warning}"


class _Listener(logging.Handler):
    def __init__(self, level: int, hear: Callable[[str], object]) -> None:
        super().__init__(level)
        self._hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        self._hear(record.getMessage().strip())


@contextlib.contextmanager
def listening(level: int, hear: Callable[[str], object]) -> Iterator[logging.Handler]:
    """Give ``hear`` what MkDocs and the plugin say at ``level`` and above."""
    listener = _Listener(level, hear)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    try:
        yield listener
    finally:
        logger.removeHandler(listener)


def run(config_file: Path, docs: Path, out: Path, as_of: date) -> None:
    """Build the Markdown in ``docs`` into ``out``. Every MkDocs warning is a refusal: half a site is none.

    Raises SettingsWrong where ``config_file`` is absent or MkDocs does not take it.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    _refuse_absent(config_file)
    warnings: list[str] = []
    try:
        with listening(logging.WARNING, warnings.append), _environment(as_of):
            try:
                config = load_config(str(config_file), docs_dir=str(docs), site_dir=str(out))
            except MkDocsException as error:
                lines = (f"{config_file.name} 写得不对，旧站没有动：", *warnings, str(error))
                raise SettingsWrong("\n".join(lines)) from error
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
    except MkDocsException as error:
        raise GateRefused([*map(in_chinese, warnings), f"MkDocs：{error}"]) from error
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error
    if warnings:
        raise GateRefused(map(in_chinese, warnings))


def _refuse_absent(config_file: Path) -> None:
    if not config_file.exists():
        raise SettingsWrong(f"没有 {config_file.name}：用 gongshi init 新建站点，或从别的站点复制一份")


def serve(config_file: Path, port: int, as_of: date | None, tell: Callable[[str], object]) -> None:
    """Preview on 127.0.0.1 until somebody interrupts; ``tell`` hears what goes wrong and what the plugin says.

    ``as_of`` None is today, whatever day it becomes. Raises SettingsWrong where MkDocs cannot begin, and MachineFailed
    where the port is not to be had; after that nothing on disk ends the preview.
    """
    from mkdocs.commands.serve import serve as preview
    from mkdocs.exceptions import MkDocsException

    _refuse_absent(config_file)
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise MachineFailed(f"端口 {port} 用不了（{error.strerror}），用 --port 换一个") from error
    PLUGIN_LOG.setLevel(logging.INFO)
    with listening(logging.INFO, tell) as listener, _environment(as_of):
        # MkDocs reports every request that finds nothing, by the hour.
        listener.addFilter(lambda record: not record.name.startswith("mkdocs.livereload"))
        try:
            preview(str(config_file), dev_addr=f"127.0.0.1:{port}")
        except MkDocsException as error:
            raise SettingsWrong(f"预览没有开始：{error}") from error


@contextlib.contextmanager
def _environment(as_of: date | None) -> Iterator[None]:
    """MkDocs and Material take the day and their silence from the environment, and from nowhere else."""
    wanted = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    if as_of is not None:
        midnight = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
        wanted |= {"SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "GONGSHI_AS_OF": as_of.isoformat()}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def pages(out: Path) -> Iterator[tuple[str, bytes]]:
    """(path, HTML) of every finished page, in order of path."""
    for path in sorted(out.rglob("*.html")):
        yield path.relative_to(out).as_posix(), path.read_bytes()
