"""Who is responsible, sits on something or leads it: a body or a post, never a person (domain §6.2)."""

from __future__ import annotations

from typing import Annotated

from generator.kinds.persons import names_a_person
from generator.kinds.texts import checked_line
from generator.kinds.written import Written, refuse


def _role(value: str) -> str:
    text = checked_line(value)
    if names_a_person(text):
        raise refuse("E730", value)
    return text


def _unnamed(value: str) -> str:
    text = checked_line(value)
    if names_a_person(text):
        raise refuse("E506", value)
    return text


#: A body or a post in words, such as 社区居委会 or 物业项目负责人.
Role = Annotated[str, Written(_role, example="物业项目负责人", label="单位或岗位，不写姓名")]
#: A line about several people that names none of them, such as 均超50%.
Unnamed = Annotated[str, Written(_unnamed, example="均超50%", label="一行文字，不写姓名")]
