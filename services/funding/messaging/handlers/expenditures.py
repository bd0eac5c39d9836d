"""What expenditure learns from other services."""

from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.funding.operations.erase_subject import erase_subject
from shared.database.transaction import Transaction
from shared.messaging.consumer import Subscription
from shared.messaging.envelope import Envelope


class CaseErasureRequested(BaseModel):
    """`kim.cases.case-erasure-requested.v1`: only the field that is needed here."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, frozen=True)

    case_id: UUID


async def on_case_erasure_requested(tx: Transaction, event: Envelope) -> None:
    heard = CaseErasureRequested.model_validate(event.data)
    await erase_subject(tx, heard.case_id)


SUBSCRIPTIONS: Final[tuple[Subscription, ...]] = (
    Subscription(
        consumer="funding-expenditures",
        handlers={"kim.cases.case-erasure-requested.v1": on_case_erasure_requested},
        unit_of=lambda event: str(event.data["unitId"]),
    ),
)
