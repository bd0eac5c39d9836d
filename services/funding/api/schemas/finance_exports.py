"""Files for the finance system."""

from datetime import datetime
from uuid import UUID

from services.funding.domain.finance_file import FileEncoding
from shared.web.fields import RequestModel, ResponseModel


class FinanceExportBody(RequestModel):
    encoding: FileEncoding = FileEncoding.WINDOWS_1252


class FinanceExportView(ResponseModel):
    """The entries `fromSequence` to `toSequence` of the live book. `total`: sum of the amounts
    under S, reversals taken off; those under H sum to the same.
    """

    id: UUID
    number: int
    from_sequence: int
    to_sequence: int
    encoding: FileEncoding
    line_count: int
    total: str
    currency: str
    sha256: str
    replaced_character_count: int
    created_at: datetime


class FinanceExportPage(ResponseModel):
    items: list[FinanceExportView]
    cursors: list[str] | None = None
    next_cursor: str | None


class CharacterReplacementView(ResponseModel):
    """A character that Windows-1252 has not; `lines` names the first twenty lines with it."""

    character: str
    code_point: str
    replacement: str
    count: int
    lines: list[int]


class CharacterReplacementsView(ResponseModel):
    number: int
    items: list[CharacterReplacementView]
