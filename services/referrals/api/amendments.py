"""Change what was sent, and read what was changed: paths, never values."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import EitherSide
from services.referrals.api.content_schemas import ReferralContent
from services.referrals.api.fields import FieldPath, Language
from services.referrals.api.ground_schemas import DisclosureBody, LegalGroundBody
from services.referrals.api.referral_views import ReferralView
from services.referrals.domain.amendments import AmendReason
from services.referrals.domain.attachments import ATTACHMENTS_MAX
from services.referrals.domain.codes import DataCategory, Topic, Urgency
from services.referrals.operations.amend import Amend, amend
from services.referrals.storage.exchange import AMENDMENT_LIST
from services.referrals.storage.queries import REFERRAL_VIEW, sight
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel

router = APIRouter(prefix="/v1/referrals/{referral_id}", tags=["amendments"])


class AmendBody(RequestModel):
    """What is left out stays; `content` and `attachmentIds` replace the whole.

    Files are announced and uploaded first; those no longer named are deleted.
    """

    reason: AmendReason
    content: ReferralContent | None = None
    disputed_fields: Annotated[list[FieldPath], Field(max_length=50)] | None = None
    secret_categories: Annotated[list[DataCategory], Field(max_length=10)] | None = None
    legal_ground: LegalGroundBody | None = None
    disclosure_decision: DisclosureBody | None = None
    topic: Topic | None = None
    urgency: Urgency | None = None
    language: Language | None = None
    interpreter_needed: bool | None = Field(default=None, strict=True)
    attachment_ids: Annotated[list[UUID], Field(max_length=ATTACHMENTS_MAX)] | None = None

    def command(self, referral_id: UUID, version: int | None) -> Amend:
        content, ground, decision = self.content, self.legal_ground, self.disclosure_decision
        disputed, secret = self.disputed_fields, self.secret_categories
        files = self.attachment_ids
        return Amend(
            referral_id=referral_id,
            expected_version=version,
            reason=self.reason,
            content=content.as_stored() if content else None,
            birth_date=content.exact_birth_date if content else None,
            disputed_fields=None if disputed is None else frozenset(disputed),
            secret_categories=None if secret is None else frozenset(secret),
            ground=ground.ground() if ground else None,
            disclosure=decision.decision() if decision else None,
            topic=self.topic,
            urgency=self.urgency,
            language=self.language,
            interpreter_needed=self.interpreter_needed,
            attachment_ids=None if files is None else tuple(dict.fromkeys(files)),
        )


class AmendmentView(ResponseModel):
    """One change: which paths, and the versions and digests of the content around it."""

    id: UUID
    referral_id: UUID
    number: int
    at: datetime
    actor_unit: str
    reason: AmendReason
    changed_fields: list[str]
    version_before: int
    version_after: int
    digest_before: str
    digest_after: str


class AmendmentPage(ResponseModel):
    items: list[AmendmentView]
    next_cursor: str | None
    cursors: list[str] | None = None


@router.post(
    "/actions/amend",
    response_model=ReferralView,
    summary="Change what was sent / Gesendetes ändern",
)
async def post_amend(
    referral_id: UUID, body: AmendBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = body.command(referral_id, writing.expected_version)
    return await writing.run(lambda tx: amend(tx, command))


@router.get(
    "/amendments",
    response_model=AmendmentPage,
    summary="What was changed after sending / Änderungen nach dem Senden",
    openapi_extra={"parameters": AMENDMENT_LIST.parameters()},
)
async def list_amendments(
    referral_id: UUID, caller: EitherSide, reading: CurrentReading
) -> Response:
    await reading.document(REFERRAL_VIEW, referral_id=referral_id, **sight(caller))
    return await reading.page(AMENDMENT_LIST, referral_id=referral_id)
