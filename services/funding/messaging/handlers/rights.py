"""What requests of data subjects ask of this service."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.funding.operations.report_subject import report_subject
from shared.database.transaction import Transaction
from shared.messaging.consumer import Subscription
from shared.messaging.envelope import Envelope
from shared.objects.store import Objects


class PersonalDataInquired(BaseModel):
    """`kim.cases.personal-data-inquired.v1`: only the fields that are needed here."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, frozen=True)

    request_id: UUID
    case_ids: tuple[UUID, ...]
    with_content: bool


def rights_subscription(objects: Objects) -> Subscription:
    """In the name of the unit that was asked."""

    async def on_inquired(tx: Transaction, event: Envelope) -> None:
        heard = PersonalDataInquired.model_validate(event.data)
        await report_subject(
            tx,
            objects,
            request_id=heard.request_id,
            case_ids=heard.case_ids,
            with_content=heard.with_content,
        )

    return Subscription(
        consumer="funding-rights",
        handlers={"kim.cases.personal-data-inquired.v1": on_inquired},
        unit_of=lambda event: str(event.data["unitId"]),
    )
