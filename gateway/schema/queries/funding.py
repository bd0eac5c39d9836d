"""What can be asked about funding."""

import strawberry

from gateway.schema.allocation import Allocation
from gateway.schema.asking import AsOf, KnownAt, asked
from gateway.schema.award import Award
from gateway.schema.filters import AllocationFilter, AwardFilter, PositionFilter
from gateway.schema.position import Position
from gateway.schema.reads import Id, records


@strawberry.type
class FundingQueries:
    award = asked(
        "funding /v1/awards/{id}",
        Award,
        en="One award, as of a day. Null when it is unknown or hidden.",
        de="Ein Bescheid, an einem Tag. Null, wenn unbekannt oder nicht sichtbar.",
        id_=Id,
        as_of=AsOf,
        known_at=KnownAt,
    )
    awards = records(
        "funding /v1/awards",
        Award,
        AwardFilter,
        en="Awards, the newest fiscal year first.",
        de="Bescheide, das neueste Haushaltsjahr zuerst.",
    )
    allocation = asked(
        "funding /v1/allocations/{id}",
        Allocation,
        en="One allocation, as of a day. Null when it is unknown or hidden.",
        de="Eine Weiterleitung, an einem Tag. Null, wenn unbekannt oder nicht sichtbar.",
        id_=Id,
        as_of=AsOf,
        known_at=KnownAt,
    )
    allocations = records(
        "funding /v1/allocations",
        Allocation,
        AllocationFilter,
        en="Allocations.",
        de="Weiterleitungen.",
    )
    position = asked(
        "funding /v1/positions/{id}",
        Position,
        en="One post, as of a day. Null when it is unknown or hidden.",
        de="Eine Stelle, an einem Tag. Null, wenn unbekannt oder nicht sichtbar.",
        id_=Id,
        as_of=AsOf,
        known_at=KnownAt,
    )
    positions = records(
        "funding /v1/positions",
        Position,
        PositionFilter,
        en="Posts as of today.",
        de="Stellen am heutigen Tag.",
    )
