"""Imports go downwards only. The list is the house; a module that fits nowhere is in the wrong place."""

from __future__ import annotations

import ast
from pathlib import Path

import generator

PACKAGE = Path(generator.__file__).parent
#: Top of the list: depends on nothing. Modules of one line do not import each other.
LAYERS = (
    ("problems",),
    ("messages", "kinds", "statistics", "rankings", "pictures", "markup"),
    ("records", "reporting", "sensitivity", "verifying"),
    ("schema", "stories"),
    ("dataset",),
    ("editions", "addresses", "lasting"),
    ("links",),
    ("rules", "sealed"),
    ("facts",),
    ("templating",),
    ("emit", "sealing"),
    ("site",),
    ("parse_yaml", "parse_csv"),
    ("reading", "writing", "importing", "founding"),
    ("checking", "gates", "engine", "editing", "preview"),
    ("build",),
    ("archive",),
    ("plugin", "cli"),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def _room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def _imports(path: Path) -> set[str]:
    """Rooms of our own package that a module imports, inside functions and TYPE_CHECKING included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "generator":
            rest = node.module.split(".")[1:]
            found |= {rest[0]} if rest else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("generator.")}
    return found - {"__version__"}


def _modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__init__.py" or path.parent != PACKAGE]


def test_every_module_has_a_level() -> None:
    assert {_room(path) for path in _modules()} == set(LEVEL)


def test_imports_go_downwards() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in _modules()
        for room in _imports(path)
        if room != _room(path) and LEVEL[room] >= LEVEL[_room(path)]
    ]
    assert wrong == []


def test_only_the_edges_read_the_clock() -> None:
    clocks = ("datetime.now", "date.today", "time.time", "time.monotonic")
    readers = {path.name for path in _modules() for clock in clocks if clock in path.read_text(encoding="utf-8")}
    assert readers <= {"cli.py", "plugin.py", "command.py"}  # the last is the command line of verify.py


def test_only_engine_and_plugin_know_mkdocs() -> None:
    users = {
        path.name
        for path in _modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mkdocs")
    }
    assert users == {"engine.py", "plugin.py"}


def test_the_recipe_fits_one_screen() -> None:
    recipe = (PACKAGE / "build.py").read_text(encoding="utf-8")
    function = next(
        node for node in ast.parse(recipe).body if isinstance(node, ast.FunctionDef) and node.name == "build"
    )
    assert (function.end_lineno or 0) - function.lineno < 25
    assert recipe.count("\n") < 100
