"""What can be asked about requests of data subjects."""

import strawberry

from gateway.schema.codes.rights import DataRight, RightsRequestState
from gateway.schema.filters import by
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.rights import RightsRequest
from gateway.schema.scalars import Date


@strawberry.input(description=both("Which requests.", "Welche Anträge."))
class RightsRequestFilter:
    data_right: list[DataRight] | None = by("Of one of these rights.", "Zu einem dieser Rechte.")
    state: list[RightsRequestState] | None = by(
        "In one of these states.", "In einem dieser Stände."
    )
    person_id: strawberry.ID | None = by("Of this person.", "Dieser Person.")
    due_on_gte: Date | None = by("Due on this day or later.", "Fällig ab diesem Tag.")
    due_on_lte: Date | None = by("Due by this day.", "Fällig bis zu diesem Tag.")
    is_unanswered: bool | None = by(
        "Not answered yet, or answered.", "Noch ohne Antwort, oder mit."
    )


@strawberry.type
class RightsQueries:
    rights_request = record(
        "cases /v1/rights-requests",
        RightsRequest,
        en="One request of a data subject.",
        de="Ein Betroffenenantrag.",
    )
    rights_requests = records(
        "cases /v1/rights-requests",
        RightsRequest,
        RightsRequestFilter,
        en="Requests of data subjects, the next due first; the data protection officer sees those"
        " of every unit.",
        de="Betroffenenanträge, die nächsten fälligen zuerst; die oder der"
        " Datenschutzbeauftragte sieht die aller Stellen.",
    )
