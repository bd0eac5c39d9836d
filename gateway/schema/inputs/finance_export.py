"""What handing over to the finance system takes."""

import strawberry

from gateway.schema.codes.finance_exports import FinanceFileEncoding
from gateway.schema.inputs.base import Command, given
from gateway.schema.published import both


@strawberry.input(
    description=both(
        "Hand over the bookings that have not left yet.", "Noch offene Buchungen übergeben."
    )
)
class ExportFinanceInput(Command):
    encoding: FinanceFileEncoding | None = given(
        "Windows-1252 when left out.", "Ohne Angabe Windows-1252."
    )
