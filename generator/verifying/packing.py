"""What a reader takes home: ``verify.py`` in one file, and an archive of one version with everything to check it."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from generator.verifying.fingerprints import dumps

_HERE = Path(__file__).parent
#: What ``verify.py`` is made of, each using only those before it.
_MODULES = (
    _HERE.parent / "rankings.py",
    *(
        _HERE / f"{name}.py"
        for name in (
            "fingerprints",
            "findings",
            "locating",
            "recomputing",
            "inspecting",
            "logbook",
            "checking",
            "command",
        )
    ),
)

_TOP = '''#!/usr/bin/env python3
"""核对封存的榜单。只要 Python 3.10 或更新的版本，不装任何东西，不联网。

    python verify.py                    核对这个文件旁边的 sealed/ 和 log/
    python verify.py 榜单.zip           核对一个压缩包，不用解压
    python verify.py --since head.txt   再和自己以前保存的 head.txt 比

退出码：0 一致，3 不一致，4 没有办法核对。
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 10):
    sys.stderr.write("Python 3.10+\\n")
    raise SystemExit(4)
'''

_END = """

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
"""

_README = """这个压缩包里是一期榜单封存的一版，和核对它的程序。

sealed/{edition}/v{version}/
  notice.json    这一期的说明和办法全文、各期是否举行、谁批准、什么时候封存
  method.json    办法写成的算法：分值、折算、榜单规则、并列怎么办
  scores.csv     各对象的得分（只有代号，没有名称）
  ranking.csv    公布的总分、等级、名次、榜单（只有代号）
  subjects.csv   代号是谁、列入理由和答复。公示期满或依法撤下的行已经不在
  page.html      可以直接用浏览器打开的一页
  fields.json    每行、每列、每格的短指纹：有改动时能说出改在哪里
  manifest.txt   每个文件的 SHA-256；subjects.csv 一行一个
log/
  000001.json …  封存、更正、修订、撤回、撤下名称，一条一个文件，后一条记着前一条的指纹
  head.txt       日志头：来源、条数、RFC 6962 默克尔树根、日期、短指纹
state.json       压缩包是哪一天的、里面有哪一版

怎么核对：装有 Python 3.10 或更新版本的电脑上，在这个文件夹里运行

    python verify.py

它核对每个文件和封存时一样，用 scores.csv 和 method.json 重新算出每个总分、等级、名次和榜单，再和 ranking.csv、
page.html 比。撤下的行只少了名称，名次照样能重算。

只有一样它看不出来：有人把榜单、清单、日志和日志头一起改写。请把 head.txt 另存一份，以后用

    python verify.py --since 另存的head.txt

再核对一次；也可以和别处公布的短指纹比。
"""


@cache
def program() -> str:
    """``verify.py``: our modules one after the other, without what they import from each other."""
    return "\n\n".join((_TOP, *(_alone(path.read_text(encoding="utf-8")) for path in _MODULES))) + _END


def _alone(source: str) -> str:
    lines = source.splitlines()
    for node in ast.parse(source).body:
        is_ours = isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"generator", "__future__"}
        if is_ours or node.lineno == 1:
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    return "\n".join(lines).strip("\n")


def archive(files: Mapping[str, bytes], edition: str, version: int, as_of: date) -> bytes:
    """One version as a zip: its files, the log, the program and how to use it. Same arguments, same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as zipped:
        for name, raw in sorted(_packed(files, edition, version, as_of)):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            zipped.writestr(member, raw)
    return held.getvalue()


def _packed(files: Mapping[str, bytes], edition: str, version: int, as_of: date) -> Iterator[tuple[str, bytes]]:
    for path, raw in files.items():
        if path.startswith((f"sealed/{edition}/v{version}/", "log/")):
            yield path, raw
    yield "state.json", dumps({"as_of": as_of.isoformat(), "holds": [[edition, version]]})
    yield "verify.py", program().encode()
    yield "README.txt", _README.format(edition=edition, version=version).encode()
