"""考核评价办法: how a ranking is made, as data: dimensions, weights, vetoes, levels, lists, ties, procedure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar

from generator.kinds import (
    Choice,
    Count,
    DocNo,
    Flag,
    Id,
    Line,
    Name,
    Percent,
    Points,
    Prose,
    Ref,
    RegionCode,
    Symbol,
    Times,
)
from generator.records.base import BasisDoc, IdentifiedRecord, Part, field, items
from generator.records.complaint_procedure import LimitUnit
from generator.records.ranking import Mark, Marking, SubjectType


class Stratum(Part):
    """A group that is ranked by itself; groups are never merged."""

    id: Symbol = field("编号", required=True)
    label: Line = field("名称", "如 老旧小区组", required=True)
    criterion: Line | None = field("划分标准", "如 2000 年以前交付")


class Assessor(Part):
    """Who judges, and with how much weight."""

    organization: Annotated[Id, Ref("organization")] | None = field("机构", "机构编号")
    name: Line | None = field("名称", "本站没有这个机构的，写名称，如 业主代表")
    role: Line = field("负责什么", required=True)
    weight_pct: Percent | None = field("权重", "%；来源没有写就不填")


class DimensionKind(Choice):
    """What a dimension does to the total."""

    SCORE = "score", "得分"
    BONUS = "bonus", "加分"
    DEDUCT = "deduct", "扣分"
    RECORD = "record", "只作并列时比较"


class Indicator(Part):
    """One line of the score sheet."""

    id: Symbol = field("编号", required=True)
    text: Line = field("内容", required=True)
    max: Points | None = field("分值")
    evidence: Line | None = field("看什么材料")


class Dimension(Part):
    """One thing that is scored."""

    id: Symbol = field("编号", "如 service_quality；成绩表的列名 scores.service_quality 用它", required=True)
    label: Line = field("名称", "如 服务质量", required=True)
    kind: DimensionKind = field("作用", required=True)
    max: Points | None = field("满分", "得分项必填；来源没有写上限的加分、扣分项不填")
    weight_pct: Percent | None = field("权重", "满分折合总分的多少分；不折合就不填")
    indicators: tuple[Indicator, ...] = items("指标")


class VetoEffect(Choice):
    """What a veto does; whatever it does, its subject is on no good list."""

    TO_LIST = "to_list", "直接列入"
    CAP_LEVEL = "cap_level", "等级不高于"
    EXCLUDE = "exclude", "不排名"


class Veto(Part):
    """What overrides the score (一票否决)."""

    id: Symbol = field("编号", required=True)
    text: Line = field("情形", "如 发生安全生产责任事故", required=True)
    effect: VetoEffect = field("后果", required=True)
    target: Symbol | None = field("列入哪个榜、不高于哪一级", "榜单或等级的编号")
    basis: Line | None = field("依据", "第几条")


class ConditionTest(Choice):
    """One condition of a list or level (domain §3.11 榜单规则)."""

    RANK_TOP = "rank_top", "前几名"
    RANK_BOTTOM = "rank_bottom", "后几名"
    SHARE_TOP = "share_top", "前百分之几"
    SHARE_BOTTOM = "share_bottom", "后百分之几"
    SCORE_GE = "score_ge", "总分不低于"
    SCORE_GT = "score_gt", "总分高于"
    SCORE_LE = "score_le", "总分不高于"
    SCORE_LT = "score_lt", "总分不满"
    DIMENSION_GE = "dimension_ge", "某项不低于"
    DIMENSION_LT = "dimension_lt", "某项不满"
    LEVEL_IN = "level_in", "等级为"
    VETO_ANY = "veto_any", "触发一票否决"
    CONSECUTIVE = "consecutive", "连续几期"
    NOMINATED = "nominated", "经提名"


class ShareRounding(Choice):
    """How a share of subjects becomes a number of places."""

    DOWN = "down", "舍去小数"
    UP = "up", "进一"
    HALF_UP = "half_up", "四舍五入"


class Condition(Part):
    """One test; which of the other fields count follows from it."""

    test: ConditionTest = field("条件", required=True)
    n: Times | None = field("几名、几期", "前几名、后几名、连续几期")
    points: Points | None = field("分数", "以上、以下都含本数（民法典第一千二百五十九条）；不满、高于不含")
    share_pct: Percent | None = field("百分之几", "%")
    rounding: ShareRounding | None = field("名额取整", "前百分之几、后百分之几必填")
    dimension: Symbol | None = field("哪一项", "某项不低于、某项不满")
    of: tuple[Symbol, ...] = items("哪些榜单或等级", "等级为、连续几期、经提名；表格里多个用；隔开")


class Level(Marking):
    """One band of totals. Best first: the first that fits is the level."""

    stars: Count | None = field("几颗星")
    min: Points | None = field("下限", "没有下限不填")
    min_inclusive: Flag | None = field("含下限", "缺省为 是")
    max: Points | None = field("上限", "没有上限不填")
    max_inclusive: Flag | None = field("含上限", "缺省为 否")
    when: tuple[Condition, ...] = items("还要满足", "分数相同的两个等级，靠这些条件分开；条件少的放后面")


class Rule(Part):
    """One way onto a list: all of its conditions."""

    all_of: tuple[Condition, ...] = items("同时满足")


class ListRule(Marking):
    """One list and how one gets on it. Worse lists first among bad ones: a subject is on one list only."""

    mark: Mark = field("样式", required=True)
    text: Line = field("规则原文", "照办法写，印在榜单上方", required=True)
    consequence: Line | None = field("结果运用", "上榜以后怎么样")
    rules: tuple[Rule, ...] = items("规则", "满足其中一条")


class Rounding(Choice):
    """How the total is rounded, once."""

    HALF_UP = "half_up", "四舍五入"
    HALF_EVEN = "half_even", "四舍六入五成双"
    DOWN = "down", "舍去"
    UP = "up", "进一"


class TieRule(Choice):
    """How equal totals are numbered."""

    SKIP = "skip", "同分同名次，后面顺延（1、2、2、4）"
    DENSE = "dense", "同分同名次，后面不空（1、2、2、3）"


class AtCut(Choice):
    """What happens to equal totals that straddle a cut."""

    ALL_ENTER = "all_enter", "并列的都列入"
    NONE_ENTER = "none_enter", "并列的都不列入"


class Gaps(Choice):
    """What a period that was declared as not held does to "consecutive"."""

    SKIPS = "skips", "跳过，前后算连续"
    BREAKS = "breaks", "中断"


class Cadence(Choice):
    """How often editions come."""

    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    SEMIANNUAL = "semiannual", "每半年"
    ANNUAL = "annual", "每年"
    IRREGULAR = "irregular", "不定期"


class TermUnit(Choice):
    """What the validity of a result counts in."""

    MONTH = "month", "个月"
    YEAR = "year", "年"


class Validity(Part):
    """How long a result holds."""

    n: Times = field("数", required=True)
    unit: TermUnit = field("单位", required=True)

    def last_day(self, start: date) -> date:
        """The last day of so many months or years from ``start``; the 31st becomes the last day there is."""
        months = start.month - 1 + self.n * (12 if self.unit is TermUnit.YEAR else 1)
        year, month = start.year + months // 12, months % 12 + 1
        if year >= date.max.year:
            return date.max
        first_of_next = date(year + month // 12, month % 12 + 1, 1)
        return min(date(year, month, 1) + timedelta(days=start.day - 1), first_of_next - timedelta(days=1))


class AssessmentScheme(IdentifiedRecord):
    """One version of one authority's scheme (domain §3.11). A change makes a new record that supersedes the old.

    Published by the authority that assesses. What the authority has not published stays empty and is named in
    ``assumed`` where the site has to suppose something. Not a law: its lists are no 失信 lists.
    """

    type_name: ClassVar[str] = "assessment_scheme"
    folder: ClassVar[str] = "schemes"
    title: ClassVar[str] = "考核评价办法"
    about: ClassVar[str] = (
        "一个榜单怎么评：评谁、分几组、看哪几项、多少分、怎么上榜、并列怎么办、怎么提异议。改了就是新的一版。"
    )

    name: Name = field("名称", required=True)
    issuer: Annotated[Id, Ref("organization")] = field("制定机构", "机构编号", required=True)
    edition: Line = field("版本", "如 2025 年版", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("适用区域", required=True)
    subject_type: SubjectType = field("评谁", required=True)
    doc_no: DocNo | None = field("文号")
    basis_docs: tuple[BasisDoc, ...] = items("依据文件")
    supersedes: Annotated[Id, Ref("assessment_scheme")] | None = field("接替哪一版", "上一版的编号")
    strata: tuple[Stratum, ...] = items("分组", "不分组就不填")
    assessors: tuple[Assessor, ...] = items("评价主体")
    dimensions: tuple[Dimension, ...] = items("维度")
    full_marks: Points | None = field("满分", "总分的满分；可以超过的照样写满分")
    score_cap: Points | None = field("总分上限", "可以超过满分的不填")
    bonus_cap: Points | None = field("加分上限")
    places: Count = field("小数位", "总分保留几位小数", required=True)
    rounding: Rounding = field("修约", required=True)
    vetoes: tuple[Veto, ...] = items("一票否决")
    levels: tuple[Level, ...] = items("等级", "从好到差")
    lists: tuple[ListRule, ...] = items("榜单", "差的榜里更差的放前面")
    tie_rule: TieRule = field("并列名次", required=True)
    tie_break: tuple[Symbol, ...] = items("同分时比什么", "维度编号，按先后；只作比较的一项越少越前")
    at_cut: AtCut = field("并列过线", "并列的跨过名额线时怎么办", required=True)
    gaps: Gaps | None = field("停评一期", "用到 连续几期 的必填")
    cadence: Cadence = field("周期", required=True)
    near_points: Points | None = field("临界分差", "不到这个分差的不宜分先后；办法没有写就不填，用本站默认")
    near_source: Line | None = field("临界分差的依据")
    notice_days: Times | None = field("公示几日", "办法没有写就不填")
    objection_days: Times | None = field("异议期几日", "办法没有写就不填")
    day_kind: LimitUnit | None = field("日的种类", "日 或 工作日")
    objection_who: Line | None = field("谁可以提异议", "如 企业、业委会、20% 以上的业主")
    objection_where: Line | None = field("向谁提、怎么提")
    result_validity: Validity | None = field("结果有效期", "没有写就不填：到下一期为止")
    unscored_label: Line | None = field("未参评怎么称呼", "如 C级（缺失）；缺省为 未参评")
    assumed: tuple[Line, ...] = items("本站假设", "来源没有给、演示时假设的，一条一句；真实数据不填")
    summary: Prose | None = field("说明")
