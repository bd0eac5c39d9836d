"""Assemble the answer to a person from what every service laid down (Art. 15 GDPR, § 83 SGB X).

What a person decided to withhold is left out and named with its ground. The answer lies in the
store of the exchange, as JSON and as a readable document, until it is fetched or its days are over.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from services.cases.domain.rights_codes import DataRight, RightsState
from services.cases.domain.rights_grounds import REFUSAL_GROUNDS
from services.cases.domain.rights_words import (
    INFORMATION,
    KIND_TITLES,
    SERVICE_TITLES,
    access_sentence,
)
from services.cases.operations.access_print.pdf import print_pdf
from services.cases.operations.rights_facts import OWN_SERVICE
from services.cases.storage.queries.personal_data import (
    CASES_BY_ID,
    HELD,
    RECORDS_OF_KIND,
    RECORDS_OF_PERSON,
    UNSAID,
)
from services.cases.storage.queries.rights import DECISIONS_OF_REQUEST, REQUEST_FOR_UPDATE
from services.cases.storage.tables import AuditEntry, RightsRequestRow
from shared.audit.accesses import ACCESS_LOG, accesses_to, ids_in
from shared.audit.entries import record_changes
from shared.database.records import opened_record
from shared.database.transaction import Transaction
from shared.kernel.clock import iso_instant, now
from shared.kernel.text import Text, camel
from shared.objects.exchange import AccessFolder
from shared.objects.store import Objects

Records = dict[str, list[dict[str, Any]]]
JSON_NAME = "export.json"
PDF_NAMES = {"de": "export.de.pdf", "en": "export.en.pdf"}
ALL_NAMES = (JSON_NAME, *PDF_NAMES.values())


async def assemble_access(tx: Transaction, objects: Objects, request_id: UUID) -> bool:
    """False where there is nothing to assemble: not granted, or done already."""
    row = await tx.row(REQUEST_FOR_UPDATE, request_id=request_id)
    if row is None or row["exported_at"] is not None or not _is_granted(row):
        return False
    folder = folder_of(row)
    services = sorted(row["services"])
    held = {OWN_SERVICE: await own_records(tx, row["person_id"], row["case_ids"])}
    held[OWN_SERVICE][ACCESS_LOG] = await accesses_to(
        tx, [*row["case_ids"], *ids_in(held[OWN_SERVICE].values())]
    )
    held |= {service: await folder.take(objects, service) for service in services}
    decisions = await tx.rows(DECISIONS_OF_REQUEST, request_id=request_id)
    export = await _export(tx, row, held, decisions)
    made_at = now()
    await objects.put(folder.key(JSON_NAME), orjson.dumps(export, option=orjson.OPT_INDENT_2))
    for language, name in PDF_NAMES.items():
        await objects.put(folder.key(name), await print_pdf(export, language, made_at))
    for service in services:
        await objects.remove(folder.key(f"{service}.json"))
    await tx.update(
        RightsRequestRow,
        request_id,
        exported_at=made_at,
        version=row["version"] + 1,
        updated_at=made_at,
    )
    await record_changes(
        tx,
        AuditEntry,
        action="assemble-access",
        kind="rights-request",
        record_ids=[request_id, *row["case_ids"]],
        changes={"services": [OWN_SERVICE, *services], "withheld": len(export["withheld"])},
    )
    return True


def folder_of(row: asyncpg.Record) -> AccessFolder:
    return AccessFolder(tenant_id=row["tenant_id"], unit_id=row["unit_id"], request_id=row["id"])


async def own_records(tx: Transaction, person_id: UUID, case_ids: Sequence[UUID]) -> Records:
    """What this service holds of the person, by kind, as far as the asker sees it."""
    persons = [row["id"] for row in await tx.rows(RECORDS_OF_PERSON, person_id=person_id)]
    found: Records = {}
    for kind, held in HELD.items():
        ids = persons if held.of_person else list(case_ids)
        rows = await tx.rows(RECORDS_OF_KIND[kind], ids=ids, unsaid=list(UNSAID))
        if rows:
            found[kind] = [
                outside(await opened_record(tx, held.table, row["record"])) for row in rows
            ]
    return found


def outside(record: Mapping[str, Any]) -> dict[str, Any]:
    """The members under their outside names; what is empty says nothing and is left out."""
    return {camel(name): value for name, value in record.items() if value is not None}


def _is_granted(row: asyncpg.Record) -> bool:
    return (row["data_right"], row["state"]) == (DataRight.ACCESS, RightsState.GRANTED)


async def _export(
    tx: Transaction,
    row: asyncpg.Record,
    held: Mapping[str, Records],
    decisions: Sequence[asyncpg.Record],
) -> dict[str, Any]:
    cases = await tx.rows(CASES_BY_ID, ids=row["case_ids"])
    persons = await tx.rows(RECORDS_OF_PERSON, person_id=row["person_id"])
    accesses = {service: parts.pop(ACCESS_LOG, []) for service, parts in held.items()}
    is_restricted = any(one["is_restricted"] for one in persons)
    left_out = frozenset() if is_restricted else frozenset({"whereabouts"})
    return {
        "request": {
            "id": str(row["id"]),
            "dataRight": row["data_right"],
            "tenantId": row["tenant_id"],
            "unitId": row["unit_id"],
            "receivedOn": row["received_on"].isoformat(),
            "assembledAt": iso_instant(now()),
        },
        "information": {
            camel(name): _both(text) for name, text in INFORMATION.items() if name not in left_out
        },
        "recipients": _recipients(held.get("referrals", {}), row["unit_id"]),
        "storage": [
            {
                "reference": case["reference"],
                "keptUntil": case["deletion_due_on"].isoformat()
                if case["deletion_due_on"]
                else None,
            }
            for case in cases
        ],
        "accessLog": _access_log(accesses),
        "services": [
            {
                "service": service,
                "title": _both(SERVICE_TITLES[service]),
                "parts": [
                    {
                        "kind": kind,
                        "title": _both(KIND_TITLES[kind]),
                        "records": _let_out(service, kind, records, decisions),
                    }
                    for kind, records in parts.items()
                ],
            }
            for service, parts in held.items()
        ],
        "withheld": [_withheld(one) for one in decisions if one["is_withheld"]],
    }


def _let_out(
    service: str,
    kind: str,
    records: list[dict[str, Any]],
    decisions: Sequence[asyncpg.Record],
) -> list[dict[str, Any]]:
    withheld = {
        one["record_id"]
        for one in decisions
        if one["is_withheld"] and (one["service"], one["kind"]) == (service, kind)
    }
    if None in withheld:
        return []
    hidden = {str(one) for one in withheld}
    return [record for record in records if record["id"] not in hidden]


def _withheld(decision: asyncpg.Record) -> dict[str, Any]:
    ground = REFUSAL_GROUNDS.entry(decision["ground"])
    return {
        "service": decision["service"],
        "kind": decision["kind"],
        "title": _both(KIND_TITLES[decision["kind"]]),
        "isWholeKind": decision["record_id"] is None,
        "ground": ground.code,
        "label": _both(ground.label),
        "norms": list(ground.norms),
    }


def _recipients(referrals: Records, unit_id: str) -> list[dict[str, Any]]:
    """Who received something of the person from this unit, and when (Art. 15 (1) c GDPR)."""
    return [
        {name: one.get(name) for name in ("referralId", "recipientUnit", "disclosedAt")}
        for one in referrals.get("REFERRAL_DISCLOSURE", [])
        if one.get("recipientUnit") != unit_id
    ]


def _access_log(accesses: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What was done with the records, day by day, each as a sentence for people, too."""
    found = [
        {"service": service, **one, "text": _both(access_sentence(one))}
        for service, log in accesses.items()
        for one in log
    ]
    return sorted(found, key=lambda one: (one["day"], one["unitId"], one["service"]))


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
