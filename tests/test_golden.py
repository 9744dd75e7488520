"""The Markdown tree of a small city, file by file. Change it on purpose: GOLDEN=write make test, then read the diff."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from generator import build
from tests.support import AS_OF, tree, write_files

HERE = Path(__file__).parent / "golden"


def _comparable(path: str, content: bytes) -> str:
    """Workbooks depend on the machine's own compression and archives hold our source; other tests read them back."""
    text = content.decode()
    return re.sub(r".*\.(?:xlsx|zip).*\n", "", text) if path.startswith("downloads/") else text


def test_the_rendered_tree() -> None:
    rendered, _ = build.render(HERE / "site", AS_OF)
    files = {path: content for path, content in rendered.items() if not path.endswith((".xlsx", ".zip", ".py"))}
    expected = HERE / "expected"
    if os.environ.get("GOLDEN") == "write":
        shutil.rmtree(expected, ignore_errors=True)
        write_files(expected, files)
    found = tree(expected)
    assert sorted(files) == sorted(found)
    for path, content in files.items():
        assert _comparable(path, content) == _comparable(path, found[path]), path
