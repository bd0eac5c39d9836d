"""Every request has a purpose: named by the client or registered for it, and recorded."""

from typing import Any
from uuid import uuid4

import pytest

from shared.auth.issuers import REQUIRED, TrustedIssuer
from shared.kernel.purposes import BY_ROLE, PURPOSES, usual_purpose
from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase

OPENING = {
    "origin": "SELF_CONTACT",
    "language": "ukr",
    "municipalityAgs": "05570044",
    "isAreaResolved": True,
    "members": [{"role": "CLIENT", "person": {"familyName": "Kowalenko", "givenNames": "Olena"}}],
}


def trusted(issuer: str, **changes: Any) -> tuple[TrustedIssuer, ...]:
    return (TrustedIssuer(issuer=issuer, audience="kim", units=("*",), tenants=("*",), **changes),)


async def listed(
    audited: ServiceDatabase,
    issuer: str,
    token: str,
    headers: dict[str, str],
    **registered: Any,
) -> tuple[int, str, str]:
    """Status and code of a list of cases, and the purpose recorded with what it opened before."""
    app = create_app("cases", audited, issuer, oidc_issuers=trusted(issuer, **registered))
    async with running(app) as client:
        key = {"Idempotency-Key": uuid4().hex}
        answer = await client.post("/v1/cases", json=OPENING, headers=bearer(token) | headers | key)
        code = "" if answer.is_success else answer.json()["code"]
        return answer.status_code, code, answer.headers.get("location", "")


@pytest.fixture
def token(token_for: TokenFor) -> str:
    return token_for("waf-case-manager")


@pytest.mark.parametrize(
    ("headers", "registered", "expected"),
    [
        ({}, {}, "CASE_WORK"),
        ({"KIM-Purpose": "CHILD_PROTECTION"}, {}, "CHILD_PROTECTION"),
        ({"X-Purpose": "CHILD_PROTECTION"}, {}, "CHILD_PROTECTION"),
        ({}, {"purposes": {"*": ("REFERRAL", "CASE_WORK")}}, "REFERRAL"),
        ({"KIM-Purpose": "CASE_WORK"}, {"purposes": {"*": ("REFERRAL", "CASE_WORK")}}, "CASE_WORK"),
        ({}, {"purpose_default": "PLANNING"}, "PLANNING"),
        ({"KIM-Purpose": "CASE_WORK"}, {"purpose_default": REQUIRED}, "CASE_WORK"),
    ],
)
async def test_the_purpose_is_recorded_with_what_is_done(
    audited: ServiceDatabase,
    issuer: str,
    token: str,
    log: Any,
    headers: dict[str, str],
    registered: dict[str, Any],
    expected: str,
) -> None:
    reason = f"Az. {uuid4().hex}"
    said = headers | {"KIM-Reason": reason}
    status, code, _ = await listed(audited, issuer, token, said, **registered)
    assert (status, code) == (201, "")
    rows = await log.admin.fetch(
        "select distinct purpose from audit.audit_entry where reason = $1", reason
    )
    assert [row["purpose"] for row in rows] == [expected]


@pytest.mark.parametrize(
    ("headers", "registered", "expected"),
    [
        ({}, {"purpose_default": REQUIRED}, (400, "purpose-missing")),
        ({"KIM-Purpose": "CURIOSITY"}, {}, (400, "purpose-unknown")),
        ({"KIM-Purpose": "case_work"}, {}, (400, "purpose-unknown")),
        (
            {"KIM-Purpose": "PLANNING"},
            {"purposes": {"*": ("CASE_WORK",)}},
            (403, "purpose-not-registered"),
        ),
        ({"KIM-Reason": "x" * 301}, {}, (400, "reason-unreadable")),
    ],
)
async def test_without_a_fitting_purpose_nothing_is_done(
    audited: ServiceDatabase,
    issuer: str,
    token: str,
    log: Any,
    headers: dict[str, str],
    registered: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    counted = "select (select count(*) from case_record) + (select count(*) from audit.audit_entry)"
    before = await log.admin.fetchval(counted)
    status, code, _ = await listed(audited, issuer, token, headers, **registered)
    assert (status, code) == expected
    assert await log.admin.fetchval(counted) == before


def test_every_role_has_a_usual_purpose_and_each_is_known() -> None:
    assert set(BY_ROLE.values()) <= set(PURPOSES)
    assert usual_purpose({"team_lead", "case_manager"}) == "CASE_WORK"
    assert usual_purpose({"nobody"}) == ""


def test_an_issuer_cannot_register_what_is_no_purpose() -> None:
    with pytest.raises(ValueError, match="CURIOSITY"):
        trusted("https://issuer.example", purposes={"portal": ("CURIOSITY",)})


async def test_f10_a_machine_says_for_whom_it_acts_and_gets_no_right_by_it(
    audited: ServiceDatabase, issuer: str, token_for: TokenFor
) -> None:
    app = create_app("cases", audited, issuer, oidc_issuers=trusted(issuer))
    machine, person = bearer(token_for("waf-integrator")), bearer(token_for("waf-case-manager"))
    said = {"KIM-End-User": "fachverfahren|s.muster"}
    async with running(app) as client:
        alone = await client.get("/v1/persons", headers=machine)
        speaking = await client.get("/v1/persons", headers=machine | said)
        assert (alone.status_code, speaking.status_code) == (403, 403)
        for headers, code in (
            (person | said, "end-user-not-for-people"),
            (machine | {"KIM-End-User": "Sabine Muster"}, "end-user-unreadable"),
            (machine | {"KIM-End-User": "x" * 121}, "end-user-unreadable"),
        ):
            refused = await client.get("/v1/cases", headers=headers)
            assert (refused.status_code, refused.json()["code"]) == (400, code)
