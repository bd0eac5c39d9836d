"""Referrals under the numbers of the sender's software."""

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import CurrentDeadlines, EitherSide, Sender
from services.referrals.api.referral_schemas import NewReferral
from services.referrals.api.referral_views import ReferralDetail
from services.referrals.api.referrals import shown
from services.referrals.domain.codes import ExternalKind
from services.referrals.operations.deliver import SUBMIT, put_referral
from services.referrals.storage.queries import REFERRAL_BY_NUMBER, sight
from shared.kernel.external_ids import PersonalExternalId
from shared.service.desk import CurrentReading, CurrentWriting
from shared.service.external_ids import Put
from shared.web.external_ids import RECEIPT, ExternalValue, IfNoneMatch, PutReceipt, SystemName

router = APIRouter(prefix="/v1/referrals", tags=["deliveries"])


@router.put(
    "/by-external/{system}/{value}",
    response_model=PutReceipt,
    responses=RECEIPT,
    summary="Put a referral by external id / Zusteuerung unter fremder Kennung ablegen",
)
async def put_referral_by_external(
    _: Sender,
    system: SystemName,
    value: ExternalValue,
    body: NewReferral,
    writing: CurrentWriting,
    deadlines: CurrentDeadlines,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """201 made, 200 changed or unchanged. A change needs `If-Match`; the same content does not.
    With `submit` the draft is sent; what was sent changes by an amendment.
    """
    command = Put.of(
        ExternalKind.REFERRAL,
        PersonalExternalId(system, value),
        body,
        writing,
        if_none_match,
        without=() if body.submit else (SUBMIT,),
    )
    draft, is_to_be_sent = body.draft(), body.submit
    return await writing.run(
        lambda tx: put_referral(
            tx, command, draft, is_to_be_sent=is_to_be_sent, deadlines=deadlines
        )
    )


@router.get(
    "/by-external/{system}/{value}",
    response_model=ReferralDetail,
    summary="Read a referral by external id / Zusteuerung unter fremder Kennung lesen",
)
async def read_referral_by_external(
    system: SystemName, value: ExternalValue, caller: EitherSide, reading: CurrentReading
) -> Response:
    """Under the numbers of the own unit."""
    digest = PersonalExternalId(system, value).digest
    return shown(
        reading, await reading.document(REFERRAL_BY_NUMBER, digest=digest, **sight(caller))
    )
