"""What can be asked about proofs of use."""

from typing import Annotated

import strawberry

from gateway.schema.asking import asked
from gateway.schema.codes.proofs import ProofState
from gateway.schema.filters import by
from gateway.schema.proof import ProofFigure, ProofOfUse, VoucherList
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.scalars import Date

OfProof = Annotated[
    strawberry.ID,
    strawberry.argument(description=both("UUID of the proof.", "UUID des Nachweises.")),
]
Number = Annotated[
    int, strawberry.argument(description=both("The version.", "Nummer der Fassung."))
]
Key = Annotated[
    str, strawberry.argument(description=both("The figure's key.", "Schlüssel der Zahl."))
]


@strawberry.input(description=both("Which proofs of use.", "Welche Verwendungsnachweise."))
class ProofFilter:
    award_id: strawberry.ID | None = by("Of this award.", "Dieses Bescheids.")
    allocation_id: strawberry.ID | None = by("Of this allocation.", "Dieser Weiterleitung.")
    state: list[ProofState] | None = by("In these states.", "In diesen Ständen.")
    is_overdue: bool | None = by("Overdue or not.", "Überfällig oder nicht.")
    due_on_gte: Date | None = by("Due from.", "Fällig ab.")
    due_on_lte: Date | None = by("Due up to.", "Fällig bis.")


@strawberry.type
class ProofQueries:
    proof = record(
        "funding /v1/proofs", ProofOfUse, en="One proof of use.", de="Ein Verwendungsnachweis."
    )
    proofs = records(
        "funding /v1/proofs",
        ProofOfUse,
        ProofFilter,
        en="Proofs of use, the next due first.",
        de="Verwendungsnachweise, der nächste fällige zuerst.",
    )

    proof_figure = asked(
        "funding /v1/proofs/{proof_id}/versions/{number}/figures/{key}/postings",
        ProofFigure,
        en="A figure of a version with its postings; null when unknown or hidden.",
        de="Eine Zahl einer Fassung mit ihren Buchungen; null, wenn unbekannt oder verborgen.",
        proof_id=OfProof,
        number=Number,
        key=Key,
    )
    proof_vouchers = asked(
        "funding /v1/proofs/{proof_id}/versions/{number}/vouchers",
        VoucherList,
        en="The vouchers of a version of a proof with vouchers; null when it lists none or hidden.",
        de="Die Belegliste einer Fassung; null, wenn sie keine führt oder verborgen ist.",
        proof_id=OfProof,
        number=Number,
    )
