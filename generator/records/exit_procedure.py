"""物业项目退出程序: how owners end a firm's service, stage by stage; nobody else can."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Happened, Id, Line, Prose, Ref
from generator.records.base import BasisDoc, IdentifiedRecord, field, items
from generator.records.vote import Vote


class StartedBy(Choice):
    """Who starts and decides it: the owners' assembly, never a government (民法典 278; domain §1, N14)."""

    OWNERS_ASSEMBLY = "owners_assembly", "业主大会"


class ExitProcedure(IdentifiedRecord):
    """One owners' assembly ending one firm's service of one community, from the vote to the hand-over.

    The authority's ``measure`` says that one followed from a list; this is the course it takes, with or without a list.
    """

    type_name: ClassVar[str] = "exit_procedure"
    folder: ClassVar[str] = "exit_procedures"
    title: ClassVar[str] = "物业项目退出程序"
    about: ClassVar[str] = "业主大会要不要换物业：为什么、怎么表决的、哪天通知和交接、谁接替。由业主大会启动和决定。"

    community: Annotated[Id, Ref("community")] = field("小区", "小区编号", required=True)
    firm: Annotated[Id, Ref("firm")] = field("企业", "要退出的企业", required=True)
    started_by: StartedBy = field("由谁启动", "只能是业主大会", required=True)
    started_on: Annotated[Day, Happened()] = field("启动日期", "业主大会开始表决的日期", required=True)
    entry: Annotated[Id, Ref("list_entry")] | None = field("上榜记录", "因为上榜的，填哪一条；它撤下时这一条一起撤下")
    reason: Prose | None = field("起因", "不是因为上榜的，写事实")
    vote: Vote | None = field("业主大会表决", "表决完了的填")
    decided_on: Annotated[Day, Happened()] | None = field("决定日期", "表决通过的日期")
    notice_given_on: Annotated[Day, Happened()] | None = field(
        "书面通知日期", "决定解聘的，提前六十日通知企业（民法典 946）"
    )
    handover_from: Day | None = field("交接开始")
    handover_on: Annotated[Day, Happened()] | None = field("交接完成")
    successor: Annotated[Id, Ref("firm")] | None = field("接替企业", "企业编号")
    successor_name: Line | None = field("接替者名称", "本站没有它的记录的，写名称")
    ended_on: Annotated[Day, Happened()] | None = field("终止日期", "没有通过或撤回，程序到此为止")
    ended_reason: Line | None = field("为什么终止")
    basis_docs: tuple[BasisDoc, ...] = items("依据")
