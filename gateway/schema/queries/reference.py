"""What can be asked about code lists, state machines and the audit logs."""

from typing import Annotated
from urllib.parse import quote

import strawberry

from gateway.clients.pages import page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.audit import AuditEntry, AuditFilter
from gateway.schema.codes.services import ServiceName
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.published import REQUEST, both
from gateway.schema.reads import FILTER
from gateway.schema.reference import CodeList, StateMachine
from gateway.schema.request_log import RequestLogEntry, RequestLogFilter

Name = Annotated[
    str,
    strawberry.argument(description=both("Name, for example case.", "Name, zum Beispiel case.")),
]
Service = Annotated[
    ServiceName, strawberry.argument(description=both("Whose log.", "Wessen Protokoll."))
]


@strawberry.type
class ReferenceQueries:
    @strawberry.field(
        description=both("Every code list of case records.", "Alle Codelisten der Fallakten.")
    )
    async def code_lists(self, info: Info) -> list[CodeList] | None:
        found = await info.context.services.cases.conversation.get("/v1/code-lists")
        return [CodeList.from_record(one) for one in found["lists"]]

    @strawberry.field(
        description=both(
            "One code list of case records; null when there is none of this name.",
            "Eine Codeliste der Fallakten; null, wenn es keine dieses Namens gibt.",
        )
    )
    async def code_list(self, info: Info, name: Name) -> CodeList | None:
        path = f"/v1/code-lists/{quote(name, safe='')}"
        return CodeList.from_optional(await info.context.services.cases.conversation.find(path))

    @strawberry.field(
        description=both(
            "A state machine of case records: case, consent, measure, case-type.",
            "Ein Zustandsmodell der Fallakten: case, consent, measure, case-type.",
        ),
        metadata={REQUEST: "GET cases /v1/state-machines/{name}"},
    )
    async def state_machine(self, info: Info, name: Name) -> StateMachine | None:
        path = f"/v1/state-machines/{quote(name, safe='')}"
        return StateMachine.from_optional(await info.context.services.cases.conversation.find(path))

    @strawberry.field(
        description=both(
            "The audit log of a service, the newest first; for data protection officers and"
            " auditors.",
            "Das Protokoll eines Dienstes, das Neueste zuerst; für Datenschutzbeauftragte und"
            " Prüfung.",
        )
    )
    async def audit_entries(
        self,
        info: Info,
        service: Service,
        filter_: Annotated[AuditFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[AuditEntry] | None:
        asked = asked_page(info, first, after, filter_)
        log = info.context.services.of(str(service.value))
        found = await page_of(log, "/v1/audit-entries", asked)
        return connection(found, AuditEntry.from_record, after)

    @strawberry.field(
        description=both(
            "What the systems of the caller's unit asked a service, the newest first, without"
            " content.",
            "Was die Systeme der eigenen Stelle einen Dienst fragten, das Neueste zuerst, ohne"
            " Inhalt.",
        )
    )
    async def request_log(
        self,
        info: Info,
        service: Service,
        filter_: Annotated[RequestLogFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[RequestLogEntry] | None:
        asked = asked_page(info, first, after, filter_)
        log = info.context.services.of(str(service.value))
        found = await page_of(log, "/v1/request-log", asked)
        return connection(found, RequestLogEntry.from_record, after)
