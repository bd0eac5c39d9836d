"""What can be asked about funding."""

import strawberry

from gateway.schema.allocation import Allocation
from gateway.schema.award import Award
from gateway.schema.filters import AllocationFilter, AwardFilter, PositionFilter
from gateway.schema.position import Position
from gateway.schema.reads import record, records


@strawberry.type
class FundingQueries:
    award = record("funding /v1/awards", Award, en="One award.", de="Ein Bescheid.")
    awards = records(
        "funding /v1/awards",
        Award,
        AwardFilter,
        en="Awards, the newest fiscal year first.",
        de="Bescheide, das neueste Haushaltsjahr zuerst.",
    )
    allocation = record(
        "funding /v1/allocations", Allocation, en="One allocation.", de="Eine Weiterleitung."
    )
    allocations = records(
        "funding /v1/allocations",
        Allocation,
        AllocationFilter,
        en="Allocations.",
        de="Weiterleitungen.",
    )
    position = record("funding /v1/positions", Position, en="One post.", de="Eine Stelle.")
    positions = records(
        "funding /v1/positions",
        Position,
        PositionFilter,
        en="Posts as of today.",
        de="Stellen am heutigen Tag.",
    )
