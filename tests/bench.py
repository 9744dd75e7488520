"""Time and memory of a large city: import, check, render, MkDocs, gates. Not a test: figures move with the machine.

make bench                                  4,000 generated communities
.venv/bin/python -m tests.bench FILE        a real spreadsheet of communities in Hefei
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator import build, engine, facts, founding, gates, importing, reading, site, writing
from generator.records import Community
from tests.support import AS_OF

T = TypeVar("T")


def _timed(name: str, work: Callable[[], T]) -> T:
    started = time.perf_counter()
    found = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<10}{time.perf_counter() - started:8.2f} s   peak so far {peak:5,} MB")  # noqa: T201
    return found


def _generated(folder: Path) -> Path:
    path = folder / "communities.csv"
    districts = ("瑶海", "庐阳", "蜀山", "包河", "肥西", "肥东")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("小区名称", "所在区", "物业公司", "物业费用", "楼栋总数", "房屋总数", "建成年代"))
        for n in range(4000):
            fee = f"{n % 30 / 10 + 0.3:.2f}元/平米/月"
            row = (
                f"示例小区{n:04d}",
                districts[n % 6],
                f"示例{n % 600:03d}物业服务有限公司",
                fee,
                f"{n % 30 + 1}栋",
                f"{n}户",
                2000,
            )
            writer.writerow(row)
    return path


def _import(root: Path, path: Path) -> None:
    sheets = importing.read_tables(path)
    proposal = importing.propose(sheets, Community)
    dataset, _ = build.check(root)
    assert dataset is not None
    importing.write(root, importing.plan(sheets, proposal, dataset, update=False, file_name=path.name))


def main() -> None:
    """Found a city, import one file, build it step by step."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "hefei"
        founding.found(root, "340100")
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else _generated(Path(folder))
        _timed("import", lambda: _import(root, path))
        dataset, problems = _timed("check", lambda: build.check(root))
        assert dataset is not None, problems
        files, _ = _timed("render", lambda: site.assemble(facts.derive(dataset, AS_OF), {}))
        content = reading.read(root).content
        _timed("write", lambda: writing.write_tree(root / build.DOCS, files | content))
        _timed("mkdocs", lambda: engine.run(root / "mkdocs.yml", root / build.DOCS, root / "site", AS_OF))
        finished = frozenset(p.relative_to(root / "site").as_posix() for p in (root / "site").rglob("*") if p.is_file())
        found = _timed("gates", lambda: list(gates.check(engine.pages(root / "site"), finished, {})))
        print(f"{sum(p.endswith('.html') for p in finished):,} pages, {len(found)} findings")  # noqa: T201


main()
