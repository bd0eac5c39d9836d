"""Cases: list, read, open, move; and the answers that their guards ask for."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter, CurrentPractice
from services.cases.api.consents import consent_from
from services.cases.api.documents import CurrentArchive
from services.cases.api.schemas.care import IndicationBody, OpeningConsent
from services.cases.api.schemas.cases import (
    CaseOpening,
    CasePage,
    CaseParticulars,
    CaseStep,
    CaseView,
    ErasurePreparation,
    OtherBasisBody,
    SentReferralBody,
    SignpostingBody,
    StructuralAnswer,
)
from services.cases.domain.indication import IndicationChecklist
from services.cases.domain.lifecycle import CaseAction
from services.cases.operations.act_on_case import ActOnCase, act_on_case
from services.cases.operations.case_document import page_with_next_steps, with_next_steps
from services.cases.operations.describe_case import (
    Change,
    Particulars,
    answer_structural_question,
    describe_case,
    document_indication,
    prepare_erasure,
    record_other_basis,
    record_signposting,
)
from services.cases.operations.erase_across_services import finish_erasure
from services.cases.operations.follow_referrals import link_sent_referral
from services.cases.operations.open_case import NewMember, OpenCase
from services.cases.operations.open_further import (
    GivenConsent,
    GivenNotice,
    Intake,
    open_further,
)
from services.cases.operations.take_evidence import Evidence, SentEvidence, stored_evidence
from services.cases.storage.queries.cases import CASE_BATCH, CASE_LIST, CASE_VIEW
from shared.database.filter_values import written
from shared.database.lists import PAGE_MAX
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.objects.media_types import ENDINGS
from shared.service.desk import JSON, CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/cases", tags=["cases"])

INTAKE = {"until", "indication_checklist", "information_notice", "consent"}
IDS: dict[str, Any] = {
    "name": "ids",
    "in": "query",
    "required": False,
    "description": "Up to 100 ids, joined by commas: the same as `id[in]`.",
    "schema": written(UUID).published_list,
}
INCLUDE: dict[str, Any] = {
    "name": "include",
    "in": "query",
    "required": False,
    "description": "`transitions`: each case says what can be done with it.",
    "schema": {"type": "string", "enum": ["transitions"]},
}
# Who asks for single cases works with them, so they come with their next steps.
ASKS_FOR_SINGLE_CASES = frozenset({"ids", "id[in]", "referralId", "referralId[in]", "include"})


@router.get(
    "",
    response_model=CasePage,
    summary="List cases / Fälle auflisten",
    openapi_extra={"parameters": [IDS, INCLUDE, *CASE_LIST.parameters()]},
)
async def list_cases(
    caller: CaseReader, practice: CurrentPractice, reading: CurrentReading
) -> Response:
    """A page of cases; with `include=transitions`, or asked for by id or referral, each case also
    says what can be done with it.
    """
    asked = dict(reading.asked)
    if ASKS_FOR_SINGLE_CASES.isdisjoint(asked):
        return await reading.page(CASE_LIST)
    query = [
        ("id[in]" if key == "ids" else key, value)
        for key, value in reading.asked
        if (key, value) != ("include", "transitions")
    ]
    if "first" not in asked:
        query.append(("first", str(PAGE_MAX)))
    page = await CASE_BATCH.page(
        reading.database, caller, query, today=berlin_date(now()), actor=caller.actor
    )
    body = page_with_next_steps(page.body, caller, practice)
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get("/{case_id}", response_model=CaseView, summary="Read a case / Fall lesen")
async def read_case(
    case_id: UUID, caller: CaseReader, practice: CurrentPractice, reading: CurrentReading
) -> Response:
    document = await reading.document(
        CASE_VIEW, case_id=case_id, today=berlin_date(now()), actor=caller.actor
    )
    return reading.respond(with_next_steps(document, caller, practice))


@router.post("", status_code=201, response_model=CaseView, summary="Open a case / Fall anlegen")
async def post_case(
    caller: CaseWriter,
    practice: CurrentPractice,
    archive: CurrentArchive,
    body: CaseOpening,
    writing: CurrentWriting,
) -> Response:
    """With its people, the information notice, the consent and its evidence; whole or not at
    all.
    """
    plain = body.model_dump(exclude={"members", *INTAKE})
    members = tuple(
        NewMember(role=member.role, person=member.person.particulars()) for member in body.members
    )
    command = OpenCase(**plain, members=members)
    async with stored_evidence(archive, caller, _sent_evidence(body.consent)) as evidence:
        intake = _intake(body, caller, evidence)
        return await writing.run(lambda tx: open_further(tx, command, intake, practice), status=201)


@router.post(
    "/{case_id}/actions/{action}",
    response_model=CaseView,
    summary="Move a case / Fall weiterführen",
)
async def post_step(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    action: CaseAction,
    writing: CurrentWriting,
    body: CaseStep | None = None,
) -> Response:
    version = writing.expected_version
    if action is CaseAction.ERASE:
        return await writing.run(lambda tx: finish_erasure(tx, case_id, version, practice))
    given = (body or CaseStep()).model_dump()
    command = ActOnCase(case_id=case_id, action=action, expected_version=version, **given)
    return await writing.run(lambda tx: act_on_case(tx, command, practice))


@router.put(
    "/{case_id}/particulars",
    response_model=CaseView,
    summary="Change particulars / Angaben zum Fall ändern",
)
async def put_particulars(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: CaseParticulars,
    writing: CurrentWriting,
) -> Response:
    change = _change(case_id, writing, practice)
    particulars = Particulars(**body.model_dump())
    return await writing.run(lambda tx: describe_case(tx, change, particulars))


@router.put(
    "/{case_id}/indication-checklist",
    response_model=CaseView,
    summary="Document the indication / Indikation dokumentieren",
)
async def put_indication(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: IndicationBody,
    writing: CurrentWriting,
) -> Response:
    change = _change(case_id, writing, practice)
    checklist = IndicationChecklist(**body.model_dump())
    return await writing.run(lambda tx: document_indication(tx, change, checklist))


@router.put(
    "/{case_id}/other-basis",
    response_model=CaseView,
    summary="Record another legal basis / Andere Rechtsgrundlage festhalten",
)
async def put_other_basis(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: OtherBasisBody,
    writing: CurrentWriting,
) -> Response:
    change = _change(case_id, writing, practice)
    return await writing.run(lambda tx: record_other_basis(tx, change, body.basis, body.reason))


@router.put(
    "/{case_id}/signposting",
    response_model=CaseView,
    summary="Record signposting / Verweisberatung festhalten",
)
async def put_signposting(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: SignpostingBody,
    writing: CurrentWriting,
) -> Response:
    change = _change(case_id, writing, practice)
    return await writing.run(
        lambda tx: record_signposting(tx, change, body.signposted_to, body.signposted_on)
    )


@router.put(
    "/{case_id}/structural-finding-answer",
    response_model=CaseView,
    summary="Answer the structural question / Frage nach strukturellen Mängeln beantworten",
)
async def put_structural_answer(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: StructuralAnswer,
    writing: CurrentWriting,
) -> Response:
    change = _change(case_id, writing, practice)
    return await writing.run(
        lambda tx: answer_structural_question(tx, change, body.finding, body.field_of_action)
    )


@router.put(
    "/{case_id}/erasure-preparation",
    response_model=CaseView,
    summary="Prepare the erasure / Löschung vorbereiten",
)
async def put_erasure_preparation(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: ErasurePreparation,
    writing: CurrentWriting,
) -> Response:
    change = _change(case_id, writing, practice)
    return await writing.run(lambda tx: prepare_erasure(tx, change, body.archive_answer))


@router.post(
    "/{case_id}/sent-referrals",
    status_code=201,
    response_model=CaseView,
    summary="Link a sent referral / Zusteuerung mit dem Fall verbinden",
)
async def post_sent_referral(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: SentReferralBody,
    writing: CurrentWriting,
) -> Response:
    version = writing.expected_version
    return await writing.run(
        lambda tx: link_sent_referral(tx, case_id, version, body.referral_id, practice),
        status=201,
    )


def _sent_evidence(consent: OpeningConsent | None) -> SentEvidence | None:
    """A title has no ending: the one that fits the content is added to a download."""
    if consent is None or consent.evidence is None:
        return None
    file = consent.evidence
    return SentEvidence(
        title=file.file_name.removesuffix(ENDINGS[file.content_type][0]) or file.file_name,
        media_type=file.content_type,
        content=file.content,
        document_id=consent.evidence_document_id or new_id(),
    )


def _intake(body: CaseOpening, caller: Caller, evidence: Evidence | None) -> Intake:
    checklist, notice, consent = body.indication_checklist, body.information_notice, body.consent
    given = None
    if consent is not None:
        given = GivenConsent(
            of=lambda person_id: consent_from(consent, person_id, caller),
            purpose_text=consent.purpose_text,
            evidence=evidence,
        )
    return Intake(
        until=body.until,
        indication=IndicationChecklist(**checklist.model_dump()) if checklist else None,
        notice=GivenNotice(**notice.model_dump()) if notice else None,
        consent=given,
    )


def _change(case_id: UUID, writing: CurrentWriting, practice: CurrentPractice) -> Change:
    return Change(case_id=case_id, expected_version=writing.expected_version, practice=practice)
