"""What corrections of awards, allocations and posts take."""

import strawberry

from gateway.schema.codes.budgets import PartYearDecision
from gateway.schema.inputs.award import ApplicantInput, TerritoryInput
from gateway.schema.inputs.base import Change, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date, Fte


@strawberry.input(
    description=both(
        "Change what is no matter of money.", "Angaben ändern, die kein Geld betreffen."
    )
)
class ChangeAwardInput(Change):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    reference: str | None = given("Reference for people.", "Aktenzeichen.")
    authority: str | None = given("Authority that granted it.", "Bewilligungsbehörde.")
    funder: str | None = given("Funder.", "Zuwendungsgeber.")
    applicant: ApplicantInput | None = given("Who applies.", "Wer beantragt.")
    territory: TerritoryInput | None = given("Area.", "Gebiet.")
    permits_forwarding: bool | None = given(
        "The money may be passed on.", "Die Mittel dürfen weitergeleitet werden."
    )
    awarded_on: Date | None = given("Date of the notice.", "Datum des Bescheids.")
    assurance_until: Date | None = given("Assured until.", "Zugesagt bis.")
    proof_due_on: Date | None = given("Proof due on.", "Nachweis fällig am.")


@strawberry.input
class AwardLineChange(Change):
    """Base of inputs about one line."""

    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    line_id: strawberry.ID = needed("UUID of its line.", "UUID seiner Zeile.")


@strawberry.input(
    description=both("Set what is kept for own use.", "Setzen, was selbst verwendet wird.")
)
class SetOwnUseInput(AwardLineChange):
    amount: Amount = needed("Euros.", "Euro.")
    fte: Fte = needed("Posts.", "Stellenanteile.")


@strawberry.input(
    description=both(
        "Decide which amount holds for a post that did not run all year.",
        "Entscheiden, welcher Betrag bei unterjähriger Stelle gilt.",
    )
)
class DecidePartYearInput(AwardLineChange):
    decision: PartYearDecision = needed("The decision.", "Die Entscheidung.")


@strawberry.input(
    description=both(
        "Change what is no matter of money.", "Angaben ändern, die kein Geld betreffen."
    )
)
class ChangeAllocationInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    target_group: str | None = given("Target group.", "Zielgruppe.")
    territory: TerritoryInput | None = given("Area.", "Gebiet.")
    overlap_reason: str | None = given("Why areas overlap.", "Warum Gebiete sich überschneiden.")
    authority_consent_ref: str | None = given(
        "Reference of the authority's consent.", "Aktenzeichen der Zustimmung der Behörde."
    )
    double_funding_checked_on: Date | None = given(
        "Day of the check for double funding.", "Tag der Prüfung auf Doppelförderung."
    )


@strawberry.input(
    description=both("Store what is reported of a post.", "Die Meldung zu einer Stelle speichern.")
)
class ReportPositionInput(Change):
    position_id: strawberry.ID = needed("UUID of the post.", "UUID der Stelle.")
    filled_fte: Fte | None = given("Posts reported filled.", "Als besetzt gemeldet.")
    vacant_fte: Fte | None = given(
        "Posts reported vacant; never computed.", "Als frei gemeldet; nie gerechnet."
    )
    reported_on: Date = needed("Day of the report.", "Tag der Meldung.")
    source: str = needed("Where the figure comes from.", "Woher die Angabe stammt.")
