"""Checks across fields and records: one small function a rule, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.rules import common, communities, documents, fees, figures, firms, procedures, regions, services
from generator.rules.communities import engagements_by_community, replaces
from generator.rules.fees import band
from generator.rules.procedures import scope
from generator.rules.shared import above

Rule = Callable[[Dataset], Iterator[Problem]]


def check(dataset: Dataset, content: Collection[str]) -> Iterator[Problem]:
    """Every problem that the rules find, in order of rule. ``content``: paths of the hand-written files."""
    for rule in RULES:
        yield from rule(dataset)
    yield from documents.files_exist(dataset, content)


RULES: tuple[Rule, ...] = (
    common.days_in_order,
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
    documents.days_are_of_a_kind,
    documents.relations_make_sense,
    figures.figures_have_a_source,
    figures.figures_keep_their_wording,
    figures.figures_stand_once,
    figures.figures_lie_in_their_mechanisms_region,
    figures.one_system_a_region,
    figures.only_like_is_compared,
)

__all__ = ["RULES", "above", "band", "check", "engagements_by_community", "replaces", "scope"]
