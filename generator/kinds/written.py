"""How a kind of value is declared: one written form, and what it becomes.

pydantic's own lax mode takes ``1e3``, ``1_000`` and full-width digits as numbers, so a kind first matches its
written form and only then converts. What a kind refuses, it refuses with one of our codes (``messages.py``) and,
where the intended value is plain to see, with that value as a fix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")


def refuse(code: str, value: str, **values: str) -> PydanticCustomError:
    """The exception a kind raises; the code is the key into the message catalogue."""
    context: dict[str, Any] = {"value": value, **values}
    return PydanticCustomError(code, "{value}", context)


@dataclass(frozen=True)
class Written:
    """Annotation: the written form of a kind, how it becomes a value, and how the value is written again."""

    parse: Callable[[str], Any]
    pattern: str = ""
    example: str = ""
    #: What the data dictionary calls the kind: a noun in Chinese, with the unit where the kind fixes it.
    label: str = ""
    write: Callable[[Any], str] = str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: Any) -> Any:
            return self.parse(text_of(value, self.example))

        return core_schema.no_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(self.write, when_used="json")
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Editors type what is unquoted: 1286 and 0551 are numbers to them, and ``true`` a truth value; never to us."""
        is_flag = full(self.pattern, "true") is not None
        return {
            "type": ["string", "boolean"] if is_flag else ["string", "number"],
            **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}),
            **({"examples": [self.example]} if self.example else {}),
        }


def full(pattern: str, value: str) -> re.Match[str] | None:
    """The whole value, with ``\\d`` meaning 0 to 9: Python's own also takes full-width and Arabic-Indic digits."""
    return re.fullmatch(pattern, value, re.ASCII)


_EXCEL_ERROR = re.compile(r"#{2,}|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


def shape_of(value: Any) -> str:
    """What stands where a single value should, in a word."""
    return "空的" if value is None else "列表" if isinstance(value, list | tuple) else "一组字段"


def text_of(value: Any, example: str) -> str:
    """The text of a single value; lists, groups and what a spreadsheet leaves behind on error are refused."""
    if not isinstance(value, str):
        raise refuse("E204", shape_of(value), example=example)
    if _EXCEL_ERROR.fullmatch(value):
        raise refuse("E133", value)
    return value


def plain(value: str) -> str:
    """The value as a careful typist would have written it: half-width, no edge or inner spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))


def matching(code: str, pattern: str, convert: Callable[[str], T], example: str, label: str = "") -> Written:
    """A kind whose written form is one regular expression; offers the half-width form as a fix."""
    compiled = re.compile(pattern, re.ASCII)

    def parse(value: str) -> T:
        if compiled.fullmatch(value):
            return convert(value)
        if compiled.fullmatch(value.strip()):
            raise refuse("E222", value, fix=value.strip())
        fixed = plain(value).replace("。", ".")
        if compiled.fullmatch(fixed):
            raise refuse("E205", value, fix=fixed)
        raise refuse(code, value, example=example)

    return Written(parse, pattern, example, label)
