"""What can be asked about recoveries and base rates."""

import strawberry

from gateway.schema.codes.recoveries import RecoveryDirection, RecoveryState
from gateway.schema.filters import by
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.recovery import BaseRate, Recovery


@strawberry.input(description=both("Which recoveries.", "Welche Rückforderungen."))
class RecoveryFilter:
    award_id: strawberry.ID | None = by("Of this award.", "Dieses Bescheids.")
    award_line_id: strawberry.ID | None = by("Of this award line.", "Dieser Bescheidzeile.")
    allocation_id: strawberry.ID | None = by("Of this allocation.", "Dieser Weiterleitung.")
    state: list[RecoveryState] | None = by("In these states.", "In diesen Ständen.")
    direction: RecoveryDirection | None = by("In this direction.", "In dieser Richtung.")


@strawberry.type
class RecoveryQueries:
    recovery = record(
        "funding /v1/recoveries", Recovery, en="One recovery.", de="Eine Rückforderung."
    )
    recoveries = records(
        "funding /v1/recoveries",
        Recovery,
        RecoveryFilter,
        en="Recoveries, the oldest first.",
        de="Rückforderungen, die älteste zuerst.",
    )
    base_rate = record(
        "funding /v1/base-rates", BaseRate, en="One base rate.", de="Ein Basiszinssatz."
    )
    base_rates = records(
        "funding /v1/base-rates",
        BaseRate,
        en="Base rates, the newest first.",
        de="Basiszinssätze, der neueste zuerst.",
    )
