"""Every noun that other systems put under their own numbers, in each of the three services."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.integration_rules.samples import Body, Sample, sample_of
from tests.services.referrals.papers import referral

GERMAN_TAX_ID = "86095742719"


async def _alone(_: Callable[..., Any]) -> Body:
    return {}


async def _award_line(send: Callable[..., Any]) -> Body:
    made: httpx.Response = await send("POST", "/v1/awards", sample_of("funding").body())
    line: str = made.json()["lines"][0]["id"]
    return {"awardLineId": line}


@dataclass(frozen=True, slots=True)
class Shelf:
    """`body` is a whole record, `changed` what a later delivery says otherwise; `filtered`: the
    list of the noun has the filter `externalId`; `fixed`: what a delivery may not change, with the
    code of its refusal. `other_unit` delivers under the same numbers; it may not read the others'.
    """

    sample: Sample
    noun: str
    body: Body
    changed: Body
    other_unit: str
    fixed: Body
    refusal: str
    filtered: bool = True
    names_a_person: bool = True
    before: Callable[[Callable[..., Any]], Any] = _alone

    def path(self, number: str) -> str:
        return f"/v1/{self.noun}/by-external/lissa/{number}"


_PERSON: Final = {"familyName": "Kowalenko", "givenNames": "Olena", "birthDate": "1990-05-17"}
_CASE: Final = {
    "state": "INTAKE",
    "openedOn": "2023-02-01",
    "language": "ukr",
    "municipalityAgs": "05570044",
    "members": [{"role": "CLIENT", "person": _PERSON}],
}

SHELVES: Final = (
    Shelf(
        sample=sample_of("cases"),
        noun="persons",
        body=_PERSON,
        changed={"givenNames": "Olena Maria"},
        other_unit="waf-integrator",
        fixed={},
        refusal="",
        filtered=False,
    ),
    Shelf(
        sample=sample_of("cases"),
        noun="cases",
        body=_CASE,
        changed={"language": "rus"},
        other_unit="waf-integrator",
        fixed={"state": "PLANNING"},
        refusal="delivered-way-differs",
        filtered=False,
    ),
    Shelf(
        sample=sample_of("funding"),
        noun="awards",
        body=sample_of("funding").body(),
        changed={"authority": "Bezirksregierung Münster"},
        other_unit="waf-integrator",
        fixed={"total": "54000.00"},
        refusal="delivered-terms-differ",
        names_a_person=False,
    ),
    Shelf(
        sample=sample_of("funding"),
        noun="allocations",
        body={
            "validFrom": "2022-01-01",
            "validTo": "2022-12-31",
            "amount": "1000.00",
            "recipientUnit": "waf-cm",
        },
        changed={"targetGroup": "FAMILIES"},
        other_unit="waf-integrator",
        fixed={"amount": "1001.00"},
        refusal="delivered-terms-differ",
        names_a_person=False,
        before=_award_line,
    ),
    Shelf(
        sample=sample_of("funding"),
        noun="positions",
        body={
            "postType": "CASE_MANAGEMENT",
            "approvedFte": "1.00",
            "effectiveFrom": "2022-01-01",
            "products": ["8101"],
        },
        changed={"approvedFte": "0.50", "effectiveFrom": "2022-07-01", "products": ["8102"]},
        other_unit="waf-integrator",
        fixed={"label": "Fallmanagement"},
        refusal="delivered-terms-differ",
        names_a_person=False,
    ),
    Shelf(
        sample=sample_of("referrals"),
        noun="referrals",
        body=referral("JC-RULES-numbered", submit=False),
        changed={"urgency": "ROUTINE"},
        other_unit="waf-jugendamt-system",
        fixed={},
        refusal="",
    ),
)
