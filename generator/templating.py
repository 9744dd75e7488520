"""The Jinja environment. Templates lay out; a number or a day reaches a page only through a filter with its unit."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator import addresses
from generator.facts import gathered
from generator.facts.fees import FEWEST_FOR_CHART
from generator.facts.names import LETTERS, OTHER
from generator.kinds import Choice, PartialDay
from generator.records.fee_standard import Unit


def _speak(value: Any) -> Any:
    """Refuse what must not be printed bare: a template that forgets a unit is an error, not a page."""
    if isinstance(value, int | float | Decimal | date | PartialDay | Choice):
        raise TypeError(f"{value!r} needs a filter that says its unit")
    return value


def quoted(value: str) -> Markup:
    """A front-matter scalar: JSON strings are YAML double-quoted scalars."""
    return Markup(json.dumps(value, ensure_ascii=False))


def unbroken(text: str) -> Markup:
    """Text that never breaks over lines, such as a number with its unit."""
    return Markup('<span class="nb">{}</span>').format(dotted(text))


def dotted(text: str) -> Markup:
    """U+00B7 is full-width in Chinese fonts; its span lets the style sheet halve it."""
    return Markup('<span class="dot">·</span>').join(escape(part) for part in text.split("·"))


#: A part in brackets that fits on a line of a heading on a narrow phone (nine characters).
_BRACKETED = re.compile(r"([（(][^（）()]{1,7}[）)])")


def heading(text: str) -> Markup:
    """A name as a heading: ``（二期）`` goes to the next line whole."""
    parts = _BRACKETED.split(text)
    return Markup("").join(unbroken(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def count(value: int, unit: str) -> Markup:
    """``1286`` and ``户`` -> ``1,286 户``."""
    return unbroken(f"{value:,} {unit}")


def number(value: Decimal | int) -> str:
    """A figure whose unit stands in the header or beside it: digits as recorded, thousands apart."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def cents(value: Decimal) -> str:
    """An amount whose unit stands in the header: two places, thousands apart, a true minus before what is owed."""
    return f"{value:,.2f}".replace("-", "−")


def yuan(value: Decimal) -> Markup:
    """``48200`` -> ``48,200.00 元``."""
    return unbroken(f"{cents(value)} 元")


def computed(value: Decimal) -> str:
    """A figure that we computed: without the zeros that arithmetic leaves at its end."""
    return f"{value.normalize():,f}"


def priced(value: Decimal) -> str:
    """A price that we computed: to the cent at least, as prices are written, and no further than it must."""
    return cents(value) if value == value.quantize(Decimal("0.01")) else computed(value)


def percent(value: Decimal) -> str:
    """``20`` -> ``20%``; a side without a limit -> ``不限``."""
    return "不限" if value.is_infinite() else f"{computed(value)}%"


def size(value: int) -> Markup:
    """Bytes of a file -> ``12 KB``, ``1.4 MB``: rounded up, so that no file is of nothing."""
    kilobytes = -(-value // 1000)
    return unbroken(f"{kilobytes} KB" if kilobytes < 1000 else f"{value / 1_000_000:.1f} MB")


def share(part: int, whole: int) -> str:
    """``part`` of ``whole`` in per cent, rounded down, so that 100% means all."""
    return f"{part * 100 // whole}%" if whole else "0%"


def unit(value: Unit) -> Markup:
    """A unit of price."""
    return unbroken(value.label)


def day(value: date | PartialDay | str) -> Markup:
    """``2026-01-05`` -> ``2026年1月5日``; a year or month stays one."""
    year, *rest = str(value).split("-")
    text = f"{year}年" + "".join(f"{int(n)}{mark}" for n, mark in zip(rest, "月日", strict=False))
    return unbroken(text)


def phrase(text: str) -> str:
    """Text that a sentence goes on after: without the full stop at its end."""
    return text.rstrip("。")


def label(value: Choice) -> str:
    """A choice in Chinese."""
    return value.label


def telephone(number: str) -> str:
    """The ``tel:`` address: +86 and the area code without its 0; short numbers as they are (domain §3.22)."""
    first, *rest = number.split("-")
    if not first.startswith("0"):
        return "tel:" + "".join((first, *rest))
    extension = f",{rest[1]}" if len(rest) > 1 else ""
    return f"tel:+86{first[1:]}{rest[0]}{extension}"


@pass_context
def link(context: Context, target: str) -> str:
    """A link from this page to an address or file of the site."""
    return addresses.relative(target, context["page"].uri)


#: Anchors that follow from the data or the models; fields and groups of the dictionary are named by identifiers.
_SERIES = re.compile(
    r"(?:type|kind)-[a-z-]+|letter-[a-z0-9]|syllable-[a-z0-9]+|r-[a-z0-9-]+|list-[a-z0-9_]+|y-[0-9]{4}|m-[0-9]{4}-[0-9]{2}"
    r"|(?:field|group)(?:-[a-z0-9_]+)+",
    re.ASCII,
)


def anchor(name: str) -> str:
    """A registered anchor; an unregistered one is a mistake in a template."""
    if name not in addresses.ANCHORS and not _SERIES.fullmatch(name):
        raise ValueError(f"anchor {name!r} is not registered in addresses.ANCHORS")
    return name


#: MkDocs looks for fenced code in raw blocks too: three backticks that begin a line of somebody's text would open one.
_FENCE = re.compile(r"^(\s*)([`~])")


def solid(text: str) -> Markup:
    """HTML without empty lines: one raw block to any Markdown parser, closed where it closes.

    Only for what a template has written; values in it are escaped already.
    """
    lines = (_FENCE.sub(lambda found: f"{found[1]}&#{ord(found[2])};", line) for line in text.splitlines())
    return Markup("\n".join(line for line in lines if line.strip()))


@cache
def environment() -> Environment:
    """The environment over the packaged templates: autoescape always, undefined names are errors.

    One a process, since compiling every template takes longer than rendering a small city; nobody changes it. A
    template that is edited during a preview is read again.
    """
    env = Environment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_speak,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,
        cache_size=-1,
    )
    env.filters |= {
        "quoted": quoted,
        "nb": unbroken,
        "dotted": dotted,
        "heading": heading,
        "count": count,
        "number": number,
        "computed": computed,
        "priced": priced,
        "cents": cents,
        "yuan": yuan,
        "percent": percent,
        "size": size,
        "unit": unit,
        "day": day,
        "label": label,
        "phrase": phrase,
        "tel": telephone,
        "link": link,
        "anchor": anchor,
        "solid": solid,
    }
    env.globals |= {
        "share": share,
        "gathered": gathered,
        "address": addresses.record,
        "mark": addresses.mark,
        "addresses": addresses,
        "alphabet": (*LETTERS, OTHER),
        "fewest_for_chart": FEWEST_FOR_CHART,
    }
    return env
