"""服务关系: who serves a community, by what contract, from when to when (服务期限)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Happened, Id, Line, Public, Ref
from generator.records.base import IdentifiedRecord, field


class ContractKind(Choice):
    """How the service came about."""

    PRELIMINARY = "preliminary", "前期物业服务合同"
    OWNERS = "owners", "业主选聘合同"
    TEMPORARY = "temporary", "应急（临时）物业服务"
    TRUSTEESHIP = "trusteeship", "托管"
    BACKSTOP = "backstop", "兜底（街道、社区代管）"
    SELF_MANAGED = "self_managed", "业主（单位）自管"
    DE_FACTO = "de_facto", "事实服务（无书面合同）"

    @property
    def needs_firm(self) -> bool:
        """False where a community may be looked after without any firm."""
        return self not in {ContractKind.BACKSTOP, ContractKind.SELF_MANAGED}

    @property
    def is_contract(self) -> bool:
        """False where nobody signed anything, so that no article on contracts speaks of it."""
        return self.needs_firm and self is not ContractKind.DE_FACTO


class PartyA(Choice):
    """Who signed for the owners' side."""

    DEVELOPER = "developer", "建设单位"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    OWNERS_ASSEMBLY = "owners_assembly", "业主大会"
    PROPERTY_MGMT_COMMITTEE = "property_mgmt_committee", "物业管理委员会"
    SUBDISTRICT = "subdistrict", "街道办事处（乡镇政府）"
    RESIDENTS_COMMITTEE = "residents_committee", "社区居委会"


class TermKind(Choice):
    """What the contract says about its end."""

    FIXED = "fixed", "定期"
    INDEFINITE = "indefinite", "不定期"
    UNTIL_OWNERS_CONTRACT = "until_owners_contract", "至业主合同生效"


class EndReason(Choice):
    """Why a service ended."""

    EXPIRED_NOT_RENEWED = "expired_not_renewed", "期满不续"
    OWNERS_DISMISSED = "owners_dismissed", "业主共同决定解聘"
    FIRM_WITHDREW = "firm_withdrew", "企业退出"
    REPLACED_BY_NEW = "replaced_by_new", "新合同生效，前期合同终止"
    RESCINDED = "rescinded", "解除"
    OTHER = "other", "其他"


class NoticeBy(Choice):
    """Who gave notice of leaving."""

    FIRM = "firm", "物业服务企业"
    OWNERS = "owners", "业主"


class ChargeMode(Choice):
    """Who carries profit and loss; it decides what must be published (domain §4.1)."""

    LUMP_SUM = "lump_sum", "包干制"
    COMMISSION = "commission", "酬金制"
    OTHER = "other", "其他"


class Engagement(IdentifiedRecord):
    """One service relation between a community and whoever looks after it.

    Published by the firm on its board and by the authority (民法典 第九百三十八条 服务期限). A term that
    has run out is not "no service": see ``facts.service_state`` (民法典 948, 950). Not the contract itself.
    """

    type_name: ClassVar[str] = "engagement"
    folder: ClassVar[str] = "engagements"
    title: ClassVar[str] = "服务关系"
    about: ClassVar[str] = "谁从什么时候到什么时候、按什么合同服务一个小区。不是合同文本；期满不等于没有物业。"

    community: Annotated[Id, Ref("community")] = field("小区", "小区编号", required=True)
    firm: Annotated[Id, Ref("firm")] | None = field("企业", "企业编号；自管和兜底可以没有企业")
    provider: Line | None = field("管理主体", "没有企业时照来源写，如 街道办事处代管")
    contract_kind: Annotated[ContractKind, Public()] | None = field("合同类型")
    party_a: Annotated[PartyA, Public()] | None = field("甲方")
    signed_on: Annotated[Day, Happened()] | None = field("签订日期")
    filed_on: Annotated[Day, Happened()] | None = field("备案日期")
    filing_no: Line | None = field("备案号")
    term_kind: Annotated[TermKind, Public()] | None = field("期限类型")
    term_start: Annotated[Day, Public()] | None = field("服务期限起")
    term_end: Day | None = field("服务期限止", "定期合同必填")
    ended_on: Annotated[Day, Happened()] | None = field("实际终止日期", "已经撤场或交接完才填；期满仍在服务不填")
    end_reason: EndReason | None = field("终止原因")
    handover_until: Day | None = field("交接截止日期", "终止后仍在交接时填写")
    exit_notice_on: Annotated[Day, Happened()] | None = field("退出通知日期")
    exit_notice_by: NoticeBy | None = field("退出通知方")
    grade: Annotated[Id, Ref("grade")] | None = field("服务等级", "等级编号")
    charge_mode: Annotated[ChargeMode, Public()] | None = field("计费方式", "包干制或酬金制")
    contract_doc: Line | None = field("合同公示", "公示位置或脱敏后的文件名")
