"""Recipes that add to the history: seal, correct, revise, withdraw, forget. Each verifies its result, then writes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from generator import checking, editions, messages, reading, sealed, sealing, verifying, writing
from generator.dataset import Dataset
from generator.editions import Edition
from generator.kinds import Line
from generator.problems import CheckFailed, Problem, RequestRefused, RequestWrong, Source
from generator.records import Community, Firm, Organization, PolicyDocument, Region
from generator.sealed import DECIDED, History, Request, Version
from generator.sealing import Act, Named
from generator.verifying.fingerprints import grouped, names_of, sha256

#: What these verbs are for: records that say something else than a seal do not stand in their way.
_SETTLED_HERE = frozenset({"E611", "E612"})
#: A post ends with one of these words; a person's name after its title does not.
_POST = re.compile(r"(?:[局处科股室部委办站所院司组厅岗长员会]|主任|书记|经理|负责人|中心|街道|专干|主管|顾问)$")
#: Names shorter than this are also common words.
_SHORTEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A site and its history while one thing is added."""

    root: Path
    dataset: Dataset
    files: Mapping[str, bytes]
    past: History
    request: Request

    @property
    def origin(self) -> str:
        return f"gongshi/{self.dataset.site.region or 'site'}"

    def edition(self, key: str) -> Edition:
        found = editions.gather(self.dataset).get(key)
        if found is None:
            known = "、".join(sorted(editions.gather(self.dataset))) or "还没有一期"
            raise RequestWrong(f"没有这一期：{key}；有的是 {known}")
        return found

    def version(self, key: str, number: int | None = None) -> Version:
        held = self.past.versions.get(key, ())
        found = next((one for one in reversed(held) if number in {None, one.number}), None)
        if found is None:
            raise RequestWrong(f"{key} {f'第 {number} 版' if number else ''}还没有封存")
        return found

    def act(self, kind: str, reason: str, **more: Any) -> Act:
        return Act(kind=kind, at=self.request.at, approvers=self.request.approvers, reason=reason, more=more)


def seal(root: Path, key: str, request: Request) -> tuple[str, ...]:
    """Seal the first version of a final edition; returns lines to show."""
    with writing.locked(root):
        desk = _desk(root, request, must_be_clean=True)
        if key in desk.past.versions:
            raise RequestRefused(f"{key} 已经封存过；更正用 gongshi correct，修订用 gongshi revise")
        return _made(desk, _decided(desk, key), 1, desk.act("seal", "正式结果"))


def correct(root: Path, key: str, request: Request, said: Mapping[str, str]) -> tuple[str, ...]:
    """Seal a version that puts a mistake right. ``said``: what, right, cause, found_by, found_on."""
    if said["found_on"] > request.at[:10]:
        raise RequestWrong(f"发现日期 {said['found_on']} 晚于更正的时间 {request.at}")
    return _remake(root, key, request, "correct", said["cause"], said)


def revise(root: Path, key: str, request: Request, reason: str) -> tuple[str, ...]:
    """Seal a version that was not wrong before: new data, planned."""
    return _remake(root, key, request, "revise", reason, {})


def _remake(root: Path, key: str, request: Request, kind: str, reason: str, said: Mapping[str, str]) -> tuple[str, ...]:
    with writing.locked(root):
        desk = _desk(root, request, must_be_clean=True)
        old, edition = desk.version(key), _decided(desk, key)
        found = sealed.records_differ(edition, old, names=True)
        if not found:
            raise RequestRefused(f"{key} 的记录和封存的第 {old.number} 版没有不同，没有什么要封存")
        _plain(desk, key, [reason, *said.values()])
        number = sealing.number(desk.files, request.at)
        act = desk.act(kind, reason, number=number, **{"class": sealed.grade(found)}, **said)
        return (f"{number}：{sealed.shown(found)}", *_made(desk, edition, old.number + 1, act, old))


def withdraw(root: Path, key: str, number: int, request: Request, reason: str, basis: str) -> tuple[str, ...]:
    """Say of a version that it no longer counts; it stays, with its numbers."""
    with writing.locked(root):
        desk = _desk(root, request)
        if desk.version(key, number).is_withdrawn:
            raise RequestRefused(f"{key} 第 {number} 版已经撤回")
        _plain(desk, key, [reason, basis])
        act = desk.act("withdraw", reason, basis=basis)
        return _write(desk, sealing.log_entry(desk.files, key, number, act, desk.origin))


def forget(
    root: Path,
    key: str,
    names: Sequence[str],
    request: Request,
    ground: str,
    number: int | None = None,
    agree: Callable[[Sequence[str]], bool] = lambda lines: True,
) -> tuple[str, ...]:
    """Take down the names of entries of the newest version, and of the same subjects in all versions of the edition.

    ``number``: those of one version alone, where only that one was wrong about them. ``agree`` is told, a line each,
    whose name goes from which version, and may say no: what was forgotten cannot be brought back.
    """
    with writing.locked(root):
        desk = _desk(root, request)
        newest = desk.version(key, number)
        if unknown := sorted({*names} - {*newest.sheets}):
            where = f"data/{sealing.folder(key, newest.number)}subjects.csv"
            raise RequestWrong(f"{key} 第 {newest.number} 版没有 {'、'.join(unknown)}；代号见 {where}")
        _plain(desk, key, [ground])
        people = {row.who for row in newest.edition.rows if row.key in names and any(row.who)}
        files, changed, told = dict(desk.files), dict[str, bytes](), list[str]()
        for version in (one for one in desk.past.versions[key] if number in {None, one.number}):
            same = {row.key for row in version.edition.rows if row.who in people}
            entries = sorted(same | ({*names} if version is newest else set()))
            if not entries:
                continue
            known = (row for row in version.edition.rows if row.key in entries and row.name)
            told += (f"第 {version.number} 版 {row.key}：{row.name}" for row in known)
            logged = {name for entry in version.later for name in entry.get("entries", ())}
            act = desk.act("forget", ground)
            fresh = (
                verifying.redacted(files, key, version.number, entries)
                if {*entries} <= logged
                else sealing.forgotten(files, key, version.number, entries, act, desk.origin)
            )
            files, changed = files | fresh, changed | fresh
        if told and not agree(told):
            raise RequestRefused("没有同意，什么也没有写")
        return _write(desk, changed)


def _desk(root: Path, request: Request, *, must_be_clean: bool = False) -> _Desk:
    """Everything read and checked. What only a seal says otherwise is no obstacle."""
    _posts(request.approvers)
    if must_be_clean and (changed := reading.unclean(root)):
        raise RequestRefused(f"data/ 还有改动没有提交：{'、'.join(changed[:5])}；先 git add -A，再 git commit")
    checked = checking.inspect(root, request.today)
    blocking = [one for one in checked.problems if one.is_error and one.code not in _SETTLED_HERE]
    if not must_be_clean:
        blocking = [one for one in blocking if one.code.startswith("E6") and one.code != "E608"]
    if checked.dataset is None or blocking:
        raise CheckFailed(blocking or checked.problems)
    past = sealed.history(checked.read.sealed)
    if request.at[:10] > request.today.isoformat():
        raise RequestWrong(f"时间 {request.at} 还没有到")
    if past.log and request.at < past.log[-1]["at"]:
        raise RequestWrong(f"时间 {request.at} 早于日志的最后一条 {past.log[-1]['at']}")
    return _Desk(root=root, dataset=checked.dataset, files=checked.read.sealed, past=past, request=request)


def _decided(desk: _Desk, key: str) -> Edition:
    edition = desk.edition(key)
    if edition.record.phase not in DECIDED:
        raise RequestRefused(f"{key} 现在是「{edition.record.phase.label}」，只有正式结果可以封存")
    decided = edition.record.decided_on
    if decided and desk.request.at[:10] < decided.isoformat():
        raise RequestWrong(f"时间 {desk.request.at} 早于决定日期 {decided.isoformat()}")
    return edition


def _posts(approvers: Sequence[str]) -> None:
    """Two different posts, never persons."""
    if len({*approvers}) < 2:
        raise RequestWrong("要两个不同岗位的人批准：--approver 岗位 --approver 另一个岗位")
    for one in approvers:
        _line(one)
        if not _POST.search(one):
            raise RequestWrong(f"批准人写岗位，岗位写在最后，不写姓名：{one}；如 区住建局物业科科长")


def _line(text: str) -> None:
    try:
        TypeAdapter(Line).validate_python(text)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        values = {name: str(value) for name, value in found.get("ctx", {}).items()}
        raise RequestWrong(" ".join(messages.explain(Problem(found["type"], Source(""), values), "zh"))) from None


def _plain(desk: _Desk, key: str, texts: Iterable[str]) -> None:
    """The log is for ever: one line each, and nobody's name in it."""
    rows = (row for version in desk.past.versions.get(key, ()) for row in version.edition.rows)
    names = {name for row in rows for name in row.names if name}
    for firm in desk.dataset.of(Firm).values():
        names |= {firm.name, *firm.aliases, *(former.name for former in firm.former_names)}
    for community in desk.dataset.of(Community).values():
        names |= {community.name, *community.aliases}
    for text in texts:
        _line(text)
        if found := next((name for name in sorted(names) if len(name) >= _SHORTEST and name in text), None):
            raise RequestWrong(f"日志永远保留，不写名称（{found}），写代号，如 e003")


def _made(desk: _Desk, edition: Edition, number: int, act: Act, old: Version | None = None) -> tuple[str, ...]:
    salts = [secrets.token_hex(sealing.SALT_BYTES) for _ in edition.rows]
    key = edition.record.id
    fresh = sealing.sealed(desk.files, edition, number, salts, act, _named(desk, edition), desk.origin)
    if entries := _left_before(edition, old):
        again = Act(kind="forget", at=act.at, approvers=act.approvers, reason="上一版已撤下", more={})
        fresh |= sealing.forgotten({**desk.files, **fresh}, key, number, entries, again, desk.origin)
    return _write(desk, fresh)


def _left_before(edition: Edition, old: Version | None) -> list[str]:
    """Entries of a new version whose names had left the one before: a correction brings nobody back."""
    if old is None or not old.left:
        return []
    known = {row.who for row in old.edition.rows if any(row.who)}
    rows = sealed.published(edition)
    return [name for name, row in zip(names_of(len(rows)), rows, strict=True) if row.who not in known]


def _named(desk: _Desk, edition: Edition) -> Named:
    record, scheme = edition.record, edition.scheme
    regions, organizations = desk.dataset.of(Region), desk.dataset.of(Organization)
    chain: list[str] = []
    here: str | None = record.region
    while here is not None and here in regions and regions[here].name not in chain:
        chain.append(regions[here].name)
        here = regions[here].parent
    publisher = organizations.get(record.publisher or "")
    issuer = organizations.get(scheme.issuer)
    cited = {one.document for row in edition.rows for entry in row.entries for one in entry.basis_docs}
    documents = desk.dataset.of(PolicyDocument).items()
    return Named(
        region=" ".join(reversed(chain)),
        publisher=publisher.name if publisher else record.content_source or "",
        issuer=issuer.name if issuer else "",
        documents={key: document.name for key, document in documents if key in cited},
    )


def _write(desk: _Desk, fresh: Mapping[str, bytes]) -> tuple[str, ...]:
    """Verify the history as it will be, as a continuation of the one that is there; then write it."""
    after = {**desk.files, **fresh}
    found = verifying.verify(after, desk.request.today, desk.files.get("log/head.txt"))
    if found:
        raise RequestRefused("；".join(one.sentence for one in found[:3]))
    data, folders = desk.root / "data", dict[str, dict[str, bytes]]()
    for path, raw in fresh.items():
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, {})[name] = raw
    log = folders.pop("log", {})
    new = [folder for folder in folders if not (data / folder).exists()]
    for folder in new:
        writing.add_folder(data / folder, folders.pop(folder))
    for name in sorted(set(log) - {"head.txt"}):
        writing.add_file(data / "log" / name, log[name])
    if log:
        writing.remove_file(data / "log/head.txt.sig")
        writing.write_bytes(data / "log/head.txt", log["head.txt"])
    for folder, files in folders.items():
        for name in sorted(files, reverse=True):  # the table first: the page follows from it
            writing.write_bytes(data / folder / name, files[name])
    return tuple(_told(desk.root, fresh, after))


def _told(root: Path, fresh: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterable[str]:
    yield from (f"写入 data/{path}" for path in sorted(fresh))
    for path in sorted(fresh):
        if path.endswith("/manifest.txt"):
            yield f"{path.removesuffix('/manifest.txt')} 的指纹：{grouped(sha256(fresh[path]))}"
    lines = after["log/head.txt"].decode().splitlines()
    yield f"日志头的指纹：{lines[4]}（共 {lines[1]} 条）。登在公众号、新闻稿里：改不了别处登过的，才防得住整体改写"
    if reading.in_git(root):
        yield "下一步：git add -A，git commit，再 gongshi check 和 gongshi build"
    else:
        yield "这个文件夹不在 git 里，封存的只有这一份：先 git init，把 data/ 提交到别处也有的仓库"
