"""Rules for what people settle together: matters, meetings, lists, flows, projects, reviews of candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import CandidateReview, Community, JointMeeting, KeyProject, ListLine, Matter, OrderFlow, Region
from generator.records.list_line import ListKind, Progress
from generator.records.matter import Stage
from generator.rules.shared import FEWEST, above, repeated


def stages_follow_one_another(dataset: Dataset) -> Iterator[Problem]:
    """Published before, during and after, each from its own day (seed H11); nothing is posted before it is raised."""
    for matter in dataset.of(Matter).values():
        before = ("提出", matter.raised_on)
        for stage in Stage:
            own = [(n, notice) for n, notice in enumerate(matter.stage_notices) if notice.stage is stage]
            for n, notice in own:
                follows = notice.posted_from >= before[1] if stage is Stage.BEFORE else notice.posted_from > before[1]
                if not follows:
                    values = {"value": f"{stage.label}公示 {notice.posted_from}", "first": f"{before[0]} {before[1]}"}
                    yield Problem("E731", dataset.place(matter, "stage_notices", n, "posted_from"), values)
                for name, label in (("posted_to", "公示止"), ("comment_until", "意见截止")):
                    end = getattr(notice, name)
                    if end and end < notice.posted_from:
                        values = {"value": f"{label} {end}", "first": f"公示起 {notice.posted_from}"}
                        yield Problem("E406", dataset.place(matter, "stage_notices", n, name), values)
            if own:
                before = (f"{stage.label}公示", min(notice.posted_from for _, notice in own))


def stages_leave_none_out(dataset: Dataset) -> Iterator[Problem]:
    """Who posts during and after has posted before (seed H11): else a notice is missing here, or was never posted."""
    for matter in dataset.published(Matter).values():
        posted = {notice.stage for notice in matter.stage_notices}
        last = max((position for position, stage in enumerate(Stage) if stage in posted), default=0)
        if missing := [stage.label for stage in list(Stage)[:last] if stage not in posted]:
            yield Problem("N732", dataset.place(matter, "stage_notices"), {"options": "、".join(missing)})


def closed_matters_say_what_came_of_them(dataset: Dataset) -> Iterator[Problem]:
    """A result, and a notice of it where people look (seed H11: 事后)."""
    for matter in dataset.of(Matter).values():
        if matter.closed_on is None:
            continue
        missing = [] if matter.result else ["结果（result）"]
        if not any(notice.stage is Stage.AFTER for notice in matter.stage_notices):
            missing.append("一条事后公示（stage_notices）")
        if missing:
            yield Problem("E732", dataset.place(matter, "closed_on"), {"value": "、".join(missing)})


def matters_past_their_day(dataset: Dataset) -> Iterator[Problem]:
    """Open although its own data is of a later day than its limit; the page marks it by the day of the build."""
    for matter in dataset.published(Matter).values():
        is_open = matter.closed_on is None and matter.escalated_on is None
        if is_open and matter.due and matter.as_of and str(matter.as_of) > str(matter.due):
            values = {"value": str(matter.due), "first": str(matter.as_of)}
            yield Problem("N730", dataset.place(matter, "due"), values)


def escalated_matters_say_to_whom(dataset: Dataset) -> Iterator[Problem]:
    """To whom and when belong together (seed H13)."""
    for matter in dataset.of(Matter).values():
        if (matter.escalated_to is None) != (matter.escalated_on is None):
            name, lacks = (
                ("escalated_on", "提请谁（escalated_to）")
                if matter.escalated_on
                else ("escalated_to", "提请日期（escalated_on）")
            )
            yield Problem("E733", dataset.place(matter, name), {"value": lacks})


def meetings_have_topics(dataset: Dataset) -> Iterator[Problem]:
    """A meeting was about something; an arrangement need not be."""
    for meeting in dataset.of(JointMeeting).values():
        if meeting.held_on and not meeting.topics and not meeting.matters:
            yield Problem("E734", dataset.place(meeting, "held_on"), {"value": meeting.kind.label})


def meetings_speak_of_their_own_matters(dataset: Dataset) -> Iterator[Problem]:
    """Those of its community; without one, those of its region."""
    regions, communities = dataset.of(Region), dataset.of(Community)
    for meeting in dataset.of(JointMeeting).values():
        for n, key in enumerate(meeting.matters):
            home = communities[dataset.of(Matter)[key].community]
            is_own = (
                home.id == meeting.community if meeting.community else meeting.region in above(regions, home.region)
            )
            if not is_own:
                values = {"value": key, "first": home.name}
                yield Problem("E735", dataset.place(meeting, "matters", n), values)


def places_agree(dataset: Dataset) -> Iterator[Problem]:
    """A community named beside a region lies in it."""
    regions, communities = dataset.of(Region), dataset.of(Community)
    placed: tuple[JointMeeting | KeyProject, ...] = (
        *dataset.of(JointMeeting).values(),
        *dataset.of(KeyProject).values(),
    )
    for record in placed:
        if record.community and record.region not in above(regions, communities[record.community].region):
            values = {"value": communities[record.community].name, "first": regions[record.region].name}
            yield Problem("E736", dataset.place(record, "community"), values)


def four_lists_are_four(dataset: Dataset) -> Iterator[Problem]:
    """Needs, resources, services and duties go together (seed H14)."""
    groups: dict[tuple[str, int], list[ListLine]] = defaultdict(list)
    for line in dataset.published(ListLine).values():
        groups[line.community, line.year].append(line)
    for (community, year), lines in groups.items():
        if missing := [kind.label for kind in ListKind if kind not in {line.kind for line in lines}]:
            name = dataset.of(Community)[community].name
            first = min(lines, key=lambda line: (dataset.source(line).path, dataset.source(line).line))
            yield Problem("N731", dataset.place(first), {"value": f"{name} {year}", "options": "、".join(missing)})


def flows_have_one_place(dataset: Dataset) -> Iterator[Problem]:
    """Counts are of one community or of one region, once a period."""
    flows = dataset.published(OrderFlow).values()
    for flow in flows:
        if (flow.community is None) == (flow.region is None):
            yield Problem("E737", dataset.place(flow), {"value": flow.period.label})
    placed = (
        (f"{flow.community} {flow.region} {flow.period.start} {flow.period.end}\n{flow.period.label}", flow)
        for flow in flows
    )
    yield from repeated(dataset, placed, "E738", "period", "label")


def flows_do_not_grow(dataset: Dataset) -> Iterator[Problem]:
    """What was dispatched had been asked for, and so on: no count exceeds the one before it."""
    steps = ("requested", "dispatched", "accepted", "finished")
    labels = ("点单", "派单", "接单", "办结")
    for flow in dataset.of(OrderFlow).values():
        counts = [getattr(flow, name) for name in steps]
        for n in range(1, len(steps)):
            if counts[n] > counts[n - 1]:
                values = {"value": f"{labels[n]} {counts[n]}", "first": f"{labels[n - 1]} {counts[n - 1]}"}
                yield Problem("E739", dataset.place(flow, steps[n]), values)


def milestones_are_in_order(dataset: Dataset) -> Iterator[Problem]:
    """The next is not due before the one before it, nor done before it."""
    for project in dataset.of(KeyProject).values():
        for n in range(1, len(project.milestones)):
            earlier, later = project.milestones[n - 1], project.milestones[n]
            for name, label in (("due", "期限"), ("done_on", "完成日期")):
                first, second = getattr(earlier, name), getattr(later, name)
                if first and second and second < first:
                    values = {"value": f"「{later.what}」的{label} {second}", "first": f"「{earlier.what}」的 {first}"}
                    yield Problem("E740", dataset.place(project, "milestones", n, name), values)


def done_projects_are_done(dataset: Dataset) -> Iterator[Problem]:
    """Done means every milestone is."""
    for project in dataset.of(KeyProject).values():
        open_ = [one.what for one in project.milestones if one.done_on is None]
        if project.progress is Progress.DONE and open_:
            yield Problem("E741", dataset.place(project, "progress"), {"value": "、".join(open_)})


def few_are_not_told_apart(dataset: Dataset) -> Iterator[Problem]:
    """No kind of reason under three, nor a rest under three: whoever subtracts would find it (domain §3.20)."""
    for review in dataset.of(CandidateReview).values():
        for n, reason in enumerate(review.reasons_by_category):
            if reason.count < FEWEST:
                values = {"value": f"{reason.category} {reason.count}"}
                yield Problem("E742", dataset.place(review, "reasons_by_category", n, "count"), values)
        rest = review.disqualified_count - sum(reason.count for reason in review.reasons_by_category)
        if review.reasons_by_category and (rest < 0 or 0 < rest < FEWEST):
            values = {"value": str(review.disqualified_count - rest), "first": str(review.disqualified_count)}
            yield Problem("E743", dataset.place(review, "disqualified_count"), values)
        if 0 < review.disqualified_count < FEWEST and review.communities_count == 1:
            values = {"value": str(review.disqualified_count)}
            yield Problem("E744", dataset.place(review, "disqualified_count"), values)
