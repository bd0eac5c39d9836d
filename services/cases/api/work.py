"""Contacts, tasks and flags of a case."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter
from services.cases.api.schemas.work import (
    ContactBody,
    ContactPage,
    ContactView,
    FlagBody,
    FlagPage,
    FlagView,
    TaskBody,
    TaskPage,
    TaskView,
)
from services.cases.domain.work import TaskAction
from services.cases.operations.flag_case import lift_flag, raise_flag
from services.cases.operations.record_contact import Contact, record_contact
from services.cases.operations.work_on_tasks import TaskContent, change_task, end_task, set_task
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.work import (
    CONTACTS_OF_CASE,
    FLAGS_OF_CASE,
    TASK_VIEW,
    TASKS_OF_CASE,
)
from shared.kernel.clock import berlin_date, now
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["work"])


@router.get(
    "/cases/{case_id}/contacts",
    response_model=ContactPage,
    summary="List contacts / Beratungskontakte auflisten",
    openapi_extra={"parameters": CONTACTS_OF_CASE.parameters()},
)
async def list_contacts(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(CONTACTS_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/contacts",
    status_code=201,
    response_model=ContactView,
    summary="Record a contact / Beratungskontakt festhalten",
)
async def post_contact(
    _: CaseWriter, case_id: UUID, body: ContactBody, writing: CurrentWriting
) -> Response:
    contact = Contact(case_id=case_id, **body.model_dump())
    return await writing.run(lambda tx: record_contact(tx, contact), status=201)


@router.get(
    "/cases/{case_id}/tasks",
    response_model=TaskPage,
    summary="List tasks / Aufgaben auflisten",
    openapi_extra={"parameters": TASKS_OF_CASE.parameters()},
)
async def list_tasks(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(TASKS_OF_CASE, case_id=case_id, today=berlin_date(now()))


@router.post(
    "/cases/{case_id}/tasks",
    status_code=201,
    response_model=TaskView,
    summary="Set a task / Aufgabe stellen",
)
async def post_task(
    _: CaseWriter, case_id: UUID, body: TaskBody, writing: CurrentWriting
) -> Response:
    content = TaskContent(**body.model_dump())
    return await writing.run(lambda tx: set_task(tx, case_id, content), status=201)


@router.get("/tasks/{task_id}", response_model=TaskView, summary="Read a task / Aufgabe lesen")
async def read_task(task_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(TASK_VIEW, task_id=task_id, today=berlin_date(now()))


@router.put("/tasks/{task_id}", response_model=TaskView, summary="Change a task / Aufgabe ändern")
async def put_task(
    _: CaseWriter, task_id: UUID, body: TaskBody, writing: CurrentWriting
) -> Response:
    content, version = TaskContent(**body.model_dump()), writing.expected_version
    return await writing.run(lambda tx: change_task(tx, task_id, version, content))


@router.post(
    "/tasks/{task_id}/actions/{action}",
    response_model=TaskView,
    summary="Finish or cancel a task / Aufgabe erledigen, streichen",
)
async def post_task_step(
    _: CaseWriter, task_id: UUID, action: TaskAction, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: end_task(tx, task_id, action))


@router.get(
    "/cases/{case_id}/flags",
    response_model=FlagPage,
    summary="List flags / Hinweise auflisten",
    openapi_extra={"parameters": FLAGS_OF_CASE.parameters()},
)
async def list_flags(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(FLAGS_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/flags",
    status_code=201,
    response_model=FlagView,
    summary="Raise a flag / Hinweis setzen",
)
async def post_flag(
    _: CaseWriter, case_id: UUID, body: FlagBody, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: raise_flag(tx, case_id, body.code, body.severity, body.reason), status=201
    )


@router.post(
    "/flags/{flag_id}/actions/lift",
    response_model=FlagView,
    summary="Lift a flag / Hinweis aufheben",
)
async def post_lifting(_: CaseWriter, flag_id: UUID, writing: CurrentWriting) -> Response:
    return await writing.run(lambda tx: lift_flag(tx, flag_id))
