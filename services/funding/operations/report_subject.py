"""What is held here of a person: the costs that were for their case (Art. 15 GDPR)."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import orjson

from services.funding.domain.events.rights import PersonalDataReported
from services.funding.storage.queries.subjects import COST_OF_SUBJECT, COSTS_OF_SUBJECTS
from services.funding.storage.tables import OutboxMessage
from shared.audit.accesses import ACCESS_LOG, accesses_to
from shared.database.transaction import Transaction
from shared.messaging.outbox import record_event
from shared.objects.exchange import AccessFolder
from shared.objects.store import Objects

SERVICE: Final = "funding"
KIND: Final = "EXPENDITURE"


async def report_subject(
    tx: Transaction,
    objects: Objects,
    *,
    request_id: UUID,
    case_ids: Sequence[UUID],
    with_content: bool,
) -> None:
    """Say how many costs were for these cases, and lay them down where the content is asked for:
    what was paid, when and for what, not whose money it was.
    """
    ids = await tx.rows(COSTS_OF_SUBJECTS, case_ids=list(case_ids))
    found: list[dict[str, Any]] = []
    if with_content:
        folder = AccessFolder(
            tenant_id=tx.caller.tenant_id, unit_id=tx.caller.unit_id, request_id=request_id
        )
        for row in ids:
            cost = await COST_OF_SUBJECT.one_in(tx, expenditure_id=row["expenditure_id"])
            if cost is not None:
                found.append(orjson.loads(cost.body))
        log = await accesses_to(tx, [row["expenditure_id"] for row in ids])
        parts = {KIND: found} if found else {}
        await folder.lay_down(objects, SERVICE, parts | {ACCESS_LOG: log})
    event = PersonalDataReported(
        request_id=request_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        kinds=(KIND,) if ids else (),
        records=(len(ids),) if ids else (),
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=request_id)
