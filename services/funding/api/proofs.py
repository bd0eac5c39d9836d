"""Proofs of use: begun, generated from the books, signed, submitted, decided, printed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Request
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import ProofSigner, Reader, Recorder, with_right
from services.funding.api.schemas.proofs import (
    FigurePostingsView,
    ProofBody,
    ProofDecision,
    ProofPage,
    ProofQuery,
    ProofRecovery,
    ProofRejection,
    ProofSettlement,
    ProofStepBody,
    ProofVersionBody,
    ProofView,
    VoucherListView,
)
from services.funding.domain.access import right_for_proof
from services.funding.domain.proof_lifecycle import ProofAction
from services.funding.operations.act_on_proof import act_on_proof, sign_proof
from services.funding.operations.generate_proof import generate_proof
from services.funding.operations.read_proof import (
    ProofForm,
    drill_down,
    read_proof_file,
    read_voucher_list,
)
from services.funding.operations.record_proof import record_proof
from services.funding.storage.queries.proofs import PROOF_LIST, PROOF_VIEW
from shared.kernel.caller import Caller
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/proofs", tags=["proofs"])

DOORS: dict[ProofAction, tuple[type[ProofStepBody], str]] = {
    ProofAction.OPEN: (ProofStepBody, "Open / Nachweis eröffnen"),
    ProofAction.SUBMIT: (ProofStepBody, "Submit / Freigeben und vorlegen"),
    ProofAction.REVIEW: (ProofStepBody, "Record the review / Prüfung der Behörde vermerken"),
    ProofAction.QUERY: (ProofQuery, "Record a query / Rückfrage der Behörde erfassen"),
    ProofAction.ACCEPT: (ProofDecision, "Record the acceptance / Anerkennung erfassen"),
    ProofAction.ACCEPT_WITH_RECOVERY: (
        ProofRecovery,
        "Record the acceptance with a recovery / Anerkennung mit Rückforderung erfassen",
    ),
    ProofAction.REJECT: (ProofRejection, "Record the rejection / Ablehnung erfassen"),
    ProofAction.DEMAND: (ProofStepBody, "Record the demand / Rückforderungsbescheid erfassen"),
    ProofAction.SETTLE: (ProofSettlement, "Settle / Abschließen"),
}
MEDIA_TYPES = {
    ProofForm.PDF: "application/pdf",
    ProofForm.CSV: "text/csv; charset=utf-8",
    ProofForm.JSON: "application/json",
}
Number = Annotated[int, Path(ge=1, le=9999)]
FigureKey = Annotated[str, Path(max_length=120, pattern=r"^[a-z][A-Za-z0-9_/-]{0,119}$")]


@router.get(
    "",
    response_model=ProofPage,
    summary="List proofs of use / Verwendungsnachweise auflisten",
    openapi_extra={"parameters": PROOF_LIST.parameters()},
)
async def list_proofs(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(PROOF_LIST)


@router.post(
    "",
    status_code=201,
    response_model=ProofView,
    summary="Begin a proof of use / Verwendungsnachweis anlegen",
)
async def post_proof(body: ProofBody, _: Recorder, writing: CurrentWriting) -> Response:
    new = body.new()
    return await writing.run(lambda tx: record_proof(tx, new), status=201)


@router.get(
    "/{proof_id}",
    response_model=ProofView,
    summary="Read a proof of use / Verwendungsnachweis lesen",
)
async def read_proof(proof_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(PROOF_VIEW, proof_id=proof_id)


@router.post(
    "/{proof_id}/versions",
    status_code=201,
    response_model=ProofView,
    summary="Generate a version from the books / Fassung aus den Büchern erzeugen",
)
async def post_version(
    proof_id: UUID, body: ProofVersionBody, _: Recorder, writing: CurrentWriting
) -> Response:
    sections = body.sections()
    return await writing.run(
        lambda tx: generate_proof(tx, proof_id, writing.expected_version, sections), status=201
    )


@router.get(
    "/{proof_id}/versions/{number}/figures/{key:path}/postings",
    response_model=FigurePostingsView,
    summary="The postings behind a figure / Buchungen hinter einer Zahl",
)
async def read_postings(
    proof_id: UUID, number: Number, key: FigureKey, _: Reader, reading: CurrentReading
) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        found = await drill_down(tx, proof_id, number, key)
    return json_answer(FigurePostingsView.of(found))


@router.get(
    "/{proof_id}/versions/{number}/vouchers",
    response_model=VoucherListView,
    summary="The vouchers that a version lists / Belegliste einer Fassung",
)
async def read_vouchers(
    proof_id: UUID, number: Number, _: Reader, reading: CurrentReading
) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        found = await read_voucher_list(tx, proof_id, number)
    return json_answer(VoucherListView.model_validate(found))


def _open_file(form: ProofForm) -> None:
    async def read_file(
        proof_id: UUID, number: Number, _: Reader, reading: CurrentReading
    ) -> Response:
        async with reading.database.transaction(reading.caller) as tx:
            content = await read_proof_file(tx, proof_id, number, form)
        name = f"verwendungsnachweis-{number}.{form.value}"
        return Response(
            content,
            media_type=MEDIA_TYPES[form],
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store",
            },
        )

    router.add_api_route(
        f"/{{proof_id}}/versions/{{number}}.{form.value}",
        read_file,
        methods=["GET"],
        response_class=Response,
        responses={200: {"content": {MEDIA_TYPES[form]: {"schema": {"type": "string"}}}}},
        summary=f"A version as {form.name} / Fassung als {form.name}",
        name=f"read-proof-{form.value}",
    )


@router.post(
    "/{proof_id}/actions/sign",
    response_model=ProofView,
    summary="Confirm the newest version / Neueste Fassung rechtsverbindlich bestätigen",
)
async def post_sign(
    request: Request, proof_id: UUID, _: ProofSigner, writing: CurrentWriting
) -> Response:
    head: str = request.app.state.hvb_unit_type
    return await writing.run(lambda tx: sign_proof(tx, proof_id, writing.expected_version, head))


def _open_door(action: ProofAction, body_type: type[ProofStepBody], summary: str) -> None:
    needs_body = any(field.is_required() for field in body_type.model_fields.values())
    body_field = Body() if needs_body else Body(default_factory=body_type)
    permitted = Depends(with_right(right_for_proof(action)))

    async def act(
        proof_id: UUID,
        _: Annotated[Caller, permitted],
        writing: CurrentWriting,
        body: Annotated[body_type, body_field],  # type: ignore[valid-type] # differs by action
    ) -> Response:
        step = body.step()  # type: ignore[attr-defined] # a step body, as made above
        return await writing.run(
            lambda tx: act_on_proof(tx, proof_id, writing.expected_version, action, step)
        )

    router.add_api_route(
        f"/{{proof_id}}/actions/{action.value}",
        act,
        methods=["POST"],
        response_model=ProofView,
        summary=summary,
        name=f"{action.value}-proof",
    )


for _form in ProofForm:
    _open_file(_form)
for _action, (_body, _summary) in DOORS.items():
    _open_door(_action, _body, _summary)
