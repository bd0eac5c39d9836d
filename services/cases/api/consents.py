"""Consents and releases from secrecy: draft, give, refuse, revoke."""

from uuid import UUID

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter, CurrentPractice
from services.cases.api.schemas.care import (
    ConsentBody,
    ConsentPage,
    ConsentStep,
    ConsentTerms,
    ConsentView,
)
from services.cases.api.schemas.consent_record import ConsentRecord
from services.cases.domain.consent import Consent, latest_valid_to
from services.cases.domain.consent_lifecycle import ConsentAction
from services.cases.domain.consent_record import consent_record
from services.cases.operations.act_on_consent import ActOnConsent, act_on_consent
from services.cases.operations.draft_consent import DraftConsent, draft_consent
from services.cases.storage.queries.care import CONSENT_VIEW, CONSENTS_OF_CASE
from services.cases.storage.queries.cases import CASE_EXISTS
from shared.kernel.caller import Caller
from shared.service.desk import JSON, CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["consents"])


@router.get(
    "/cases/{case_id}/consents",
    response_model=ConsentPage,
    summary="List consents / Einwilligungen auflisten",
    openapi_extra={"parameters": CONSENTS_OF_CASE.parameters()},
)
async def list_consents(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(CONSENTS_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/consents",
    status_code=201,
    response_model=ConsentView,
    summary="Draft a consent / Einwilligung vorbereiten",
)
async def post_consent(
    caller: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: ConsentBody,
    writing: CurrentWriting,
) -> Response:
    command = DraftConsent(
        case_id=case_id,
        consent=consent_from(body, body.subject_person_id, caller),
        purpose_text=body.purpose_text,
        supersedes_id=body.supersedes_id,
    )
    return await writing.run(lambda tx: draft_consent(tx, command, practice), status=201)


@router.get(
    "/consents/{consent_id}/record",
    response_model=ConsentRecord,
    summary="Consent as a standard record / Einwilligung als Standard-Datensatz",
)
async def read_consent_record(consent_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """In the terms of ISO/IEC TS 27560:2023 and of the Data Privacy Vocabulary."""
    document = await reading.document(CONSENT_VIEW, consent_id=consent_id)
    body = orjson.dumps(consent_record(orjson.loads(document.body)))
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get(
    "/consents/{consent_id}",
    response_model=ConsentView,
    summary="Read a consent / Einwilligung lesen",
)
async def read_consent(consent_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(CONSENT_VIEW, consent_id=consent_id)


@router.post(
    "/consents/{consent_id}/actions/{action}",
    response_model=ConsentView,
    summary="Give, refuse or revoke a consent / Einwilligung erteilen, verweigern, widerrufen",
)
async def post_consent_step(
    _: CaseWriter,
    consent_id: UUID,
    action: ConsentAction,
    writing: CurrentWriting,
    body: ConsentStep | None = None,
) -> Response:
    """A revocation needs neither form nor reason and takes effect at once."""
    given = (body or ConsentStep()).model_dump()
    command = ActOnConsent(
        consent_id=consent_id, action=action, expected_version=writing.expected_version, **given
    )
    return await writing.run(lambda tx: act_on_consent(tx, command))


def consent_from(body: ConsentTerms, subject_person_id: UUID, caller: Caller) -> Consent:
    plain = body.model_dump(
        exclude={
            "purpose_text",
            "evidence",
            "supersedes_id",
            "data_categories",
            "valid_to",
            "subject_person_id",
        }
    )
    return Consent(
        **plain,
        subject_person_id=subject_person_id,
        data_categories=frozenset(body.data_categories),
        valid_to=body.valid_to or latest_valid_to(body.valid_from),
        recorded_by=caller.actor,
    )
