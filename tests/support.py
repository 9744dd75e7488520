"""What several tests need: small sites on disk, the real files, a server that sends our headers."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import threading
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from generator.emit.hosting import HEADERS

PROJECT = Path(__file__).parent.parent
#: The day every test speaks of.
AS_OF = date(2026, 11, 24)
#: Public listings of a real city; read by tests only, never part of the project.
REAL_DATA = Path(os.environ.get("GONGSHI_REAL_DATA", PROJECT.parent / "shared" / "real"))
#: Where the files are absent their tests are skipped with a message, but never in CI: there they fail.
SKIPS_REAL = not REAL_DATA.exists() and not os.environ.get("CI")

#: The smallest site in which every record type stands once and nothing is wrong.
SMALL: Mapping[str, str] = {
    "data/site.yml": (
        'name: 示例公示栏\nregion: "340100"\ncontent_source: 演示\noperator: 示例房管局\nreport: https://example.cn/\n'
    ),
    "data/regions/regions.csv": (
        "code,code_system,name,level,parent,area_code,landline_digits,as_of\n"
        "340100,gbt2260,合肥市,city,,0551,8,2026\n"
        "340104,gbt2260,蜀山区,county,340100,,,2026\n"
    ),
    "data/firms/firms.csv": (
        "id,name,uscc,entity_kind,hotlines.1.kind,hotlines.1.number,as_of\n"
        "firm-one,示例一物业有限公司,91340104MA8TE5T029,company,landline,0551-20000001,2026-11-20\n"
        "firm-two,示例二物业有限公司,91340104MA0DEMXY3W,company,landline,0551-20000002,2026-11-20\n"
    ),
    "data/communities/communities.csv": (
        "id,name,region,address,category,households,buildings,delivered_on,owners_committee_status,board_locations,as_of\n"
        "cm-one,示例一小区,340104,示例路 1 号,商品房,100,2,2006,未成立,东门,2026-11-20\n"
        "cm-two,示例二小区,340104,示例路 2 号,old,200,4,2007-05,none,西门；北门,2026-11-20\n"
    ),
    "data/engagements/engagements.csv": (
        "id,community,firm,contract_kind,party_a,term_kind,term_start,term_end,charge_mode,as_of\n"
        "en-one,cm-one,firm-one,preliminary,developer,fixed,2024-01-01,2027-12-31,lump_sum,2026-11-20\n"
    ),
    "data/grades/grades.yml": (
        "id: grade-three\nscheme: 演示等级标准\nregion: '340100'\nlabel: 三级\nrank_order: 3\n"
        "higher_is_better: true\nof: 5\nas_of: 2026-11-20\n"
    ),
    "data/guide_prices/prices.yml": (
        "id: gp-one\nregion: '340104'\ngrade: grade-three\ndwelling_type: high\nbase: 1.25\nband_up_pct: 20\n"
        "band_down_pct: 不限\nbasis: [{kind: document, title: 演示文件}]\neffective_from: 2024-01-01\nas_of: 2026-11-20\n"
    ),
    "data/fee_standards/fees.csv": (
        "id,community,item,payer_class,dwelling_type,grade,pricing_form,basis,amount,unit,area_basis,guide_base,"
        "band_up_pct,band_down_pct,charge_start_rule,effective_from,basis_docs.1.kind,basis_docs.1.title,report_phone,as_of\n"
        "fee-one,cm-one,property_fee,业主,high,grade-three,government_guided,area_month,1.45,元/㎡·月,building_area,1.25,"
        "20,不限,交付次月,2024-01-01,contract,演示合同,12315,2026-11-20\n"
    ),
    "data/public_revenues/revenues.yml": (
        "id: pr-one\ncommunity: cm-one\nfirm: firm-one\n"
        "period: {kind: quarter, label: 2026年第三季度, start: 2026-07-01, end: 2026-09-30}\nprepared_by: 财务岗\n"
        "opening_balance: 1000.00\nincome: [{source: parking, gross: 6000.00}, {source: elevator_ad, gross: 1500.00}]\n"
        "costs: [{kind: 票据和税费, amount: 500.00}]\nmanager_share: {amount: 1500.00, pct: 20, basis: 合同第九条}\n"
        "net: 5500.00\nuses: [{kind: repair, amount: 2000.00, what: 换道闸, decision: 业委会第 4 号决定}]\n"
        "closing_balance: 4500.00\naccount_kind: separate\nas_of: 2026-11-20\n"
    ),
    "data/collections/collections.csv": (
        "id,community,firm,period.kind,period.label,period.start,period.end,prepared_by,too_few,receivable,"
        "received_current,received_prior,households_total,households_paid,as_of\n"
        "cl-one,cm-one,firm-one,quarter,2026年第三季度,2026-07-01,2026-09-30,财务岗,,40000.00,36000.00,800.00,100,88,"
        "2026-11-20\n"
    ),
    "data/shared_utilities/utilities.yml": (
        "id: su-one\ncommunity: cm-one\nperiod: {kind: month, label: 2026年10月, start: 2026-10-01, end: 2026-10-31}\n"
        "prepared_by: 工程岗\nitems: [{item: 公共照明, usage: 1200, usage_unit: kwh, price: 0.60, amount: 720.00,\n"
        "  rule: 按户平均, households: 100, share: 7.20, share_unit: household}]\nas_of: 2026-11-20\n"
    ),
    "data/maintenance_funds/funds.yml": (
        "id: mf-one\ncommunity: cm-one\nperiod: {kind: year, label: 2025年度, start: 2025-01-01, end: 2025-12-31}\n"
        "prepared_by: 业委会\nopening_balance: 50000.00\ndeposited: 0\ninterest: 750.00\n"
        "projects: [{name: 屋面维修, amount: 8000.00, households: 40}]\nclosing_balance: 42750.00\nas_of: 2026-11-20\n"
    ),
    "data/elevator_maintenances/elevators.yml": (
        "id: em-one\ncommunity: cm-one\nperiod: {kind: half, label: 2026年上半年, start: 2026-01-01, end: 2026-06-30}\n"
        "prepared_by: 工程岗\nelevators: 4\ncontractor: {name: 示例电梯公司}\ncost: 9600.00\n"
        "works: [{date: 2026-04-16, what: 换钢丝绳, amount: 3200.00}]\nas_of: 2026-11-20\n"
    ),
    "data/water_tests/tests.yml": (
        "id: wt-one\ncommunity: cm-one\nperiod: {kind: half, label: 2026年上半年, start: 2026-01-01, end: 2026-06-30}\n"
        "prepared_by: 工程岗\nagency: 示例检测中心\ntested_on: 2026-06-18\nitems: [{name: 浑浊度, result: pass}]\n"
        "result: pass\nas_of: 2026-11-20\n"
    ),
    "data/fulfilments/fulfilments.yml": (
        "id: ff-one\ncommunity: cm-one\nfirm: firm-one\n"
        "period: {kind: quarter, label: 2026年第三季度, start: 2026-07-01, end: 2026-09-30}\nprepared_by: 客服岗\n"
        "services: [{category: cleaning, promised: 每日 1 次, done: 92 天}]\nrepairs_received: 20\nrepairs_finished: 18\n"
        "satisfaction: {method: 电话随访, sample: 40, result_pct: 86.50, surveyed_on: 2026-09-10}\nas_of: 2026-11-20\n"
    ),
    "data/organizations/organizations.yml": (
        "id: org-one\nname: 示例街道办事处\nkind: subdistrict\nregion: '340104'\nduties: 调解\n"
        "phones: [{kind: landline, number: 0551-20000009}]\nas_of: 2026-11-20\n"
    ),
    "data/service_items/items.yml": (
        "id: si-one\ncommunity: cm-one\nname: 楼道保洁\ncategory: cleaning\nstandard: 无积灰\n"
        "frequency: {n: 2, per: day}\nincluded_in_fee: 是\nas_of: 2026-11-20\n"
    ),
    "data/complaint_procedures/procedures.yml": (
        "id: cp-one\nkind: complaint\nregion: '340104'\nescalation: [subdistrict, hotline_12345]\nas_of: 2026-11-20\n"
        "steps:\n"
        "  - {actor: firm, action: 答复, limit: {n: 3, unit: day, since: received}, limit_basis: promise}\n"
        "  - {actor: subdistrict, action: 调解, limit_basis: none}\n"
    ),
    "data/policies/policies.yml": (
        "id: doc-one\nname: 《演示办法》\nissuers: [示例房管局]\nissued_on: 2024-01-01\nvalidity: 有效\n"
        "url: https://example.cn/doc\nas_of: 2026-11-20\n"
    ),
    "data/disclosure_policies/policies.yml": (
        "id: dp-one\nitem: fee_standard\nregime: standing\ncadence: standing\nduty_holder: firm\n"
        "basis: [{kind: document, document: doc-one, clause: 第六条}]\nas_of: 2026-11-20\n"
    ),
    "data/notice_boards/boards.yml": (
        "id: nb-one\ncommunity: cm-one\nplace: 东门\nchecked_on: 2026-11-20\nchecked_by: 示例街道办事处\n"
        "absent: [{item: service_term, reason: 合同正在续签, since: 2026-10-01}]\nas_of: 2026-11-20\n"
    ),
    "data/disclosure_notices/notices.yml": (
        "id: dn-one\ncommunity: cm-one\nfirm: firm-one\nitem: billing_items\nkind: posting\n"
        "period: {kind: quarter, label: 2026年第三季度, start: 2026-07-01, end: 2026-09-30}\n"
        "posted_from: 2026-10-12\nplaces: [东门]\nmedia: [公示栏]\nobjections_count: 0\nreply_status: none\n"
        "snapshots: [{name: 物业服务费, value: 1.45 元/㎡·月, standard: fee-one}]\nas_of: 2026-11-20\n"
    ),
    "data/mechanisms/mechanisms.yml": (
        "id: h01\nregion: '340100'\nsystem: 演示体系\ngroup: 组织体系\nname: 行业党委\ntext: 成立行业党委。\n"
        "documents: [doc-one]\nshown_at: [organizations]\nas_of: unknown\n"
    ),
    "data/governance_stats/stats.csv": (
        "id,region,metric,name,value,unit,display,definition,mechanism,content_source,as_of\n"
        "st-one,340100,party-groups,楼栋党小组,2000,个,2000余个,楼栋党小组数,h01,演示,unknown\n"
    ),
    "data/schemes/schemes.yml": (
        "id: sch-one\nname: 示例考核办法\nissuer: org-one\nedition: 2025 年版\nregion: '340104'\nsubject_type: firm\n"
        "dimensions:\n"
        "  - {id: daily, label: 日常管理, kind: score, max: 60}\n"
        "  - {id: service, label: 服务质量, kind: score, max: 40}\n"
        "full_marks: 100\nplaces: 2\nrounding: half_up\n"
        "vetoes: [{id: accident, text: 责任事故, effect: to_list, target: yellow}]\n"
        "levels:\n"
        "  - {id: good, label: 合格, polarity: positive, min: 60}\n"
        "  - {id: poor, label: 不合格, polarity: warning, max: 60}\n"
        "lists:\n"
        "  - {id: yellow, label: 黄榜, mark: yellow, polarity: warning, text: 后 1 名且不满 75 分,\n"
        "     rules: [{all_of: [{test: rank_bottom, n: 1}, {test: score_lt, points: 75}]}]}\n"
        "  - {id: red, label: 红榜, mark: red, polarity: positive, text: 前 1 名且 90 分以上,\n"
        "     rules: [{all_of: [{test: rank_top, n: 1}, {test: score_ge, points: 90}]}]}\n"
        "tie_rule: skip\nat_cut: all_enter\ngaps: skips\ncadence: annual\nresult_validity: {n: 1, unit: year}\n"
        "as_of: 2026-11-20\n"
    ),
    "data/rankings/rankings.yml": (
        "id: rk-one\nname: 示例红黄榜\nscheme: sch-one\nregion: '340104'\n"
        "period: {kind: year, label: 2025年度, start: 2025-01-01, end: 2025-12-31}\n"
        "phase: final\ndetail: scores\nrule_text: 前 1 名红，后 1 名黄\nparticipants: 1\nempty_lists: [red]\n"
        "decided_on: 2026-02-27\ndecided_by: 办公会\npublished_on: 2026-03-02\nas_of: 2025-12-31\n"
    ),
    "data/assessment_results/results.csv": (
        "id,edition,firm,scores.daily,scores.service,total,level,rank,tied,as_of\n"
        "res-one,rk-one,firm-one,44.20,28.30,72.50,good,1,,2025-12-31\n"
    ),
    "data/list_entries/entries.yml": (
        "id: le-one\nedition: rk-one\nlist: yellow\nfirm: firm-one\nstate: listed\nreason: 总分 72.50，后 1 名。\n"
        "evidence: [{what: 检查记录}]\nbasis_docs: [{kind: document, document: doc-one}]\n"
        "prior_notice_on: 2026-02-09\nreply_due: 2026-02-20\nreply: 记录已补交。\nreply_on: 2026-02-13\n"
        "decided_by: 办公会\ndecided_on: 2026-02-27\nlisted_on: 2026-03-02\ndisplay_until: 2027-03-01\n"
        "as_of: 2026-11-20\n"
    ),
    "data/measures/measures.yml": (
        "id: ms-one\nkind: rectify_order\nentry: le-one\nactor: org-one\ntaken_on: 2026-03-10\nas_of: 2026-11-20\n"
    ),
    "data/objections/objections.yml": (
        "id: ob-one\nentry: le-one\nfiled_by: firm\nfiled_on: 2026-03-04\ngrounds: score\ntext: 请恢复 1.20 分。\n"
        "accepted: 是\naccepted_on: 2026-03-05\nmarked_on: 2026-03-05\ndue_on: 2026-03-19\ndecision: rejected\n"
        "decided_on: 2026-03-17\ndecided_by: 街道办\ndecision_reason: 记录没有签字。\nas_of: 2026-11-20\n"
    ),
    "data/reviews/reviews.yml": (
        "id: rv-one\nobjection: ob-one\nasked_on: 2026-03-20\ndecision: rejected\ndecided_on: 2026-04-03\n"
        "decided_by: 区住建局\nreason: 维持。\nas_of: 2026-11-20\n"
    ),
    "data/credit_repairs/repairs.yml": (
        "id: cr-one\nentry: le-one\nseverity: not_credit_info\napplied_on: 2026-11-02\nas_of: 2026-11-20\n"
    ),
    "data/commendations/commendations.yml": (
        "id: cd-one\nname: 示例荣誉\nkind: firm\nregion: '340104'\nyear: '2025'\nawarded_by: org-one\nfirm: firm-one\n"
        "as_of: 2026-11-20\n"
    ),
    "data/service_points/points.yml": (
        "id: sp-one\nkind: repair_post\nname: 示例维修岗\nregion: '340104'\nplace: 示例路 3 号\nas_of: 2026-11-20\n"
    ),
    "data/trusteeships/trusteeships.yml": (
        "id: tr-one\nname: 示例托管\nmode: trusteeship\nregion: '340100'\nprovider: 示例物管中心\n"
        "communities: [cm-two]\nfigures: [st-one]\nservices: [保洁]\nas_of: 2026-11-20\n"
    ),
    "data/volunteer_teams/teams.yml": (
        "id: vt-one\nname: 示例志愿服务队\nregion: '340104'\nactivities: [关爱老人]\n"
        "counts: [{name: 参与, value: 60, unit: person_times, display: 60余人次}]\nas_of: 2026-11-20\n"
    ),
    "data/exposures/exposures.yml": (
        "id: ex-one\nexposed_on: 2026-09-10\nregion: '340104'\ncommunity: cm-one\nfirm: firm-one\n"
        "problem: 9 月 3 日消防通道被占。\noutlet: 示例晚报\ndisplay_until: 2027-03-09\nas_of: 2026-11-20\n"
    ),
    "data/exit_procedures/exits.yml": (
        "id: xp-one\ncommunity: cm-one\nfirm: firm-one\nstarted_by: owners_assembly\nstarted_on: 2026-10-08\n"
        "reason: 合同快到期，业主要求另选。\ndisplay_until: 2027-10-08\nas_of: 2026-11-20\n"
    ),
    "data/joint_meetings/meetings.yml": (
        "id: mt-one\nkind: deliberation\nlevel: community\nregion: '340104'\ncommunity: cm-one\nchair: 社区党组织\n"
        "members: [社区居委会, 业主代表]\nheld_on: 2026-06-06\ntopics: [加装电梯]\nmatters: [mat-one]\nas_of: 2026-11-20\n"
    ),
    "data/matters/matters.yml": (
        "id: mat-one\ncommunity: cm-one\nname: 2 栋加装电梯\ncategory: lift_retrofit\nraised_on: 2026-06-01\n"
        "responsible: 社区居委会\ndue: 2026-12-31\n"
        "stage_notices: [{stage: before, what: 方案, posted_from: 2026-06-15, posted_to: 2026-06-30, places: [小区公示栏]}]\n"
        "as_of: 2026-11-20\n"
    ),
    "data/four_lists/lists.csv": (
        "id,community,year,kind,content,responsible,due,progress,as_of\n"
        "fl-one,cm-one,2026,demand,楼道照明,物业工程部,2026-06-30,done,2026-11-20\n"
        "fl-two,cm-one,2026,resource,志愿者,社区居委会,,,2026-11-20\n"
        "fl-three,cm-one,2026,service,免费量血压,社区居委会,,ongoing,2026-11-20\n"
        "fl-four,cm-one,2026,responsibility,巡查消防通道,物业工程部,,ongoing,2026-11-20\n"
    ),
    "data/order_flows/flows.yml": (
        "id: of-one\ncommunity: cm-one\nperiod: {kind: quarter, label: 2026年第三季度, start: 2026-07-01, end: 2026-09-30}\n"
        "requested: 9\ndispatched: 8\naccepted: 8\nfinished: 7\nas_of: 2026-11-20\n"
    ),
    "data/key_projects/projects.yml": (
        "id: kp-one\nyear: '2026'\nregion: '340104'\ncommunity: cm-one\nname: 更换电梯\nlead: 示例社区党组织\n"
        "milestones:\n  - {what: 表决, due: 2026-04-30, done_on: 2026-04-25}\n  - {what: 更换, due: 2026-11-30}\n"
        "progress: ongoing\nas_of: 2026-11-20\n"
    ),
    "data/candidate_reviews/reviews.yml": (
        "id: cdr-one\nregion: '340104'\nrule_name: 候选人清单\ncommunities_count: 2\ndisqualified_count: 12\nas_of: unknown\n"
    ),
    "data/cross_appointments/appointments.yml": (
        "id: ca-one\nregion: '340104'\ndirection: secretary_to_director\nposts: 社区党组织负责人兼任质量总监\nas_of: unknown\n"
    ),
}


def write_files(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Lay ``files`` over ``root``; None removes one."""
    for name, content in files.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: path -> bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in HEADERS:
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """A static host that sends the headers of ``_headers``; yields its address without a trailing slash."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
