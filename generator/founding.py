"""Start another city's site: folders, settings, counties, national rules. Writes only into an empty folder."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from stdnum import numdb

from generator import schema
from generator.problems import GeneratorError
from generator.records import RECORD_TYPES, Region

_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
#: Folders of ``samples/site`` that a new site receives as they are: pages, national rules, files for code hosts.
_VERBATIM = ("content", "data", "examples")
#: Entries of the code list that hold no people.
_NOT_PLACES = re.compile(r"市辖区|县|.*直辖县级行政(?:区划|单位)")


class CannotFound(GeneratorError):
    """The folder or the code will not do; the sentence says why."""


def found(folder: Path, code: str) -> tuple[str, ...]:
    """Write a new site for the city (or county) ``code``; returns the paths written, relative to ``folder``."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotFound(f"{folder} 已经存在，而且不是空文件夹；换一个名字")
    written = new_files(code)
    for path, text in written.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for model in RECORD_TYPES:
        (folder / "data" / model.folder).mkdir(parents=True, exist_ok=True)
    return tuple(sorted(written))


def new_files(code: str) -> dict[str, str]:
    """The files of a new site: path -> text."""
    rows = list(regions(code))
    name = rows[0]["name"]
    if code not in {row["code"] for row in rows}:  # 市辖区 and the like: entries of the list that are no places
        raise CannotFound(f"{code} 不是一个市或区县的代码；{name}用 {rows[0]['code']}")
    samples = files("generator") / "samples"
    fill = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    values = {"name": f"{name}物业服务公示栏", "region": code}

    def text(path: str) -> str:
        return (samples / path).read_text(encoding="utf-8")

    return {
        "mkdocs.yml": fill.from_string(text("site/mkdocs.yml")).render(values),
        "data/site.yml": fill.from_string(text("site/site.yml")).render(values),
        f"data/regions/{rows[0]['code']}.csv": _table(rows),
        ".gitignore": text("site/gitignore"),
        ".gitattributes": text("site/gitattributes"),
        **{path: text(f"site/{path}") for folder in _VERBATIM for path in _below(samples / "site" / folder, folder)},
        **{f"examples/{model.type_name}.yml": text(f"{model.type_name}.yml") for model in RECORD_TYPES},
    }


def _below(folder: Traversable, path: str) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        inside = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _below(entry, inside)
        else:
            yield inside


def regions(code: str) -> Iterator[dict[str, str]]:
    """The city of a GB/T 2260 code, its counties of today, and its development zones where we know their codes.

    For a county's code: its city and the county alone.
    """
    if not re.fullmatch(r"[1-9]\d{5}", code) or _name(code) is None:
        raise CannotFound(f"没有区划代码 {code}；用 6 位数字的国标代码，如 340100（合肥市）")
    city = _city_of(code)
    city_name = _name(city)
    if city_name is None:
        raise CannotFound(f"{code} 是省级代码；用市或区县的代码，如 340100（合肥市）")
    if _NOT_PLACES.fullmatch(city_name):  # a county-level city under no prefecture stands at the top itself
        yield _row(code, "gbt2260", _name(code) or code, "city", "")
        return
    yield _row(city, "gbt2260", city_name, "city", "")
    prefix = city[:2] if city.endswith("0000") else city[:4]
    for number in range(10 ** (6 - len(prefix))):
        county = f"{prefix}{number:0{6 - len(prefix)}d}"
        name = _name(county)
        wanted = county != city and not county.endswith("00") and (code in {city, county})
        if wanted and name is not None and not _NOT_PLACES.fullmatch(name):
            yield _row(county, "gbt2260", name, "county", city)
    if code == city:
        yield from _zones(city)


def _city_of(code: str) -> str:
    if code[:2] in _MUNICIPALITIES:
        return f"{code[:2]}0000"
    return "" if code.endswith("0000") else f"{code[:4]}00"


def _name(code: str) -> str | None:
    """The name in force today, from python-stdnum's table: ``[1983-2001]西市区,[2002-]蜀山区`` -> ``蜀山区``."""
    if not code:
        return None
    parts = numdb.get("cn/loc").info(code)
    text = parts[1][1].get("county", "") if len(parts) > 1 else ""
    for entry in reversed(text.split(",")):
        period, _, name = entry.rpartition("]")
        if name and (not period or period.endswith("-")):
            return str(name)
    return None


def _zones(city: str) -> Iterator[dict[str, str]]:
    table = (files("generator") / "reference" / "dev_zones.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(table)):
        if row["city"] == city:
            yield _row(row["code"], row["code_system"], row["name"], "dev_zone", city, row["aliases"])


def _row(code: str, system: str, name: str, level: str, parent: str, aliases: str = "") -> dict[str, str]:
    return {
        "code": code,
        "code_system": system,
        "name": name,
        "aliases": aliases or (name[:-1] if level == "county" and len(name) > 2 else ""),
        "level": level,
        "parent": parent,
        "content_source": "GB/T 2260" if system == "gbt2260" else "统计用区划代码",
        "as_of": "unknown",
    }


def _table(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerow(schema.label(Region, (name,)) for name in rows[0])
    writer.writerows(row.values() for row in rows)
    return "\ufeff" + out.getvalue()
