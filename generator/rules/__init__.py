"""Checks across fields and records: one small function a rule, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator import editions
from generator.dataset import Dataset
from generator.editions import Edition
from generator.problems import Problem
from generator.rules import (
    accounts,
    common,
    communities,
    deliberation,
    documents,
    entries,
    fees,
    figures,
    firms,
    notices,
    periods,
    places,
    procedures,
    ranked,
    regions,
    schemes,
    services,
)
from generator.rules.accounts import FEWEST_HOUSEHOLDS, REPORTS
from generator.rules.communities import engagements_by_community, replaces
from generator.rules.fees import band
from generator.rules.procedures import scope
from generator.rules.shared import above, months

Rule = Callable[[Dataset], Iterator[Problem]]
EditionRule = Callable[[Dataset, Mapping[str, Edition]], Iterator[Problem]]


def check(dataset: Dataset, content: Mapping[str, bytes]) -> Iterator[Problem]:
    """Every problem that the rules find, in order of rule. ``content``: the hand-written files by path."""
    for rule in RULES:
        yield from rule(dataset)
    yield from _rankings(dataset)
    yield from documents.files_exist(dataset, content)
    yield from documents.papers_are_on_record(dataset, content)
    yield from documents.pages_name_nobody(content)
    yield from places.stories_describe_their_pictures(dataset, content)
    yield from places.pictures_say_nothing_else(content)


def _rankings(dataset: Dataset) -> Iterator[Problem]:
    """Schemes first: an edition under one that cannot be computed is not judged by it."""
    unsound: set[str] = set()
    for rule in SCHEME_RULES:
        for problem in rule(dataset):
            unsound.add(problem.source.path)
            yield problem
    gathered = {
        key: edition
        for key, edition in editions.gather(dataset).items()
        if dataset.source(edition.scheme).path not in unsound
    }
    for judge in EDITION_RULES:
        yield from judge(dataset, gathered)


RULES: tuple[Rule, ...] = (
    common.days_in_order,
    common.nothing_has_happened_in_days_to_come,
    common.approximations_keep_their_wording,
    common.the_site_says_who_runs_it,
    regions.regions_nest,
    regions.regions_stay,
    regions.codes_fit_their_system,
    firms.no_firm_is_its_own_branch,
    firms.one_record_a_firm,
    firms.branches_have_a_parent,
    firms.inner_check_character,
    firms.telephones,
    communities.communities_are_distinct,
    communities.communities_have_a_district,
    communities.one_current_engagement,
    communities.engagements_name_their_firm,
    communities.no_provider_means_none,
    communities.terms,
    fees.units_fit,
    fees.amounts_are_whole,
    fees.guided_prices_stay_in_band,
    fees.guided_prices_follow_a_document,
    fees.owners_contract_means_market,
    fees.same_service_same_price,
    fees.fees_do_not_overlap,
    fees.fees_add_up,
    fees.deposits_are_refunded,
    fees.collection_is_free,
    fees.unlikely_amounts,
    fees.grades_have_a_place,
    fees.guide_prices_do_not_overlap,
    services.what_costs_extra_has_a_price,
    services.promises_do_not_disappear,
    services.frequencies_are_whole,
    services.nothing_is_paid_twice,
    procedures.one_scope,
    procedures.one_procedure_a_matter,
    procedures.procedures_have_steps,
    procedures.steps_name_bodies_that_fit,
    procedures.limits_say_where_they_come_from,
    procedures.channels_lead_somewhere,
    documents.bases_have_a_name,
    notices.deadlines_are_whole,
    notices.notices_name_their_period,
    notices.notices_are_distinct,
    notices.boards_are_one,
    notices.firms_post_where_they_serve,
    documents.days_are_of_a_kind,
    documents.relations_make_sense,
    figures.figures_have_a_source,
    figures.figures_keep_their_wording,
    figures.figures_stand_once,
    figures.figures_lie_in_their_mechanisms_region,
    figures.one_system_a_region,
    figures.unlike_is_not_added,
    figures.only_like_is_compared,
    periods.periods_run_forward,
    periods.periods_are_what_they_are_called,
    accounts.periods_have_ended,
    accounts.periods_follow_one_another,
    accounts.revenues_add_up,
    accounts.funds_add_up,
    accounts.uses_are_decided,
    accounts.shares_follow_their_rate,
    accounts.collections_are_whole,
    accounts.small_cells_stay_closed,
    accounts.utilities_can_be_reckoned,
    accounts.firms_served_in_the_period,
    accounts.audits_name_their_auditor,
    accounts.tests_of_water_agree,
    accounts.works_lie_in_the_account,
    accounts.counts_hold,
    ranked.editions_stand_once,
    ranked.editions_are_whole,
    entries.removals_are_whole,
    entries.credit_words_have_a_law,
    entries.measures_are_by_whom_they_may_be,
    entries.objections_are_whole,
    entries.repairs_are_whole,
    entries.commendations_name_somebody,
    places.brands_were_published,
    places.points_can_be_found,
    places.communities_lie_in_the_region,
    places.trusteeships_are_whole,
    places.facts_do_not_insult,
    places.bad_news_ends,
    places.exposures_are_whole,
    places.exits_are_decided_by_owners,
    deliberation.stages_follow_one_another,
    deliberation.stages_leave_none_out,
    deliberation.closed_matters_say_what_came_of_them,
    deliberation.matters_past_their_day,
    deliberation.escalated_matters_say_to_whom,
    deliberation.meetings_have_topics,
    deliberation.meetings_speak_of_their_own_matters,
    deliberation.places_agree,
    deliberation.four_lists_are_four,
    deliberation.flows_have_one_place,
    deliberation.flows_do_not_grow,
    deliberation.milestones_are_in_order,
    deliberation.done_projects_are_done,
    deliberation.few_are_not_told_apart,
)

SCHEME_RULES: tuple[Rule, ...] = (
    schemes.schemes_follow_one_another,
    schemes.weights_add_up,
    schemes.parts_have_one_name,
    schemes.parts_named_are_there,
    schemes.conditions_are_whole,
    schemes.lists_follow_scores_one_way,
    schemes.levels_tile,
)

EDITION_RULES: tuple[EditionRule, ...] = (
    ranked.subjects_fit_their_scheme,
    ranked.subjects_lie_in_the_region,
    ranked.scores_are_whole,
    ranked.participants_are_counted,
    ranked.empty_lists_are_empty,
    ranked.published_figures_follow_from_scores,
    ranked.lists_follow_from_scores,
    entries.entries_fit_their_edition,
    entries.nobody_is_on_two_lists,
    entries.vetoed_subjects_are_not_honoured,
    entries.bad_marks_have_due_process,
    entries.measures_fit_their_entry,
)

__all__ = [
    "FEWEST_HOUSEHOLDS",
    "REPORTS",
    "RULES",
    "above",
    "band",
    "check",
    "engagements_by_community",
    "months",
    "replaces",
    "scope",
]
