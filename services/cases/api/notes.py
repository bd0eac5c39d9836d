"""Notes of a case: written, corrected by a new version, handed on by their owner."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter
from services.cases.api.schemas.notes import (
    CorrectionBody,
    HandOnBody,
    NoteBody,
    NotePage,
    NoteReleasePage,
    NoteReleaseView,
    NoteView,
    WrittenNote,
)
from services.cases.operations.correct_note import correct_note
from services.cases.operations.hand_on_note import hand_on_note
from services.cases.operations.write_note import write_note
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.notes import (
    NOTE_EXISTS,
    NOTE_VIEW,
    NOTES_OF_CASE,
    RELEASES_OF_NOTE,
    VERSIONS_OF_NOTE,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["case files"])


@router.get(
    "/cases/{case_id}/notes",
    response_model=NotePage,
    summary="List notes / Vermerke auflisten",
    openapi_extra={"parameters": NOTES_OF_CASE.parameters()},
)
async def list_notes(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """The current versions. Entrusted notes of colleagues are not among them, nor counted."""
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(NOTES_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/notes",
    status_code=201,
    response_model=WrittenNote,
    summary="Write a note / Vermerk schreiben",
)
async def post_note(
    _: CaseWriter, case_id: UUID, body: NoteBody, writing: CurrentWriting
) -> Response:
    note = body.note(case_id)
    return await writing.run(lambda tx: write_note(tx, note), status=201)


@router.get("/notes/{note_id}", response_model=NoteView, summary="Read a note / Vermerk lesen")
async def read_note(note_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(NOTE_VIEW, note_id=note_id)


@router.get(
    "/notes/{note_id}/versions",
    response_model=NotePage,
    summary="Versions of a note / Fassungen eines Vermerks",
    openapi_extra={"parameters": VERSIONS_OF_NOTE.parameters()},
)
async def list_versions(note_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(NOTE_EXISTS, note_id=note_id)
    return await reading.page(VERSIONS_OF_NOTE, note_id=note_id)


@router.post(
    "/notes/{note_id}/versions",
    status_code=201,
    response_model=WrittenNote,
    summary="Correct a note by a new version / Vermerk durch neue Fassung berichtigen",
)
async def post_version(
    _: CaseWriter, note_id: UUID, body: CorrectionBody, writing: CurrentWriting
) -> Response:
    """The version before stays as it is. Of the same class; it was handed on to nobody."""
    correction = body.correction(note_id)
    return await writing.run(lambda tx: correct_note(tx, correction), status=201)


@router.get(
    "/notes/{note_id}/releases",
    response_model=NoteReleasePage,
    summary="To whom an entrusted note was handed on / Weitergaben eines Vermerks",
    openapi_extra={"parameters": RELEASES_OF_NOTE.parameters()},
)
async def list_releases(note_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """All to the owner, their own to each receiver."""
    await reading.document(NOTE_EXISTS, note_id=note_id)
    return await reading.page(RELEASES_OF_NOTE, note_id=note_id)


@router.post(
    "/notes/{note_id}/actions/hand-on",
    response_model=NoteReleaseView,
    summary="Hand an entrusted note on / Anvertrauten Vermerk weitergeben",
)
async def post_hand_on(
    _: CaseWriter, note_id: UUID, body: HandOnBody, writing: CurrentWriting
) -> Response:
    """By the owner alone, on a ground of § 65 (1) SGB VIII. Who receives it reads this version
    of this note, corrects nothing and hands nothing on.
    """
    hand_on = body.hand_on(note_id)
    return await writing.run(lambda tx: hand_on_note(tx, hand_on))
