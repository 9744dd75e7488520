"""Drives MkDocs: Markdown folder in, finished site out. Only this module and the plugin know MkDocs."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from generator.problems import GateRefused, MachineFailed, SettingsWrong


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def run(config_file: Path, docs: Path, out: Path, as_of: date) -> None:
    """Build the Markdown in ``docs`` into ``out``. Every MkDocs warning is a refusal: half a site is none.

    Raises SettingsWrong where ``config_file`` is absent or MkDocs does not take it.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    if not config_file.exists():
        raise SettingsWrong(f"没有 {config_file.name}：用 gongshi init 新建站点，或从别的站点复制一份")
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        with _environment(as_of):
            try:
                config = load_config(str(config_file), docs_dir=str(docs), site_dir=str(out))
            except MkDocsException as error:
                lines = (f"{config_file.name} 写得不对，旧站没有动：", *warnings.lines, str(error))
                raise SettingsWrong("\n".join(lines)) from error
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
    except MkDocsException as error:
        raise GateRefused([*warnings.lines, str(error)]) from error
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error
    finally:
        logger.removeHandler(warnings)
    if warnings.lines:
        raise GateRefused(warnings.lines)


@contextlib.contextmanager
def _environment(as_of: date) -> Iterator[None]:
    """MkDocs and Material take the day and their silence from the environment, and from nowhere else."""
    midnight = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    wanted = {
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        "GONGSHI_AS_OF": as_of.isoformat(),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
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
