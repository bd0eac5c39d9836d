"""What the guards of a request of a data subject look at, and the reasons against an erasure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import asyncpg
import orjson

from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from services.cases.domain.rights import RIGHTS_LIFECYCLES, RightsFacts
from services.cases.domain.rights_clock import answer_due
from services.cases.domain.rights_codes import (
    ACTION_LABELS,
    GROUNDS_TO_ASK,
    TOLD_AT_ONCE,
    DataRight,
    RightsState,
    Settlement,
)
from services.cases.domain.rights_grounds import FOUND_BY_SYSTEM, REFUSALS, RefusalGround
from services.cases.storage.queries.people import PERSON_FOR_UPDATE
from services.cases.storage.queries.personal_data import CASES_BY_ID
from services.cases.storage.queries.rights import (
    OPEN_NOTICES,
    PARTS_OF_REQUEST,
    REQUEST_ROW,
    UNDECIDED_PARTS,
)
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.clock import berlin_date, now

Known = Mapping[str, Any]
OWN_SERVICE = "cases"
KEEPS_RECIPIENTS = "referrals"


async def facts_of(tx: Transaction, known: Known, practice: Practice) -> RightsFacts:
    """`known` are the stored columns with what a step brings along."""
    today = berlin_date(now())
    right = DataRight(known["data_right"])
    request = {"request_id": known["id"]}
    parts = await tx.rows(PARTS_OF_REQUEST, **request)
    answered = {part["service"] for part in parts}
    cases = await tx.rows(CASES_BY_ID, ids=known["case_ids"])
    standing = {reason for case in cases for reason in reasons_against(case, today)}
    ground = RefusalGround(known["refusal_ground"]) if known["refusal_ground"] else None
    return RightsFacts(
        is_identity_checked=known["identity_check"] is not None,
        is_in_time=today <= answer_due(known["received_on"]),
        is_extended=known["due_on"] != answer_due(known["received_on"]),
        has_extension_reason=known["extension_reason"] is not None,
        is_person_told=known["person_told_on"] is not None,
        has_refusal_ground=ground is not None and ground in REFUSALS[right],
        does_ground_stand=ground not in FOUND_BY_SYSTEM or ground in standing,
        are_remedies_told=known["are_remedies_told"],
        has_every_service_answered={OWN_SERVICE, *practice.rights_services} <= answered,
        is_every_part_decided=await tx.value(UNDECIDED_PARTS, **request) == 0,
        is_settled=right is DataRight.RECTIFICATION and await _is_settled(tx, known),
        stands_nothing_against=not standing,
        has_ground_to_ask=known["asked_on"] in GROUNDS_TO_ASK.get(right, frozenset()),
        is_export_ready=known["exported_at"] is not None,
        is_handed_over=known["handed_over_via"] is not None,
        has_every_recipient_confirmed=_is_told(known, practice)
        and await tx.value(OPEN_NOTICES, **request) == 0,
        is_everything_erased=all(case["state"] == CaseState.ERASED for case in cases),
        is_restriction_lifted=not any(case["is_processing_restricted"] for case in cases),
    )


def reasons_against(case: asyncpg.Record, today: date) -> Iterable[RefusalGround]:
    """What stands against the erasure of one file now (Art. 17 (3) GDPR, § 84 SGB X)."""
    state = CaseState(case["state"])
    if state is CaseState.ERASED:
        return
    if case["is_under_legal_hold"]:
        yield RefusalGround.LEGAL_HOLD
    if state not in {CaseState.CLOSED, CaseState.DECLINED}:
        yield RefusalGround.CASE_IS_OPEN
        return
    if case["deletion_due_on"] is None or case["deletion_due_on"] > today:
        yield RefusalGround.RETENTION_NOT_ENDED
    if case["archive_answer"] is None:
        yield RefusalGround.ARCHIVE_PENDING


def _is_told(known: Known, practice: Practice) -> bool:
    """Whether it is known already who has to confirm; of an erased case it came with the answer."""
    is_said_elsewhere = DataRight(known["data_right"]) not in TOLD_AT_ONCE
    is_nobody_asked = KEEPS_RECIPIENTS not in practice.rights_services
    return is_said_elsewhere or is_nobody_asked or known["recipients_told_at"] is not None


async def _is_settled(tx: Transaction, known: Known) -> bool:
    """Corrected since the request came in, or each field noted as disputed."""
    person = await tx.row(PERSON_FOR_UPDATE, person_id=known["person_id"])
    if person is None or known["settlement"] is None:
        return False
    if Settlement(known["settlement"]) is Settlement.ACCURACY_DISPUTED:
        return set(known["fields"]) <= set(person["disputed_fields"])
    return bool(person["updated_at"] > known["recorded_at"])


async def with_steps(tx: Transaction, document: Document, practice: Practice) -> Document:
    """`availableTransitions` added: each action of the state, with what blocks it."""
    request_id = orjson.loads(document.body)["id"]
    row = await tx.row(REQUEST_ROW, request_id=request_id)
    assert row is not None
    table = RIGHTS_LIFECYCLES[DataRight(row["data_right"])]
    state = RightsState(row["state"])
    available = [
        {
            "action": option.action,
            "label": {"de": ACTION_LABELS[option.action].de, "en": ACTION_LABELS[option.action].en},
            "to": option.to,
            "rule": table.moves[state][option.action].rule,
            "isOpen": option.is_open,
            "blockedBy": [
                {"id": guard.id, "message": {"de": guard.message.de, "en": guard.message.en}}
                for guard in option.blocked_by
            ],
        }
        for option in table.options(state, await facts_of(tx, dict(row), practice))
    ]
    steps = orjson.dumps({"availableTransitions": available})
    return Document(document.body[:-1] + b"," + steps[1:], document.version)
