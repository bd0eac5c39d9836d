"""What can be asked about cases opened in an emergency."""

import strawberry

from gateway.clients.pages import page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.audit import AuditEntry
from gateway.schema.emergency_access import EmergencyAccess, EmergencyAccessFilter
from gateway.schema.inputs.base import NO_RECORD
from gateway.schema.node import record_id
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.published import REQUEST, both
from gateway.schema.reads import Id, record, records


@strawberry.type
class EmergencyAccessQueries:
    emergency_access = record(
        "cases /v1/emergency-accesses",
        EmergencyAccess,
        en="One emergency access.",
        de="Ein Notfallzugriff.",
    )
    emergency_accesses = records(
        "cases /v1/emergency-accesses",
        EmergencyAccess,
        EmergencyAccessFilter,
        en="Cases opened in an emergency, the latest first: of the tenant for the data protection"
        " officer, of the unit for the team lead, else one's own.",
        de="Im Notfall geöffnete Fälle, die neuesten zuerst: des Mandanten für die"
        " Datenschutzbeauftragte, der Stelle für die Teamleitung, sonst die eigenen.",
    )

    @strawberry.field(
        description=both(
            "What the person read and changed meanwhile, from the audit log; for the data"
            " protection officer.",
            "Was die Person währenddessen las und änderte, aus dem Protokoll; für die"
            " Datenschutzbeauftragte.",
        ),
        metadata={REQUEST: "GET cases /v1/emergency-accesses/{access_id}/deeds"},
    )
    async def emergency_access_deeds(
        self, info: Info, id_: Id, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[AuditEntry] | None:
        asked = asked_page(info, first, after)
        path = f"/v1/emergency-accesses/{record_id(id_) or NO_RECORD}/deeds"
        found = await page_of(info.context.services.of("cases"), path, asked)
        return connection(found, AuditEntry.from_record, after)
