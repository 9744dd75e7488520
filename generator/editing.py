"""For people who edit data by hand: a filled-in example to start from, and what their editor needs to help them."""

from __future__ import annotations

import difflib
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from generator import messages, reading, schema, writing
from generator.emit import schemas
from generator.problems import GeneratorError, Problem, Source
from generator.records import RECORD_TYPES, Record, Site

#: Where editors look for schemas, below the site's root.
SCHEMAS = ".vscode/schemas"
SETTINGS = ".vscode/settings.json"
#: The setting that says which schema a file follows (VS Code's YAML extension and those that read its settings).
_MAPPING = "yaml.schemas"


class CannotDraft(GeneratorError):
    """No example can be written for this type or key; the sentence says why and what to type."""


def _names(model: type[Record]) -> tuple[str, ...]:
    return model.type_name, model.folder, model.folder.removesuffix("s"), model.title


def record_type(name: str) -> type[Record]:
    """The type a person names: singular, plural or in Chinese. Raises CannotDraft."""
    names = {word: model for model in RECORD_TYPES for word in _names(model)}
    if name in names:
        return names[name]
    near = difflib.get_close_matches(name.lower(), names, n=1)
    guess = f"是不是 {near[0]}？" if near else ""
    known = "、".join(f"{model.type_name}（{model.title}）" for model in RECORD_TYPES)
    raise CannotDraft(f"没有这种数据：{messages.visible(name)}。{guess}可用的：{known}")


def draft(root: Path, model: type[Record], key: str) -> str:
    """Write ``data/<folder>/<key>.yml``, the packaged example under a key of its own; returns its path.

    Raises CannotDraft, with nothing written, when the key will not do or is taken.
    """
    path = f"data/{model.folder}/{key}.yml"
    label = schema.label(model, (model.key_field,))
    if not (root / "data").is_dir():
        raise CannotDraft(f"{root} 里没有 data/，不是站点文件夹：写 gongshi --root 站点文件夹 new，或先 gongshi init")
    if wrong := _wrong(model, key):
        likely = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
        raise CannotDraft(wrong if _wrong(model, likely) else f"{wrong}；是不是 {likely}？")
    for raw in reading.read(root).raws:
        if raw.folder == model.folder and raw.values.get(model.key_field) == key:
            at = raw.places.at((model.key_field,))
            raise CannotDraft(f"{label} {key} 已经用了：{at.path} 第 {at.line} 行；改那一条，或换一个{label}")
    if (root / path).exists():
        raise CannotDraft(f"已经有 {path}；改那个文件，或换一个{label}")
    writing.write_text(root / path, example(model, key))
    return path


def _wrong(model: type[Record], key: str) -> str | None:
    """What the kind of the key says against it, as a sentence."""
    info = model.model_fields[model.key_field]
    kind: Any = Annotated[info.annotation, *info.metadata]
    try:
        TypeAdapter(kind).validate_python(key)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        values = {name: str(value) for name, value in found.get("ctx", {}).items()}
        label = schema.label(model, (model.key_field,))
        return " -> ".join(messages.explain(Problem(found["type"], Source(""), {"label": label, **values}), "zh"))
    return None


def example(model: type[Record], key: str) -> str:
    """The packaged example under another key: a draft, so that it is on no page before somebody has edited it."""
    sample = (files("generator") / "samples" / f"{model.type_name}.yml").read_text(encoding="utf-8")
    modeline = f"# yaml-language-server: $schema=../../{SCHEMAS}/{model.type_name}.json\n"
    status = "status: draft  # 改好以后删掉这一行，记录才会上站\n"
    keyed = rf"^{model.key_field}: (\"?)[^\"\s]+\1"
    return modeline + re.sub(keyed, rf"{status}{model.key_field}: \g<1>{key}\g<1>", sample, count=1, flags=re.MULTILINE)


def furnish(root: Path) -> tuple[str, ...]:
    """Write a schema for each folder of ``data/`` and one for the settings; returns the paths written."""
    texts = {f".vscode/{path}": text for path, text in schemas.emit()}
    texts[f"{SCHEMAS}/site.json"] = schemas.text(schema.json_schema(Site))
    for path, text in texts.items():
        writing.write_text(root / path, text)
    return tuple(texts)


def mapping() -> dict[str, str]:
    """Schema -> the files that follow it, as an editor's settings say it."""
    folders = {f"./{SCHEMAS}/{model.type_name}.json": f"data/{model.folder}/*.yml" for model in RECORD_TYPES}
    return {**folders, f"./{SCHEMAS}/site.json": "data/site.yml"}


def settle(root: Path) -> bool:
    """Tell the editor which file follows which schema; everything else in its settings stays.

    False, and nothing written, where the settings are not plain JSON: comments would be lost.
    """
    path = root / SETTINGS
    try:
        settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        settings[_MAPPING] = {**settings.get(_MAPPING, {}), **mapping()}
    except (ValueError, TypeError, AttributeError):
        return False
    writing.write_text(path, json.dumps(settings, ensure_ascii=False, indent=4) + "\n")
    return True


def settings_to_add() -> str:
    """What a person adds to settings that we leave alone."""
    return f'"{_MAPPING}": {json.dumps(mapping(), ensure_ascii=False, indent=4)}'
