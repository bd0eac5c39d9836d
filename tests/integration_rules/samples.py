"""One noun of each service that stands for all of them: how it is made and who may see it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Final
from uuid import uuid4

import httpx

from tests.apis import TokenFor, bearer
from tests.services.referrals.papers import WARENDORF_UNITS, referral, unit, warendorf_rules

Body = dict[str, Any]
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Sample:
    """`path` lists and creates; `persona` may do both, `foreign` reads in another Kreis.

    `follower` reads feed and changes of the same `unit`, `outsider` those of another one that must
    not see the record. `kind` and `table` are the noun in the record of changes and in the
    database; `step` changes a record: the end of the path and the body.

    `prepare` brings the service to where a record can be made.
    """

    service: str
    path: str
    body: Callable[[], Body]
    persona: str
    follower: str
    foreign: str
    outsider: str
    unit: str
    kind: str
    table: str
    step: tuple[str, Body | None]
    prepare: Callable[[httpx.AsyncClient, TokenFor], Awaitable[None]]


def _family_name() -> str:
    """One that no other record has; a name holds no digits."""
    return "Kowalenko" + "".join(chr(ord("a") + int(digit)) for digit in str(next(_numbers)))


def _case() -> Body:
    return {
        "origin": "SELF_CONTACT",
        "language": "ukr",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [
            {
                "role": "CLIENT",
                "person": {"familyName": _family_name(), "givenNames": "Olena"},
            }
        ],
    }


def _programme_line() -> Body:
    return {
        "key": "b2",
        "fundingLine": "B2_CASE_MANAGEMENT",
        "amount": "55000.00",
        "fte": "1.00",
    }


def _award() -> Body:
    return {
        "fiscalYear": 2022,
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
        "total": "55000.00",
        "lines": [_programme_line()],
        "reference": f"DEMO-{uuid4().hex[:12]}",
        "authority": "Bezirksregierung Arnsberg",
        "awardedOn": "2021-12-15",
        "proofDueOn": "2023-03-31",
    }


def _referral() -> Body:
    return referral(f"JC-RULES-{uuid4().hex[:12]}")


async def _nothing(_: httpx.AsyncClient, __: TokenFor) -> None:
    pass


async def _bind_to_secrecy(client: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = bearer(token_for("waf-case-manager"))
    body = {"boundToSecrecyOn": "2021-02-01"}
    answer = await client.put("/v1/staff-members", json=body, headers=headers)
    assert answer.status_code == 200, answer.text


async def _set_up_directory(client: httpx.AsyncClient, token_for: TokenFor) -> None:
    headers = bearer(token_for("waf-coordinator"))
    bodies = [("/v1/org-units", unit(key, **more)) for key, more in WARENDORF_UNITS.items()]
    for path, body in (*bodies, ("/v1/routing-rules", warendorf_rules())):
        answer = await client.post(path, json=body, headers=headers)
        assert answer.status_code in {201, 409}, answer.text


SAMPLES: Final = (
    Sample(
        service="cases",
        path="/v1/cases",
        body=_case,
        persona="waf-case-manager",
        follower="waf-case-manager-2",
        foreign="rheine-caritas-case-manager",
        outsider="waf-integrator",
        unit="waf-cm",
        kind="case",
        table="case_record",
        step=("actions/assign", None),
        prepare=_bind_to_secrecy,
    ),
    Sample(
        service="funding",
        path="/v1/awards",
        body=_award,
        persona="waf-funding-officer",
        follower="waf-funding-approver",
        foreign="st-funding-officer",
        outsider="",
        unit="waf-ki",
        kind="award",
        table="award",
        step=("actions/apply", None),
        prepare=_nothing,
    ),
    Sample(
        service="referrals",
        path="/v1/referrals",
        body=_referral,
        persona="waf-jobcenter-system",
        follower="waf-jobcenter-system",
        foreign="st-jobcenter-system",
        outsider="waf-jugendamt-system",
        unit="waf-jobcenter",
        kind="referral",
        table="referral",
        step=("actions/withdraw", {"reason": "CLIENT_CHANGED_MIND"}),
        prepare=_set_up_directory,
    ),
)


def sample_of(service: str) -> Sample:
    return next(sample for sample in SAMPLES if sample.service == service)
