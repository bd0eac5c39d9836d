"""What steps of proofs of use take."""

import strawberry

from gateway.schema.codes.proofs import ProofAction, ProofRegime, RecoveryGround
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date

PROOF = ("UUID of the proof.", "UUID des Nachweises.")


@strawberry.input(
    description=both(
        "Begin the proof of an award or of an allocation: exactly one of the two.",
        "Nachweis eines Bescheids oder einer Weiterleitung anlegen: genau eines von beiden.",
    )
)
class BeginProofInput(Command):
    award_id: strawberry.ID | None = given("UUID of the award.", "UUID des Bescheids.")
    allocation_id: strawberry.ID | None = given(
        "UUID of the allocation.", "UUID der Weiterleitung."
    )
    regime: ProofRegime | None = given("How use is proved.", "Wie nachgewiesen wird.")
    due_on: Date | None = given("Day on which it is due.", "Tag der Fälligkeit.")


@strawberry.input(
    description=both("A section of the narrative.", "Ein Abschnitt des Sachberichts.")
)
class ProofSectionInput:
    heading: str = needed("Heading.", "Überschrift.")
    text: str = needed("Text without names of people.", "Text ohne Namen von Personen.")


@strawberry.input(description=both("Generate a version.", "Eine Fassung erzeugen."))
class GenerateProofInput(Change):
    proof_id: strawberry.ID = needed(*PROOF)
    narrative: list[ProofSectionInput] | None = given("The narrative.", "Der Sachbericht.")


@strawberry.input(
    description=both("Confirm the newest version.", "Die neueste Fassung bestätigen.")
)
class SignProofInput(Change):
    proof_id: strawberry.ID = needed(*PROOF)


@strawberry.input(description=both("Submit the newest version.", "Die neueste Fassung vorlegen."))
class SubmitProofInput(Change):
    proof_id: strawberry.ID = needed(*PROOF)


@strawberry.input(
    description=both("A cost of the proof that is not accepted.", "Eine nicht anerkannte Ausgabe.")
)
class RefusedFigureInput:
    figure: str = needed("Key of the figure.", "Schlüssel der Zahl.")
    amount: Amount = needed("Euros.", "Euro.")
    reason: str = needed("Reason.", "Begründung.")


@strawberry.input(
    description=both(
        "Take a proof a step further; each step takes only the members it needs.",
        "Einen Nachweis weiterführen; jeder Schritt nimmt nur, was er braucht.",
    )
)
class PerformProofActionInput(Change):
    proof_id: strawberry.ID = needed(*PROOF)
    action: ProofAction = needed("The step.", "Der Schritt.")
    text: str | None = given("The authority's query.", "Rückfrage der Behörde.")
    reference: str | None = given(
        "Reference of the letter or payment.", "Zeichen des Schreibens oder der Zahlung."
    )
    refused: list[RefusedFigureInput] | None = given(
        "Costs that are not accepted.", "Nicht anerkannte Ausgaben."
    )
    currency: str | None = given("EUR, the only one.", "EUR, die einzige.")
    ground: RecoveryGround | None = given("Why it is asked back.", "Warum zurückgefordert wird.")
