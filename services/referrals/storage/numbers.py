"""The numbers by which the sender's software knows its referrals."""

from typing import Final

from services.referrals.storage.base import ExternalIdRow
from shared.database.external_ids import ExternalNumbers

NUMBERS: Final = ExternalNumbers(ExternalIdRow)
