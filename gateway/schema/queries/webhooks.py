"""What can be asked about webhooks. They are changed at the services, by software."""

from typing import Annotated

import strawberry

from gateway.clients.pages import page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.codes.services import ServiceName
from gateway.schema.node import record_id
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.published import both
from gateway.schema.webhook import WebhookDelivery, WebhookEndpoint

Service = Annotated[
    ServiceName, strawberry.argument(description=both("Of which service.", "Welches Dienstes."))
]
EndpointId = Annotated[
    strawberry.ID,
    strawberry.argument(description=both("UUID of the endpoint.", "UUID der Empfangsadresse.")),
]


@strawberry.type
class WebhookQueries:
    @strawberry.field(
        description=both(
            "Where a service sends events to the caller's unit.",
            "Wohin ein Dienst der eigenen Stelle Ereignisse sendet.",
        )
    )
    async def webhook_endpoints(
        self, info: Info, service: Service, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[WebhookEndpoint] | None:
        asked = asked_page(info, first, after)
        keeper = info.context.services.of(str(service.value))
        found = await page_of(keeper, "/v1/webhook-endpoints", asked)
        return connection(found, WebhookEndpoint.from_record, after)

    @strawberry.field(
        description=both(
            "What was sent to one endpoint, the newest first. Null when it is unknown or hidden.",
            "Was an eine Adresse gesendet wurde, das Neueste zuerst. Null, wenn sie unbekannt oder"
            " nicht sichtbar ist.",
        )
    )
    async def webhook_deliveries(
        self,
        info: Info,
        service: Service,
        endpoint_id: EndpointId,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[WebhookDelivery] | None:
        known = record_id(endpoint_id)
        if known is None:
            return None
        asked = asked_page(info, first, after)
        keeper = info.context.services.of(str(service.value))
        found = await page_of(keeper, f"/v1/webhook-endpoints/{known}/deliveries", asked)
        return connection(found, WebhookDelivery.from_record, after)
