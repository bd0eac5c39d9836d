"""What a sender's software says of a referral under its own number: written down once, replaced
while it is a draft, sent when asked.
"""

from typing import Final
from uuid import UUID

from services.referrals.domain.deadlines import Deadlines
from services.referrals.operations.drafts import Draft, create_referral, replace_draft
from services.referrals.operations.sending import Submit, submit
from services.referrals.storage.numbers import NUMBERS
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.service.external_ids import Put, Shelf
from shared.service.writes import Answer

SHELF: Final = Shelf(
    NUMBERS, "/v1/referrals", Statement("select version from referral where id = :record_id")
)
SUBMIT: Final = "submit"


async def put_referral(
    tx: Transaction, command: Put, draft: Draft, *, is_to_be_sent: bool, deadlines: Deadlines
) -> Answer:
    """The same once more changes nothing, also after it was sent.

    Raises what writing down, replacing and sending raise: after sending, TransitionNotAllowed.
    """

    async def make() -> Answer:
        return await create_referral(tx, draft, is_to_be_sent=is_to_be_sent, deadlines=deadlines)

    async def change(referral_id: UUID, changed: frozenset[str]) -> Answer:
        version = command.expected_version
        if changed == {SUBMIT}:
            return await submit(tx, Submit(referral_id, version, None, deadlines))
        answer = await replace_draft(tx, referral_id, draft, version)
        if is_to_be_sent:
            version = answer.document.version
            answer = await submit(tx, Submit(referral_id, version, None, deadlines))
        return answer

    return await SHELF.put(tx, command, make, change)
