"""The Markdown tree of a small city, file by file. Change it on purpose: GOLDEN=write make test, then read the diff."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from generator import build
from tests.support import AS_OF, tree, write_files

HERE = Path(__file__).parent / "golden"


def test_the_rendered_tree() -> None:
    files, _ = build.render(HERE / "site", AS_OF)
    expected = HERE / "expected"
    if os.environ.get("GOLDEN") == "write":
        shutil.rmtree(expected, ignore_errors=True)
        write_files(expected, files)
    found = tree(expected)
    assert sorted(files) == sorted(found)
    for path, content in files.items():
        assert content.decode() == found[path].decode(), path
