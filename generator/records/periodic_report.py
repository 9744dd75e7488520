"""What every periodic report says: about which community and period, prepared by whom, audited or not (domain §3.9)."""

from __future__ import annotations

from typing import Annotated

from generator.kinds import Day, Flag, Happened, Id, Line, Public, Ref, Role
from generator.records.base import IdentifiedRecord, field
from generator.records.period import Period


class PeriodicReport(IdentifiedRecord):
    """One report of one community about one period. Totals only: no owner, no door, no account number."""

    community: Annotated[Id, Ref("community")] = field("小区", "小区编号", required=True)
    firm: Annotated[Id, Ref("firm")] | None = field("企业", "这一期服务的企业，企业编号；自管、代管的留空")
    period: Period = field("期间", "从哪天到哪天，两头都算", required=True)
    prepared_by: Annotated[Role, Public()] | None = field("编制", "岗位或机构，如 项目财务岗；不写人名")
    prepared_on: Annotated[Day, Happened()] | None = field("编制日期")
    audited: Flag | None = field("经过审计", "是 / 否")
    auditor: Line | None = field("审计机构", "经过审计的填")
