"""Awards, allocations and posts by the numbers of other systems."""

from typing import Final

from sqlmodel import col

from services.funding.domain.external_ids import ExternalKind
from services.funding.storage.numbers import NUMBERS
from services.funding.storage.queries.allocations import ALLOCATIONS
from services.funding.storage.queries.awards import AWARDS_IN_FORCE
from services.funding.storage.queries.positions import POSITIONS
from services.funding.storage.tables import AllocationRow, AwardRow, PositionRow
from shared.database.statements import Statement
from shared.database.views import View

AWARD_BY_NUMBER = View(
    AWARDS_IN_FORCE.where(col(AwardRow.id) == NUMBERS.record_of(ExternalKind.AWARD))
)
ALLOCATION_BY_NUMBER = View(
    ALLOCATIONS.where(col(AllocationRow.id) == NUMBERS.record_of(ExternalKind.ALLOCATION))
)
POSITION_BY_NUMBER = View(
    POSITIONS.where(col(PositionRow.id) == NUMBERS.record_of(ExternalKind.POSITION))
)
VERSION_OF: Final = {
    ExternalKind.AWARD: Statement("select version from award where id = :record_id"),
    ExternalKind.ALLOCATION: Statement("select version from allocation where id = :record_id"),
    ExternalKind.POSITION: Statement("select version from position where id = :record_id"),
}
