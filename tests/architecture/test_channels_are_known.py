"""Whatever answers or tells something is known to the tests that look for leaks (R-A1, F17)."""

from fastapi.routing import APIRoute

from gateway.schema import schema
from services.referrals.api import pages
from services.referrals.main import create_app
from services.referrals.settings import Settings
from tests.journeys.questions import subscriptions
from tests.services.referrals.channels.registry import CONTENT, FREE, LINK_PAGES, reads

REGISTRY = "tests/services/referrals/channels/registry.py"


def test_every_operation_that_reads_says_whether_it_may_carry_content() -> None:
    published = {
        path.removesuffix("/search") for _, path in reads(create_app(Settings()).openapi())
    }
    assert published - CONTENT - FREE == set(), f"add a line to {REGISTRY}"
    assert (CONTENT | FREE) - published == set(), f"remove a line from {REGISTRY}"
    assert CONTENT.isdisjoint(FREE)


def test_every_page_behind_a_link_is_asked_without_its_session_too() -> None:
    """They stand in no contract."""
    shown = {
        route.path
        for route in pages.router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }
    assert shown == LINK_PAGES, f"add a line to {REGISTRY}"


def test_the_journey_of_leaks_listens_to_every_subscription_of_the_gateway() -> None:
    told = schema._schema.subscription_type
    assert told is not None
    assert {name for name, _ in subscriptions(schema._schema)} == set(told.fields)
