"""A case as its readers get it: what SQL built, and behind it what can be done next."""

from uuid import UUID

import orjson

from services.cases.domain.practice import Practice
from services.cases.operations.case_facts import next_steps
from services.cases.storage.queries.cases import CASE_VIEW
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.service.writes import Answer


async def case_answer(
    tx: Transaction, case_id: UUID, practice: Practice, *, location: str | None = None
) -> Answer:
    """The case after a change, inside the transaction of the change.

    Raises NotFound when an access scope hides it from the caller afterwards; the transaction is
    given up, so nobody does what they would not see. Whoever holds a case gives it away and is
    shown it once more (`act_on_case`).
    """
    document = await CASE_VIEW.one_in(
        tx, case_id=case_id, today=berlin_date(now()), actor=tx.caller.actor
    )
    if document is None:
        raise NotFound
    return Answer(with_next_steps(document, tx.caller, practice), location)


def with_next_steps(document: Document, caller: Caller, practice: Practice) -> Document:
    """`allowedActions` and `availableTransitions` added; the rest is not decoded."""
    steps = next_steps(
        document.facts, unit_type=caller.unit_type, practice=practice, today=berlin_date(now())
    )
    body = document.body[:-1] + b"," + orjson.dumps(steps)[1:]
    return Document(body, document.version)


def page_with_next_steps(body: bytes, caller: Caller, practice: Practice) -> bytes:
    """A batch of cases, each with its next steps in place of its facts."""
    today = berlin_date(now())
    page = orjson.loads(body)
    for case in page["items"]:
        stored = case.pop("guardFacts")
        case.update(next_steps(stored, unit_type=caller.unit_type, practice=practice, today=today))
    return orjson.dumps(page)
