"""Spreadsheets -> records under ``data/``. The command line reads, proposes, plans, shows, and only then writes:

    sheets = read_tables(path)
    proposal = propose(sheets, record_type("communities"))
    found = plan(sheets, proposal, dataset, update=False, file_name=path.name)
    write(root, found)

Only ``read_tables`` and ``write`` touch a disk. A file that cannot be imported raises ``ImportRefused``.
"""

from __future__ import annotations

from generator import schema
from generator.importing.accounting import account_merges, account_rows, summary
from generator.importing.applying import write
from generator.importing.columns import Proposal, proposal_lines, propose
from generator.importing.planning import plan
from generator.importing.plans import FindingKind, ImportRefused, MergeProposal, Outcome, Plan, RowOutcome
from generator.importing.tables import Row, Sheet, read_tables
from generator.problems import MachineFailed
from generator.records import Community, Record

#: Types that can be imported so far.
IMPORTABLE: tuple[type[Record], ...] = (Community,)


def record_type(name: str) -> type[Record]:
    """The type a person names, singular, plural or in Chinese; refuses those that cannot be imported yet."""
    for model in IMPORTABLE:
        if name in {model.type_name, model.folder, model.title}:
            return model
    known = "、".join(f"{model.folder}（{model.title}）" for model in IMPORTABLE)
    is_type = name in schema.BY_NAME or name in schema.BY_FOLDER
    raise ImportRefused(f"{'还不能导入' if is_type else '没有这种数据：'}{name}。可以导入：{known}")


__all__ = [
    "IMPORTABLE",
    "FindingKind",
    "ImportRefused",
    "MachineFailed",
    "MergeProposal",
    "Outcome",
    "Plan",
    "Proposal",
    "Row",
    "RowOutcome",
    "Sheet",
    "account_merges",
    "account_rows",
    "plan",
    "proposal_lines",
    "propose",
    "read_tables",
    "record_type",
    "summary",
    "write",
]
