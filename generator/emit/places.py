"""Pages about who is there for people and what was made known: backstop, service points, exposures, stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from jinja2 import Environment

from generator import addresses
from generator.emit.page import Page
from generator.facts import CommunityFacts, Facts, Origin
from generator.facts.places import PointFacts, TrusteeshipFacts
from generator.records import Exposure, GovernanceStat, Record, Region, ServicePoint, Trusteeship, VolunteerTeam
from generator.records.engagement import ContractKind
from generator.records.mechanism import ShownAt
from generator.records.service_point import PointKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column."""

    uri: str
    template: str
    title: str
    sought: tuple[str, ...]
    description: str
    #: What can be downloaded of it.
    models: tuple[type[Record], ...] = ()


_BACKSTOP = Column(
    uri=addresses.BACKSTOP,
    template="backstop.md.j2",
    title="老旧小区和兜底",
    sought=("托管", "兜底", "五保服务", "三无小区", "失管小区", "自管", "没有物业"),
    description="托管、兜底、自管和没有物业的小区由谁管：做哪几项、收多少、急事打哪个电话",
    models=(Trusteeship,),
)
_PLACES = Column(
    uri=addresses.PLACES,
    template="places.md.j2",
    title="服务点",
    sought=("红管家", "红色微阵地", "党群服务站", "维修岗", "家政岗", "矛盾纠纷化解中心", "志愿服务队", "宣传栏"),
    description="家门口的红管家、微阵地、服务岗、化解中心、宣传栏：在哪里、什么时候、电话多少",
    models=(ServicePoint, VolunteerTeam),
)
_EXPOSURES = Column(
    uri=addresses.EXPOSURES,
    template="exposures.md.j2",
    title="曝光台",
    sought=("曝光", "媒体监督", "整改"),
    description="媒体公开曝光的事、企业的答复、后来改了没有",
    models=(Exposure,),
)
_STORIES = Column(
    uri=addresses.STORIES,
    template="stories.md.j2",
    title="做法",
    sought=("案例", "经验", "典型事迹"),
    description="别的小区怎么做成的：他们做了什么，我们能不能做",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _City:
    """One city on the page of old and failed communities."""

    trusteeships: tuple[TrusteeshipFacts, ...]
    #: Communities that no firm of the owners' own choice serves, in pinyin order.
    communities: tuple[CommunityFacts, ...]
    #: Figures of its mechanisms that no trusteeship names: goals and the like.
    figures: tuple[GovernanceStat, ...]


def pages(facts: Facts) -> Iterator[Page]:
    """One page a column."""
    found = facts.places
    yield _page(_BACKSTOP, facts, ShownAt.BACKSTOP, found.trusteeships, {"cities": _cities(facts)})
    groups = {city: _grouped(points, _group) for city, points in _grouped(found.points, _city).items()}
    yield _page(_PLACES, facts, ShownAt.PLACES, (*found.points, *found.teams), {"cities": groups})
    media = tuple(one for one in found.points if one.record.kind is PointKind.MEDIA_COLUMN)
    yield _page(_EXPOSURES, facts, ShownAt.EXPOSURES, found.exposures, {"media": media})
    yield _page(_STORIES, facts, ShownAt.STORIES, (), {})


def endings(facts: Facts, env: Environment) -> Iterator[tuple[str, str]]:
    """(file below ``content/``, what is added to it) of every story: the records it names, its day and its source."""
    for one in facts.places.stories:
        page = Page(uri=one.uri, template="story.md.j2", title=one.story.title, description=one.story.description)
        yield one.path, env.get_template(page.template).render(page=page, one=one, facts=facts)


class _Sourced(Protocol):
    @property
    def origin(self) -> Origin: ...


def _page(
    column: Column, facts: Facts, place: ShownAt, shown: Iterable[_Sourced], values: Mapping[str, object]
) -> Page:
    """``place``: the mechanisms at work here are named on the page."""
    mechanisms = [
        (system, found.record)
        for system in facts.systems
        for group in system.groups.values()
        for found in group
        if place in found.record.shown_at
    ]
    return Page(
        uri=column.uri,
        template=column.template,
        title=column.title,
        description=column.description,
        sought=column.sought,
        values={
            **values,
            "mechanisms": mechanisms,
            "models": column.models,
            "origins": tuple(one.origin for one in shown),
        },
    )


def _cities(facts: Facts) -> Mapping[Region, _City]:
    trusteeships = _grouped(facts.places.trusteeships, _city)
    communities = _grouped((c for c in facts.communities.values() if _is_looked_after(c)), _city)
    named = {figure.id for one in facts.places.trusteeships for figure in one.figures}
    figures = {
        system.region: tuple(
            figure
            for group in system.groups.values()
            for found in group
            if ShownAt.BACKSTOP in found.record.shown_at
            for figure in found.figures
            if figure.id not in named
        )
        for system in facts.systems
    }
    cities = (city.record for city in facts.cities)
    return {
        city: _City(trusteeships=trusteeships[city], communities=communities[city], figures=figures.get(city, ()))
        for city in cities
        if trusteeships[city] or communities[city] or figures.get(city)
    }


def _is_looked_after(community: CommunityFacts) -> bool:
    """Whether no firm of the owners' own serves it: it is in trust, has a class, or nobody is there."""
    kind = community.current.engagement.contract_kind if community.current else None
    return bool(
        community.around.trusteeships or community.around.flags or community.record.no_provider or kind in _LOOKED_AFTER
    )


#: Kinds of service that somebody else than the owners arranged, or that needs no firm.
_LOOKED_AFTER = frozenset({ContractKind.TRUSTEESHIP, ContractKind.BACKSTOP, ContractKind.SELF_MANAGED})


class _Placed(Protocol):
    @property
    def regions(self) -> tuple[Region, ...]: ...


T = TypeVar("T")
K = TypeVar("K")


def _city(one: _Placed) -> Region:
    return one.regions[0]


def _group(one: PointFacts) -> str:
    return one.record.kind.group


def _grouped(found: Iterable[T], key: Callable[[T], K]) -> Mapping[K, tuple[T, ...]]:
    """By key, in order; an empty group where there is none."""
    groups: dict[K, tuple[T, ...]] = defaultdict(tuple)
    for one in found:
        groups[key(one)] += (one,)
    return groups
