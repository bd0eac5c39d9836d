"""What can be asked about the chains of the audit logs."""

import strawberry

from gateway.clients.pages import page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.audit_chain import (
    AuditAnchor,
    AuditVerification,
    ProcessingPurpose,
    purposes,
)
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.published import REQUEST, both
from gateway.schema.queries.reference import Service


@strawberry.type
class AuditChainQueries:
    @strawberry.field(
        description=both(
            "Whether the audit log of a service is whole; everything is computed anew. For data"
            " protection officers.",
            "Ob das Protokoll eines Dienstes unversehrt ist; alles wird neu berechnet. Für"
            " Datenschutzbeauftragte.",
        ),
        metadata={REQUEST: "GET cases /v1/audit/verify"},
    )
    async def audit_verification(self, info: Info, service: Service) -> AuditVerification | None:
        log = info.context.services.of(str(service.value))
        return AuditVerification.from_record(await log.get("/v1/audit/verify"))

    @strawberry.field(
        description=both(
            "The signed daily anchors of a service's audit log, the newest first.",
            "Die signierten Tagesanker des Protokolls eines Dienstes, der neueste zuerst.",
        )
    )
    async def audit_anchors(
        self, info: Info, service: Service, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[AuditAnchor] | None:
        log = info.context.services.of(str(service.value))
        asked = asked_page(info, first, after, None)
        found = await page_of(log, "/v1/audit/anchors", asked)
        return connection(found, AuditAnchor.from_record, after)

    @strawberry.field(
        description=both(
            "Every purpose for which data may be processed, with its legal basis.",
            "Jeder Zweck, zu dem Daten verarbeitet werden dürfen, mit seiner Rechtsgrundlage.",
        )
    )
    async def processing_purposes(self) -> list[ProcessingPurpose] | None:
        return purposes()
