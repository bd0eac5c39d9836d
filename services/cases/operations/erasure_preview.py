"""The dry run of an erasure: what would go, in which service, and what stands against it."""

from typing import Any
from uuid import UUID

import asyncpg
import orjson

from services.cases.domain.rights_codes import DataRight
from services.cases.domain.rights_grounds import REFUSAL_GROUNDS, RefusalGround
from services.cases.domain.rights_words import KIND_TITLES, SERVICE_TITLES
from services.cases.operations.follow_rights import NOTHING_HELD, counts_of
from services.cases.operations.rights_facts import OWN_SERVICE, reasons_against
from services.cases.storage.queries.personal_data import (
    CASES_BY_ID,
    CASES_OF_PERSON,
    RECORDS_OF_PERSON,
)
from services.cases.storage.queries.rights import PARTS_OF_REQUEST, REQUEST_ROW
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound


async def preview_erasure(tx: Transaction, request_id: UUID) -> bytes:
    """Nothing is changed. Counts are those that the asker sees: entrusted notes go with their file
    and are not counted for anybody else.

    Raises NotFound for a request that is unknown, hidden, or about another right.
    """
    request = await tx.row(REQUEST_ROW, request_id=request_id)
    if request is None or request["data_right"] != DataRight.ERASURE:
        raise NotFound
    today = berlin_date(now())
    cases = await tx.rows(CASES_BY_ID, ids=request["case_ids"])
    persons = [
        row["id"] for row in await tx.rows(RECORDS_OF_PERSON, person_id=request["person_id"])
    ]
    of_cases = await counts_of(tx, [], request["case_ids"])
    of_person = await counts_of(tx, persons, [])
    remaining = {row["id"] for row in await tx.rows(CASES_OF_PERSON, ids=persons)}
    goes_too = remaining <= set(request["case_ids"])
    asked = await tx.rows(PARTS_OF_REQUEST, request_id=request_id)
    answered = {part["service"] for part in asked}
    reasons = [sorted(reasons_against(case, today)) for case in cases]
    preview = {
        "requestId": str(request_id),
        "isPossible": not any(reasons),
        "cases": [
            {
                "caseId": str(case["id"]),
                "reference": case["reference"],
                "state": case["state"],
                "reasonsAgainst": [_reason(one) for one in found],
            }
            for case, found in zip(cases, reasons, strict=True)
        ],
        "isPersonErased": goes_too,
        "wouldGo": [
            *_counted(OWN_SERVICE, of_cases),
            *(_counted(OWN_SERVICE, of_person) if goes_too else ()),
            *(_part(part) for part in asked if _is_others(part)),
        ],
        "servicesWaitedFor": sorted(set(request["services"]) - answered),
    }
    return orjson.dumps(preview)


def _is_others(part: asyncpg.Record) -> bool:
    return bool(part["service"] != OWN_SERVICE and part["kind"] != NOTHING_HELD)


def _counted(service: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [_said(service, kind, count) for kind, count in counts.items() if count]


def _part(part: asyncpg.Record) -> dict[str, Any]:
    return _said(part["service"], part["kind"], part["records"])


def _said(service: str, kind: str, count: int) -> dict[str, Any]:
    title, name = KIND_TITLES[kind], SERVICE_TITLES[service]
    return {
        "service": service,
        "serviceTitle": {"de": name.de, "en": name.en},
        "kind": kind,
        "title": {"de": title.de, "en": title.en},
        "records": count,
    }


def _reason(ground: RefusalGround) -> dict[str, Any]:
    code = REFUSAL_GROUNDS.entry(ground.value)
    return {
        "ground": code.code,
        "label": {"de": code.label.de, "en": code.label.en},
        "norms": list(code.norms),
    }
