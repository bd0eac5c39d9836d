"""Doors of awards, posts and allocations."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import (
    access_explanations,
    allocation_actions,
    allocations,
    award_actions,
    awards,
    code_lists,
    deliveries,
    own_share_requests,
    plans,
    position_reports,
    positions,
    reports,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    plans.programmes,
    plans.rates,
    # First: `by-external` must not be taken for an id.
    deliveries.router,
    awards.router,
    award_actions.router,
    positions.router,
    position_reports.router,
    allocations.router,
    allocation_actions.router,
    plans.budget_entries,
    own_share_requests.router,
    reports.router,
    code_lists.router,
    access_explanations.router,
)
