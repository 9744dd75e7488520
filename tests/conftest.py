"""Fixtures that several files share: a built sample site, a browser, a served address."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator import build
from tests.support import AS_OF, PROJECT, served

GOLDEN = Path(__file__).parent / "golden" / "site"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site of the golden sample, with the hand-written pages and the menu of the project."""
    root = tmp_path_factory.mktemp("sample") / "root"
    shutil.copytree(GOLDEN, root)
    told = shutil.ignore_patterns("stories")  # they name records of the project's own data
    shutil.copytree(PROJECT / "content", root / "content", dirs_exist_ok=True, ignore=told)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    build.build(root, root / "site", AS_OF)
    return root / "site"


@pytest.fixture(scope="session")
def address(sample: Path) -> Iterator[str]:
    """The sample on a host that sends our headers."""
    with served(sample) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; ``make test`` installs one where it is missing."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    assert path, "no Chromium on this machine; sh tests/prepare.sh"
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=arguments)
        yield found
        found.close()
