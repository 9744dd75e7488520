"""Spellings that are probably one firm. Proposals only: a person decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from pypinyin import Style, lazy_pinyin

from generator.importing import values
from generator.importing.plans import MergeProposal

#: Words before a firm's own name that only say where it is from.
_PLACES = re.findall(
    r"\S+",
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南
    四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 太原 沈阳 大连 长春 哈尔滨
    南京 苏州 无锡 扬州 常州 徐州 杭州 宁波 温州 绍兴 嘉兴 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山
    滁州 阜阳 宿州 六安 亳州 池州 宣城 巢湖 福州 厦门 泉州 南昌 济南 青岛 烟台 日照 郑州 新乡 武汉 长沙
    广州 深圳 珠海 佛山 东莞 惠州 南宁 海口 成都 贵阳 昆明 西安 兰州 乌鲁木齐
    """,
)
_TRADE = re.compile(r"(?:置业|地产|房地产|资产|建设|投资|控股)+$")
_TAIL = re.compile(r"(?:有限|责任|股份|集团|公司|物业|物管|管理|服务|经营|发展)$")
#: A name of its own this long is compared by spelling distance too; shorter ones differ by one character by nature.
_LONG_CORE = 4


@dataclass(frozen=True, slots=True)
class _Parts:
    """A firm's name taken apart: 合肥市宇城物业管理有限公司 is 合肥 + 宇城."""

    place: str
    core: str
    #: What follows the firm's name; names of other trades are kept apart here too.
    branch: str


def propose_merges(counts: Mapping[str, int], places: Collection[str]) -> tuple[MergeProposal, ...]:
    """Groups of names that may be one firm, most rows first. A branch never meets its parent or another branch."""
    prefixes = tuple(sorted({*_PLACES, *places}, key=lambda place: (-len(place), place)))
    parts = {name: _take_apart(name, prefixes) for name in sorted(counts)}
    usable = {name: found for name, found in parts.items() if len(found.core) >= 2}
    groups = dict((*_close_groups(usable), *_sound_groups(usable)))
    proposals = (
        MergeProposal(
            names=tuple(sorted(((name, counts[name]) for name in names), key=lambda n: (-n[1], n[0]))), reason=reason
        )
        for names, reason in groups.items()
    )
    return tuple(sorted(proposals, key=lambda proposal: (-sum(count for _, count in proposal.names), proposal.names)))


def _take_apart(name: str, places: tuple[str, ...]) -> _Parts:
    text = re.sub(r"[()·\-—.]", "", values.plain(name))
    whole, branch = _split_branch(text)
    place = ""
    while found := next((p for p in places if whole.startswith(p) and len(whole) > len(p) + 1), None):
        rest = re.sub(r"^(?:省|市|县|区)(?=..)", "", whole[len(found) :])
        if len(_own_name(rest)) < 2:
            break
        whole, place = rest, found
    is_property = re.search("物业|物管", text) is not None
    return _Parts(place, _own_name(whole), branch if is_property else f"{branch}（非物业）")


def _split_branch(text: str) -> tuple[str, str]:
    """The firm and what follows it: a branch, or an office such as 某某公司和平苑管理部."""
    office = r"(.{1,12}(?:分公司|管理处|管理部|服务中心|项目部))"
    found = re.fullmatch(rf"(.*(?:公司|集团)){office}", text) or re.fullmatch(
        rf"(.*(?:物业管理|物业服务|物业)){office}", text
    )
    return (found.group(1), found.group(2)) if found else (text, "")


def _own_name(text: str) -> str:
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text


def _sound_groups(parts: Mapping[str, _Parts]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Names that are the same, or sound the same, without place and legal form."""
    classes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, found in parts.items():
        classes[_sound(found.core), found.branch].append(name)
    for names in classes.values():
        unplaced = [name for name in names if not parts[name].place]
        placed: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if parts[name].place:
                placed[parts[name].place].append(name)
        for group in [[*members, *unplaced] for members in placed.values()] or [unplaced]:
            if len(group) > 1:
                is_same = len({parts[name].core for name in group}) == 1
                yield tuple(sorted(group)), "去掉地名和公司类型后相同" if is_same else "字号读音相同"


def _close_groups(parts: Mapping[str, _Parts]) -> Iterator[tuple[tuple[str, ...], str]]:
    long = {name: found for name, found in parts.items() if len(_TRADE.sub("", found.core)) >= _LONG_CORE}
    for (one, a), (other, b) in combinations(long.items(), 2):
        fits = a.branch == b.branch and (a.place == b.place or not a.place or not b.place)
        if fits and a.core != b.core and _one_apart(a.core, b.core):
            yield (one, other), "字号只差一个字"


def _one_apart(one: str, other: str) -> bool:
    """True when one character was changed, added or left out; a changed number is another firm."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]


@cache
def _sound(text: str) -> str:
    """How a name is spoken, tones included: 永升 and 永生 are one, 永安 is another."""
    return " ".join(lazy_pinyin(text, style=Style.TONE3))
