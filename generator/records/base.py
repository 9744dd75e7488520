"""What every record shares: how a field is declared, and the fields of domain §3.0."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from generator.kinds import (
    PHONE_PATTERNS,
    AsOf,
    Choice,
    Consent,
    Day,
    DocNo,
    Flag,
    Id,
    Internal,
    Line,
    PhoneKind,
    PhoneNumber,
    Prose,
    Public,
    Ref,
    Url,
)


def field(label: str, about: str = "", *, also: tuple[str, ...] = (), required: bool = False) -> Any:
    """Declare one field: its Chinese label, what it means with unit and basis, other headers it is known by.

    ``also`` lists the headers under which spreadsheets carry the same thing; only ``import`` reads them.
    """
    default: Any = ... if required else None
    return Field(default, title=label, description=about or label, json_schema_extra={"also": list(also)})


def items(label: str, about: str = "", *, also: tuple[str, ...] = ()) -> Any:
    """Declare a list; empty when absent."""
    return Field((), title=label, description=about or label, json_schema_extra={"also": list(also)})


def named_items(label: str, about: str = "") -> Any:
    """Declare values by name, one table column each: ``scores.service_quality``; empty when absent."""
    return Field({}, title=label, description=about or label, json_schema_extra={"also": []})


class Part(BaseModel):
    """A group of fields inside a record."""

    #: The field that a table column named after a list of these means: 客服电话 is 客服电话.1.号码.
    main: ClassVar[str] = ""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Status(Choice):
    """Whether a record is on the site. Only ``published`` is."""

    DRAFT = "draft", "草稿"
    REVIEW = "review", "待审"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已更新"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已停止公示"


class BasisStatus(Choice):
    """Whether somebody has held the record against the text of its basis."""

    VERIFIED = "verified", "已核"
    UNVERIFIED = "unverified", "待核"
    NONE = "none", "无"


class BasisKind(Choice):
    """What a charge or a list entry rests on (domain §3.7 收费依据)."""

    DOCUMENT = "document", "文件"
    CONTRACT = "contract", "合同条款"
    OWNERS_DECISION = "owners_decision", "业主大会决定"


class BasisDoc(Part):
    """One document, contract clause or owners' decision that something rests on: by name, or by its record."""

    kind: BasisKind = field("类别", required=True)
    document: Annotated[Id, Ref("policy_document")] | None = field("政策文件", "本站有这份文件的，填文件编号")
    title: Line | None = field("名称", "文件、合同或决定的名称；填了政策文件就不用填")
    doc_no: DocNo | None = field("文号", "没有就留空，页面显示「文号：无」，不可编造")
    clause: Line | None = field("条款", "第几条")
    url: Url | None = field("链接", "发布机关的原文")


class Correction(Part):
    """A correction that was published; corrections are listed, never silent."""

    date: Day = field("日期", required=True)
    what: Line = field("更正内容", required=True)
    why: Line = field("原因", required=True)


class Phone(Part):
    """A telephone number the public may call (domain §3.22)."""

    main: ClassVar[str] = "number"

    model_config = ConfigDict(json_schema_extra={"required": ["number"]})  # who leaves the kind out gets it below

    kind: PhoneKind = field("类别", "留空则由号码看出", required=True)
    number: PhoneNumber = field("号码", "固定电话写区号，如 0551-62345678", required=True)
    label: Line | None = field("用途", "客服、报修、投诉监督、应急值班…")
    hours: Line | None = field("时间", "如 每日 8:00–20:00")
    is_24h: Flag | None = field("24 小时", "是 / 否")
    consent_ref: Annotated[Consent, Internal()] | None = field("同意公开编号", "工作手机必填：本人同意公开的内部编号")

    @model_validator(mode="before")
    @classmethod
    def _kind_from_number(cls, values: Any) -> Any:
        """A number shows what kind it is; staff who add a column of numbers need not add one of kinds.

        One that shows none is refused itself, and nobody is asked for its kind besides.
        """
        if isinstance(values, dict) and "kind" not in values and isinstance(values.get("number"), str):
            number, patterns = values["number"], PHONE_PATTERNS.items()
            shown = (kind for kind, (pattern, _) in patterns if re.fullmatch(pattern, number, re.ASCII))
            return {"kind": next(shown, PhoneKind.LANDLINE).value, **values}
        return values


class Record(Part):
    """Fields common to every record (domain §3.0)."""

    #: Singular identifier, such as ``fee_standard``.
    type_name: ClassVar[str]
    #: Folder under ``data/`` and first part of an address, such as ``fee_standards``.
    folder: ClassVar[str]
    #: What one record is called in Chinese.
    title: ClassVar[str]
    #: What one record is and is not, in Chinese, for the data dictionary.
    about: ClassVar[str]
    #: The field that identifies a record within its type and is its address.
    key_field: ClassVar[str] = "id"

    status: Status = Field(Status.PUBLISHED, title="数据状态", description="缺省为 已发布；其他状态不上站")
    publisher: Annotated[Id, Ref("organization")] | None = field("发布机构", "机构编号；缺省取 data/site.yml")
    content_source: Annotated[Line, Public()] | None = field("信息来源", "谁提供的；缺省取 data/site.yml")
    generated_on: Day | None = field("生成日期")
    published_on: Day | None = field("发布日期")
    as_of: Annotated[AsOf, Public()] = field("数据截止日期", "年、年-月或年-月-日；来源没有注明就写 unknown")
    valid_from: Day | None = field("有效期起")
    valid_to: Day | None = field("有效期止", "留空为长期")
    display_until: Day | None = field("停止公示日期", "过了这一天，记录自动从站点撤下")
    basis_status: BasisStatus = Field(BasisStatus.UNVERIFIED, title="依据核实状态", description="缺省为 待核")
    source_url: Url | None = field("来源链接")
    source_retrieved_on: Day | None = field("来源查阅日期")
    correction: tuple[Correction, ...] = items("更正说明")
    approx: Flag | None = field("约数", "来源写 余、多、超、约 时填 是")
    display: Line | None = field("约数原文", "原样印出，如 600余人次")
    note: Prose | None = field("备注", "", also=("说明",))

    @property
    def key(self) -> str:
        """What identifies the record within its type, and its address."""
        return str(getattr(self, self.key_field))

    def as_shown(self, as_of: date) -> Self:
        """The record without what in it may not be shown any more on the day."""
        return self


class IdentifiedRecord(Record):
    """A record whose key is an ``id`` that is never reused and never renamed: it is the address."""

    id: Id = field("编号", "小写字母、数字和连字符，3–40 个字符；一经发布不得更改", required=True)
