"""What can be asked about the daily work on cases."""

from typing import Annotated

import strawberry

from gateway.clients.pages import page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.asking import asked_items
from gateway.schema.case_file import CasePlan
from gateway.schema.case_type import CaseType
from gateway.schema.case_work import Task
from gateway.schema.codes.work import WorkListName
from gateway.schema.desk import Deputyship, SavedSearch, StaffMember, WorkItem
from gateway.schema.document import CaseDocument
from gateway.schema.filters import CaseTypeFilter, TaskFilter
from gateway.schema.note import Note, NoteRelease
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.published import REQUEST, both
from gateway.schema.reads import Id, record, records

ListName = Annotated[
    WorkListName, strawberry.argument(description=both("Which list.", "Welche Liste."))
]


@strawberry.type
class WorkQueries:
    @strawberry.field(
        description=both(
            "Open cases with state, next task and flags; `MINE`, `OVERDUE` and `CHANGED` are of"
            " the caller and of those whose deputy the caller is today.",
            "Offene Fälle mit Stand, nächster Aufgabe und Hinweisen; `MINE`, `OVERDUE` und"
            " `CHANGED` sind die eigenen und die derer, die man heute vertritt.",
        ),
        metadata={REQUEST: "GET cases /v1/work-lists/{name}"},
    )
    async def work_list(
        self, info: Info, name: ListName, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[WorkItem] | None:
        asked = asked_page(info, first, after)
        cases = info.context.services.of("cases")
        page = await page_of(cases, f"/v1/work-lists/{name.value}", asked)
        return connection(page, WorkItem.from_record, after)

    task = record("cases /v1/tasks", Task, en="One task.", de="Eine Aufgabe.")
    tasks = records(
        "cases /v1/tasks",
        Task,
        TaskFilter,
        en="Tasks of the unit.",
        de="Aufgaben der Stelle.",
    )
    deputyships = records(
        "cases /v1/deputyships",
        Deputyship,
        en="Deputyships in the unit, the latest first.",
        de="Vertretungen in der Stelle, die neuesten zuerst.",
    )
    staff_members = records(
        "cases /v1/staff-members",
        StaffMember,
        en="Staff of the unit.",
        de="Fachkräfte der Stelle.",
    )
    saved_searches = records(
        "cases /v1/saved-searches",
        SavedSearch,
        en="Searches the caller keeps.",
        de="Eigene gespeicherte Suchen.",
    )
    document = record("cases /v1/documents", CaseDocument, en="One document.", de="Ein Dokument.")
    plan_version = record(
        "cases /v1/plan-versions",
        CasePlan,
        en="One version of a help plan.",
        de="Eine Fassung eines Hilfeplans.",
    )
    case_type = record(
        "cases /v1/case-types", CaseType, en="A version of a case type.", de="Ein Falltyp."
    )
    case_types = records(
        "cases /v1/case-types",
        CaseType,
        CaseTypeFilter,
        en="Case types, one's own and those that ship with the product.",
        de="Falltypen, eigene und mitgelieferte.",
    )
    note = record("cases /v1/notes", Note, en="One note.", de="Ein Vermerk.")

    note_versions = asked_items(
        "cases /v1/notes/{id}/versions",
        Note,
        en="Every version of a note; empty when it is unknown or hidden.",
        de="Jede Fassung eines Vermerks; leer, wenn unbekannt oder nicht sichtbar.",
        is_paged=True,
        id_=Id,
    )
    note_releases = asked_items(
        "cases /v1/notes/{id}/releases",
        NoteRelease,
        en="To whom an entrusted note was handed on: all to its owner, their own to receivers.",
        de="An wen ein anvertrauter Vermerk ging: alle für die Eigentümerin, die eigenen für wen"
        " er kam.",
        is_paged=True,
        id_=Id,
    )
