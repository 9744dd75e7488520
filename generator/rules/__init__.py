"""Checks across fields and records: one small function a rule, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.rules import common, communities, fees, firms, regions
from generator.rules.communities import engagements_by_community, replaces
from generator.rules.fees import band

Rule = Callable[[Dataset], Iterator[Problem]]


def check(dataset: Dataset) -> Iterator[Problem]:
    """Every problem that the rules find, in order of rule."""
    for rule in RULES:
        yield from rule(dataset)


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
    fees.owners_contract_means_market,
    fees.same_service_same_price,
    fees.fees_do_not_overlap,
    fees.fees_add_up,
    fees.deposits_are_refunded,
    fees.collection_is_free,
    fees.unlikely_amounts,
    fees.grades_have_a_place,
    fees.guide_prices_do_not_overlap,
)

__all__ = ["RULES", "band", "check", "engagements_by_community", "replaces"]
