"""The numbers by which finance software knows awards, allocations and posts."""

from typing import Final

from services.funding.storage.tables import ExternalIdRow
from shared.database.external_ids import ExternalNumbers

NUMBERS: Final = ExternalNumbers(ExternalIdRow)
