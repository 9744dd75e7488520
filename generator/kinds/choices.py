"""Closed lists. Data may write the identifier or the Chinese label."""

from __future__ import annotations

from enum import Enum
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from generator.kinds.written import refuse, text_of


class Choice(str, Enum):
    """A closed list: ``NAME = "identifier", "中文"``. Data may write either; there is no "unknown"."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:  # noqa: D102 - enum machinery
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def read(cls, value: Any) -> Self:
        """The member written as identifier or Chinese label."""
        if isinstance(value, cls):
            return value
        value = text_of(value, next(iter(cls)).value)
        known = {word: member for member in cls for word in (member.value, member.label)}
        if value in known:
            return known[value]
        if value.strip() in known:
            raise refuse("E222", value, fix=value.strip())
        raise refuse("E238", value, options=cls.options())

    @classmethod
    def options(cls) -> str:
        """All members as a clerk reads them."""
        return "、".join(f"{member.label}（{member.value}）" for member in cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "enum": [word for member in cls for word in (member.value, member.label)],
            "description": cls.options(),
        }
