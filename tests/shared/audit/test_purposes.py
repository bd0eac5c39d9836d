"""Every request has a purpose: named by the client or registered for it, and recorded."""

import re
from typing import Any
from uuid import uuid4

import pytest

from gateway.settings import Settings as GatewaySettings
from services.cases.settings import Settings as CasesSettings
from shared.auth.issuers import BY_ROLE as BY_ROLE_WORD
from shared.auth.issuers import REQUIRED, TrustedIssuer
from shared.kernel.purposes import BY_ROLE, PURPOSES, usual_purpose
from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase

# POSTs that change nothing.
READING = ("/search", "/read-change", "/read-effect", "/simulate")
# Among them everything that can be written is somebody's to write.
WRITERS = {
    "cases": (
        "waf-case-manager",
        "waf-team-lead",
        "waf-dpo",
        "waf-admin",
        "waf-integrator",
        "waf-coordinator",
    ),
    "funding": (
        "waf-funding-officer",
        "waf-funding-approver",
        "waf-hvb",
        "waf-admin",
        "waf-integrator",
    ),
    "referrals": (
        "waf-case-manager",
        "waf-admin",
        "waf-coordinator",
        "waf-integrator",
        "waf-team-lead",
    ),
}
BAD_REQUEST = 400
KINDS = {"/v1/imports/cases": "application/x-ndjson"}
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
        ({}, {"purposes": {"*": (BY_ROLE_WORD,)}, "purpose_default": REQUIRED}, "CASE_WORK"),
        ({}, {"reason_required": True}, "CASE_WORK"),
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
        ({}, {"reason_required": True}, (400, "reason-missing")),
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


PRODUCTION = {
    "environment": "production",
    "oidc_issuers": trusted("https://issuer.example"),
}


@pytest.mark.parametrize("settings", [CasesSettings, GatewaySettings])
def test_in_production_nobody_leaves_out_a_purpose_unless_that_was_said(settings: Any) -> None:
    (silent,) = settings(**PRODUCTION).oidc_issuers
    assert silent.usual_purpose("portal", {"case_manager"}) == ""
    said = trusted("https://issuer.example", purpose_default=BY_ROLE_WORD)
    (open_,) = settings(**PRODUCTION | {"oidc_issuers": said}).oidc_issuers
    assert open_.usual_purpose("portal", {"case_manager"}) == "CASE_WORK"
    portal = trusted("https://issuer.example", purposes={"kim-portal": (BY_ROLE_WORD,)})
    (some,) = settings(**PRODUCTION | {"oidc_issuers": portal}).oidc_issuers
    assert some.usual_purpose("kim-portal", {"dpo"}) == "DATA_PROTECTION_CONTROL"
    assert some.registered_purposes("kim-portal") == ()
    assert some.usual_purpose("another", {"dpo"}) == ""
    (local,) = settings(**PRODUCTION | {"environment": "development"}).oidc_issuers
    assert local.usual_purpose("portal", {"case_manager"}) == "CASE_WORK"


@pytest.mark.parametrize("service", ["cases", "funding", "referrals"])
async def test_where_a_reason_is_required_no_write_of_any_service_is_without(
    service: str, database: Any, issuer: str, token_for: TokenFor
) -> None:
    app = create_app(
        service, database(service), issuer, oidc_issuers=trusted(issuer, reason_required=True)
    )
    writes = {
        (method, path)
        for path, found in app.openapi()["paths"].items()
        for method in found
        if method != "get" and not path.endswith(READING)
    }
    refused = set()
    async with running(app) as client:
        for persona in WRITERS[service]:
            headers = bearer(token_for(persona)) | {"Idempotency-Key": uuid4().hex}
            for method, path in writes - refused:
                where = re.sub(r"\{[^}]+\}", str(uuid4()), path)
                kind = {"Content-Type": KINDS.get(path, "application/json")}
                answer = await client.request(method, where, content=b"{}", headers=headers | kind)
                assert answer.status_code in (400, 403, 404), (method, path, answer.text)
                if answer.status_code == BAD_REQUEST:
                    assert answer.json()["code"] == "reason-missing", (method, path)
                    refused.add((method, path))
    assert writes - refused == set()


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
