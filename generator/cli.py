"""The command line: thin translations of library functions. Exit codes: see ``EXIT``."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any
from zoneinfo import ZoneInfo

import click

from generator import __version__, reporting
from generator.importing import ImportRefused, MergeProposal
from generator.problems import (
    CheckFailed,
    GateRefused,
    GeneratorError,
    MachineFailed,
    Problem,
    RequestRefused,
    RequestWrong,
    Source,
    UnsafeOutput,
)
from generator.sealed import FOUND_BY, Request

#: 0 clean · 1 data problems · 2 usage · 3 integrity refused · 4 environment · 70 our bug.
EXIT = {"data": 1, "usage": 2, "refused": 3, "machine": 4, "bug": 70}
#: So many findings of the gate are spelled out.
_MOST_FINDINGS = 200


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} 不是日期，写成 2026-01-05 这样", param, ctx)
        if not 2000 <= day.year <= 2100:
            self.fail(f"{value} 太远，年份应在 2000 到 2100 之间", param, ctx)
        return day


class _Time(click.ParamType[str]):
    name = "YYYY-MM-DDTHH:MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} 不是时间，写成 2026-01-05T09:30 这样", param, ctx)
        return (moment.astimezone(_ZONE) if moment.tzinfo else moment.replace(tzinfo=_ZONE)).isoformat(
            timespec="seconds"
        )


_ZONE = ZoneInfo("Asia/Shanghai")


def _today() -> date:
    return datetime.now(_ZONE).date()


_as_of = click.option("--as-of", type=_Day(), default=None, envvar="GONGSHI_AS_OF", help="数据说的是哪一天，缺省今天。")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root", type=click.Path(file_okay=False, path_type=Path), default=".", help="站点文件夹，写在命令之前。"
)
@click.version_option(__version__)
@click.pass_context
def gongshi(ctx: click.Context, root: Path) -> None:
    """公示栏：物业服务信息公开的静态网站生成器。"""
    if not root.is_dir():
        raise click.UsageError(f"没有这个文件夹：{root}")
    ctx.obj = root.resolve()


@gongshi.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="输出格式。")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言。")
@_as_of
@click.pass_obj
def check(root: Path, path: Path | None, form: str, lang: str, as_of: date | None) -> None:
    """检查数据和手写的页面，什么也不写。

    例：gongshi check data/firms
    """
    from generator import build

    started = time.monotonic()
    checked, everything = build.check(root, as_of or _today())
    shown = _inside(root, path) if path is not None else "."
    problems = tuple(p for p in everything if _is_under(p.source, shown))
    if form == "json":
        click.echo(json.dumps([reporting.as_json(p, lang) for p in problems], ensure_ascii=False, indent=1))
    elif form == "github":
        for problem in problems:
            click.echo(reporting.as_github(problem, lang))
    else:
        _say(reporting.text(problems, lang))
        count = sum(len(of_type) for of_type in checked.records.values()) if checked else 0
        errors = sum(p.is_error for p in problems)
        elsewhere = sum(p.is_error for p in everything) - errors
        click.echo(reporting.SUMMARY[lang].format(errors, len(problems) - errors, count, time.monotonic() - started))
        if elsewhere:
            click.echo(reporting.ELSEWHERE[lang].format(elsewhere))
    if any(problem.is_error for problem in problems):
        raise SystemExit(_exit(problems))


def _exit(problems: Iterable[Problem]) -> int:
    """A broken seal outweighs wrong data: what was published would change."""
    return EXIT["refused" if any(p.code.startswith("E6") for p in problems) else "data"]


def _inside(root: Path, path: Path) -> str:
    full = next((p.resolve() for p in (root / path, path) if p.exists()), root.parent)
    if not full.is_relative_to(root):
        raise click.UsageError(f"{path} 不在站点文件夹里，或不存在")
    return full.relative_to(root).as_posix()


def _is_under(source: Source, path: str) -> bool:
    return path == "." or source.path == path or source.path.startswith(f"{path}/")


@gongshi.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="输出文件夹，缺省 site。")
@_as_of
@click.pass_obj
def build(root: Path, out: Path | None, as_of: date | None) -> None:
    """检查、生成、逐页把关，全部通过才替换旧站。

    例：gongshi build --as-of 2026-11-24
    """
    from generator import build as recipe

    started = time.monotonic()
    folder = (out or root / "site").resolve()
    try:
        built = recipe.build(root, folder, as_of or _today(), lambda step: click.echo(f"{step} …", err=True))
    except UnsafeOutput as refused:
        raise click.UsageError(str(refused)) from None
    click.echo(f"生成 {built.pages:,} 页，{built.notices:,} 条提示，{time.monotonic() - started:.1f} 秒")
    click.echo(f"打开 {folder / 'index.html'}")


@gongshi.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="本机端口。")
@_as_of
@click.pass_obj
def serve(root: Path, port: int, as_of: date | None) -> None:
    """在本机预览，改了数据、页面或设置自动刷新；数据有错误时，页面顶上逐条说明。

    例：gongshi serve --port 8001
    """
    from generator import engine

    click.echo("生成预览 …", err=True)
    engine.serve(root / "mkdocs.yml", port, as_of, click.echo)


@gongshi.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--region", "code", required=True, help="市或区县的国标区划代码，6 位。")
def init(folder: Path, code: str) -> None:
    """新建一个城市的站点。

    例：gongshi init hefei --region 340100
    """
    from generator import founding

    try:
        written = founding.found(folder, code)
    except founding.CannotFound as refused:
        raise click.UsageError(str(refused)) from None
    for path in written:
        click.echo(f"写入 {folder / path}")
    click.echo(f"接着：gongshi --root {folder} import 表格文件 --as communities，再 gongshi --root {folder} build")
    click.echo(f"一条一条手写：gongshi --root {folder} new firm firm-shili，照样例改")


@gongshi.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "type_name", required=True, help="表里是什么，现在可用 communities（小区）。")
@click.option("--yes", is_flag=True, help="接受列的对应关系，不再询问；不合并企业，不改已有的值。")
@click.option("--update", is_flag=True, help="与已有数据不同时，用新表的值。")
@click.pass_obj
def import_(root: Path, file: Path, type_name: str, yes: bool, update: bool) -> None:
    """把表格（xlsx、xls、ods、csv）导入为记录，每一行都有交代。

    例：gongshi import 小区汇总表.xlsx --as communities
    """
    from generator import build, importing

    if not file.exists():
        raise click.UsageError(f"找不到文件 {file}")
    try:
        model = importing.record_type(type_name)
    except importing.ImportRefused as refused:
        raise click.UsageError("；".join(refused.lines)) from None
    sheets = importing.read_tables(file)
    proposal = importing.propose(sheets, model)
    checked, problems = build.check(root)
    if checked is None:
        raise CheckFailed(problems)
    _say(importing.proposal_lines(proposal))
    if not yes:
        click.confirm("按上面的对应关系导入吗？", abort=True)
    plan = importing.plan(sheets, proposal, checked, update=update, file_name=file.name)
    if not yes and (merges := _ask_merges(plan.proposals)):
        plan = importing.plan(sheets, proposal, checked, update=update, merges=merges, file_name=file.name)
    written = importing.write(root, plan)
    reports = build.report(
        root,
        {
            f"{file.stem}.csv": importing.account_rows(plan),
            f"{file.stem}-企业合并建议.csv": importing.account_merges(plan),
        },
    )
    _say(importing.summary(plan, *reports))
    _say(f"写入 {path}" for path in written or ("（没有变化）",))


@gongshi.command()
@click.argument("type_name", metavar="TYPE")
@click.argument("key", metavar="ID")
@click.pass_obj
def new(root: Path, type_name: str, key: str) -> None:
    """写一份填好的样例，照着改成自己的记录。

    TYPE 是数据的种类，写 firm、firms 或 物业服务企业 都行；ID 是新记录的编号（区域写区划代码）。

    例：gongshi new firm firm-shili
    """
    from generator import editing

    try:
        path = editing.draft(root, editing.record_type(type_name), key)
    except editing.CannotDraft as refused:
        raise click.UsageError(str(refused)) from None
    click.echo(f"写入 {path}")
    click.echo("接着：照注释改好每一行，删掉 status 那一行，再运行 gongshi check")
    if not (root / editing.SCHEMAS).exists():
        click.echo("想让编辑器边写边提示，运行一次 gongshi schema")


@gongshi.command()
@click.pass_obj
def schema(root: Path) -> None:
    """让编辑器认得 data/ 里的每个字段：补全、说明、当场标出写错的地方。

    例：gongshi schema，再用装了 YAML 扩展的 VS Code 打开站点文件夹
    """
    from generator import editing

    _say(f"写入 {path}" for path in editing.furnish(root))
    if editing.settle(root):
        click.echo(f"写入 {editing.SETTINGS}")
    else:
        click.echo(f"{editing.SETTINGS} 里有注释或写法特别，没有动它；请自己加上：")
        click.echo(editing.settings_to_add())


def _approved(command: Callable[..., None]) -> Callable[..., None]:
    """What every change of the history needs: who approved it, and when."""
    command = click.option("--at", type=_Time(), default=None, help="什么时候，缺省现在。")(command)
    return click.option(
        "--approver", "approvers", multiple=True, help="批准的岗位，写两次，两个不同的岗位；不写姓名。"
    )(command)


def _request(approvers: Sequence[str], at: str | None) -> Request:
    now = datetime.now(_ZONE).isoformat(timespec="seconds")
    return Request(approvers=tuple(approvers), at=at or now, today=_today())


@gongshi.command()
@click.argument("edition", metavar="期次编号")
@_approved
@click.pass_obj
def seal(root: Path, edition: str, approvers: tuple[str, ...], at: str | None) -> None:
    """封存一期正式榜单：从此一个字节也不会悄悄变。

    例：gongshi seal rk-2026-q1 --approver 区住建局物业科科长 --approver 区住建局分管负责人
    """
    from generator import archive

    _say(archive.seal(root, edition, _request(approvers, at)))


@gongshi.command()
@click.argument("edition", metavar="期次编号")
@click.option("--what", required=True, help="错在哪里；不写名称，写代号，如 e003 的服务质量。")
@click.option("--right", required=True, help="对的是什么。")
@click.option("--cause", required=True, help="怎么错的。")
@click.option("--found-by", required=True, type=click.Choice(FOUND_BY), help="哪一类人发现的。")
@click.option("--found-on", required=True, type=_Day(), help="哪天发现的。")
@_approved
@click.pass_obj
def correct(
    root: Path,
    edition: str,
    what: str,
    right: str,
    cause: str,
    found_by: str,
    found_on: date,
    approvers: tuple[str, ...],
    at: str | None,
) -> None:
    """更正已封存的一期：先改记录，再封存新的一版；旧的一版原样留着。

    例：gongshi correct rk-2026-q1 --what "e003 的服务质量 28.30" --right 29.50 --cause 录入看错一行 --found-by 企业
    --found-on 2026-04-02 --approver 区住建局物业科科长 --approver 区住建局分管负责人
    """
    from generator import archive

    told = {"what": what, "right": right, "cause": cause, "found_by": found_by, "found_on": found_on.isoformat()}
    _say(archive.correct(root, edition, _request(approvers, at), told))


@gongshi.command()
@click.argument("edition", metavar="期次编号")
@click.option("--reason", required=True, help="为什么修订；原来没有错，是有了新的数据。")
@_approved
@click.pass_obj
def revise(root: Path, edition: str, reason: str, approvers: tuple[str, ...], at: str | None) -> None:
    """修订已封存的一期：原来没有错，按计划换成新的数据，封存新的一版。

    例：gongshi revise rk-2026-q1 --reason 年报核定后的得分 --approver 区住建局物业科科长 --approver 区住建局分管负责人
    """
    from generator import archive

    _say(archive.revise(root, edition, _request(approvers, at), reason))


@gongshi.command()
@click.argument("edition", metavar="期次编号")
@click.argument("version", metavar="版次", type=click.IntRange(1, 9999))
@click.option("--reason", required=True, help="为什么撤回。")
@click.option("--basis", required=True, help="依据，如 复核决定书文号。")
@_approved
@click.pass_obj
def withdraw(
    root: Path, edition: str, version: int, reason: str, basis: str, approvers: tuple[str, ...], at: str | None
) -> None:
    """撤回封存的一版：它不再算数，内容和撤回的原因都留着。

    例：gongshi withdraw rk-2026-q1 1 --reason 评价程序有误 --basis 区住建局复核决定 --approver 区住建局物业科科长
    --approver 区住建局分管负责人
    """
    from generator import archive

    _say(archive.withdraw(root, edition, version, _request(approvers, at), reason, basis))


@gongshi.command()
@click.argument("edition", metavar="期次编号")
@click.argument("entries", metavar="代号...", nargs=-1, required=True)
@click.option("--ground", required=True, help="依据，如 公示期满、信用修复、法院裁定。")
@click.option("--version", type=click.IntRange(min=1), default=None, help="只从这一版撤下，如只有这一版列错了榜。")
@click.option("--yes", is_flag=True, help="不再问一遍。撤下的名称找不回来。")
@_approved
@click.pass_obj
def forget(
    root: Path,
    edition: str,
    entries: tuple[str, ...],
    ground: str,
    version: int | None,
    yes: bool,
    approvers: tuple[str, ...],
    at: str | None,
) -> None:
    """从封存的各版里撤下名称：得分和名次留着，仍可重算；日志写明依据。

    代号是最新一版（或 --version 那一版）里的，见 data/sealed/期次编号/v版次/subjects.csv。撤下前会列出名称问一遍；
    git 的旧提交里还有名称，要另行处理。

    例：gongshi forget rk-2026-q1 e007 --ground 公示期满 --approver 区住建局物业科科长 --approver 区住建局分管负责人
    """
    from generator import archive

    def agree(told: Sequence[str]) -> bool:
        _say(told)
        return yes or click.confirm("撤下上面的名称，以后找不回来。确定吗？", default=False)

    _say(archive.forget(root, edition, entries, _request(approvers, at), ground, version, agree))


@gongshi.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--since", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="以前保存的 head.txt。")
@click.option("--as-of", type=_Day(), default=None, help="按哪一天核对，缺省压缩包的日期或今天。")
@click.pass_obj
def verify(root: Path, path: Path | None, since: Path | None, as_of: date | None) -> None:
    """核对封存的榜单：每个字节、每个名次，以及什么都没有悄悄不见。

    PATH 是站点文件夹、有 sealed/ 和 log/ 的文件夹，或下载的 zip；缺省是这个站点。

    例：gongshi verify 下载/rk-2026-q1-v1.zip --since 去年存的head.txt
    """
    from generator.verifying import command

    try:
        kept = since.read_bytes() if since else None
        lines, code = command.run(command.files_of(path or root), as_of, kept, _today())
    except (command.CannotCheck, OSError) as error:
        click.echo(f"没有办法核对：{error}", err=True)
        raise SystemExit(EXIT["machine"]) from None
    _say(lines)
    if code:
        raise SystemExit(EXIT["refused"])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _ask_merges(proposals: Sequence[MergeProposal]) -> list[tuple[str, ...]]:
    """One question a group; the answer is no unless a person says which. A name that was merged is not asked again."""
    chosen: list[tuple[str, ...]] = []
    if proposals:
        click.echo("下面的名称可能是同一家企业。y 全部合并；1,2 只合并这几个；回车不合并；q 不再问。")
    for number, proposal in enumerate(proposals, 1):
        taken = {name for group in chosen for name in group}
        names = [(name, rows) for name, rows in proposal.names if name not in taken]
        if len(names) < 2:
            continue
        shown = "；".join(f"{n} {name}（{rows} 行）" for n, (name, rows) in enumerate(names, 1))
        question = f"[{number}/{len(proposals)}] {shown}"
        wanted = click.prompt(question, default="", show_default=False, value_proc=partial(_wanted, count=len(names)))
        if wanted is None:
            break
        group = tuple(names[n - 1][0] for n in wanted)
        if len(group) > 1:
            chosen.append(group)
    return chosen


def _wanted(answer: str, count: int) -> tuple[int, ...] | None:
    """Which of ``count`` names an answer means, from 1; None to stop asking. Anything else is asked again."""
    text = answer.strip().lower()
    if text in {"q", "退出"}:
        return None
    if text in {"y", "是"}:
        return tuple(range(1, count + 1))
    if text in {"", "n", "否"}:
        return ()
    parts = re.split(r"[,，、\s]+", text)
    if not all(re.fullmatch(r"[1-9][0-9]?", part) and int(part) <= count for part in parts):
        raise click.UsageError(f"看不懂「{answer}」：答 y、编号（如 1,2）、回车或 q")
    return tuple(dict.fromkeys(map(int, parts)))


def _our_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw: a file to send us, and the exit code for it. Never a traceback on the screen."""
    if issubclass(kind, BrokenPipeError):
        os._exit(EXIT["machine"])  # whoever read our output has stopped reading
    if issubclass(kind, KeyboardInterrupt):
        click.echo("已中断，旧站没有动", err=True)
    else:
        with tempfile.NamedTemporaryFile("w", prefix="gongshi-", suffix=".txt", delete=False, encoding="utf-8") as file:
            traceback.print_exception(kind, error, trace, file=file)
        click.echo(
            f"程序出了没有料到的错（{kind.__name__}），旧站没有动。请把这个文件发给维护者：{file.name}", err=True
        )
    sys.stdout.flush()
    os._exit(EXIT["bug"])


def _usage(error: click.ClickException) -> str:
    """What click says of a wrong command line, in Chinese."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else "gongshi"
    if isinstance(error, click.NoSuchOption):
        said = f"没有选项 {error.option_name}" + (
            f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        )
    elif isinstance(error, click.MissingParameter):
        said = f"缺少 {_name(error.param)}"
    elif found := re.fullmatch(r"No such command '(.+)'\.?", error.message):
        said = f"没有命令 {found.group(1)}"
    elif isinstance(error, click.BadParameter) and not re.search(r"[\u4e00-\u9fff]", error.message):
        said = f"{_name(error.param)} 的值不对：{_wanted_of(error.param) or error.message}"
    elif isinstance(error, click.BadOptionUsage):
        said = f"{error.option_name} 后面要写上值"
    else:
        said = error.message
    return f"{said}\n用法见 {path} --help；--root 写在命令之前"


def _name(param: click.Parameter | None) -> str:
    """A parameter as it is typed."""
    if param is None:
        return "参数"
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(click.Context(gongshi))


def _wanted_of(param: click.Parameter | None) -> str:
    """What a parameter takes, in Chinese; empty where only click can say it."""
    kind = param.type if param else None
    if isinstance(kind, click.Choice):
        return f"从 {'、'.join(map(str, kind.choices))} 里选一个"
    if isinstance(kind, click.IntRange):
        most = f"到 {kind.max} 的" if kind.max is not None else "以上的"
        return f"写 {kind.min} {most}整数"
    return "没有这个文件或文件夹" if isinstance(kind, click.Path) else ""


def main() -> None:
    """Entry point: every failure becomes lines a clerk can act on and an exit code a script can read."""
    sys.excepthook = _our_bug
    try:
        gongshi(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("已取消，什么也没有写", err=True)
        sys.exit(EXIT["usage"])
    except click.ClickException as error:
        click.echo(_usage(error), err=True)
        sys.exit(EXIT["usage"])
    except CheckFailed as failed:
        _say(reporting.text([p for p in failed.problems if p.is_error], "zh"))
        click.echo("数据有错误，什么也没有写", err=True)
        sys.exit(_exit(failed.problems))
    except ImportRefused as refused_import:
        _say(refused_import.lines)
        sys.exit(EXIT["data"])
    except GateRefused as refused:
        for finding in refused.findings[:_MOST_FINDINGS]:
            click.echo(finding, err=True)
        click.echo(f"成品没有通过把关（{len(refused.findings)} 处），旧站没有动", err=True)
        sys.exit(EXIT["refused"])
    except RequestWrong as wrong:
        click.echo(_usage(click.UsageError(str(wrong))), err=True)
        sys.exit(EXIT["usage"])
    except RequestRefused as refused_request:
        click.echo(f"没有做，什么也没有写：{refused_request}", err=True)
        sys.exit(EXIT["refused"])
    except MachineFailed as failed:
        click.echo(f"机器出了问题，旧站没有动：{failed}", err=True)
        sys.exit(EXIT["machine"])
    except GeneratorError as error:
        click.echo(str(error), err=True)
        sys.exit(EXIT["data"])
