"""An application may be limited to single rights of a service; nothing is won by a scope."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.api.access import with_right as cases_door
from services.cases.domain.access import RIGHTS as CASES_RIGHTS
from services.cases.domain.access import Right as CasesRight
from services.funding.api.doors import with_right as funding_door
from services.funding.domain.access import RIGHTS as FUNDING_RIGHTS
from services.funding.domain.access import Right as FundingRight
from services.referrals.api.access import caller_who_may as referrals_door
from services.referrals.domain.access import PERMISSIONS, Permission
from shared.kernel.caller import Caller
from shared.kernel.errors import Refusal
from shared.kernel.scopes import scopes_permit
from shared.web.access import CallerCheck

DOORS: dict[str, tuple[Callable[[Any], CallerCheck], list[Any], Any]] = {
    "cases": (cases_door, list(CasesRight), CASES_RIGHTS),
    "funding": (funding_door, list(FundingRight), FUNDING_RIGHTS),
    "referrals": (referrals_door, list(Permission), PERMISSIONS),
}


def caller(role: str, *scopes: str) -> Caller:
    return Caller(
        tenant_id="05570",
        unit_id="waf-cm",
        unit_type="CM_TEAM",
        issuer="urn:test",
        subject="somebody",
        roles=frozenset({role}),
        scopes=frozenset(scopes),
    )


async def lets_in(check: CallerCheck, who: Caller) -> bool:
    try:
        await check(who)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("service", DOORS)
async def test_a_scope_opens_the_door_that_it_names_and_no_other(service: str) -> None:
    door, rights, table = DOORS[service]
    for role, right in ((role, right) for role in table for right in rights):
        alone = {one for one in rights if await lets_in(door(one), caller(role))}
        limited = caller(role, "openid", f"{service}:{right}")
        assert {one for one in rights if await lets_in(door(one), limited)} == alone & {right}


@pytest.mark.parametrize("service", DOORS)
async def test_scopes_of_others_change_nothing(service: str) -> None:
    door, rights, table = DOORS[service]
    for role, right in ((role, right) for role in table for right in rights):
        elsewhere = caller(role, "openid", "profile", "other:read", service)
        assert await lets_in(door(right), elsewhere) == await lets_in(door(right), caller(role))


NAMES = st.sampled_from(["cases", "funding", "cases:follow", "cases:export", "x:follow", "cases:"])


@given(st.sets(NAMES), st.sampled_from(["follow", "export"]))
def test_more_scopes_of_the_service_never_close_what_one_of_them_opened(
    scopes: set[str], right: str
) -> None:
    own = {scope for scope in scopes if scope.startswith("cases:")}
    assert scopes_permit(scopes, "cases", right) is (not own or f"cases:{right}" in own)
    assert scopes_permit({*scopes, f"cases:{right}"}, "cases", right)
