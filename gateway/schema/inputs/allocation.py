"""What steps of an allocation and reports of posts take."""

import strawberry

from gateway.schema.codes.allocations import AllocationAction, RecipientKind
from gateway.schema.codes.awards import PostType
from gateway.schema.codes.contracts import (
    AllocationForm,
    CostKind,
    DataProtectionRole,
    NumberLocale,
    ProofForm,
)
from gateway.schema.inputs.award import TerritoryInput
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date, Fte


@strawberry.input(
    description=both(
        "Pass on a share of exactly one level: an award line or another allocation.",
        "Einen Anteil genau einer Ebene weiterleiten: Bescheidzeile oder Weiterleitung.",
    )
)
class CreateAllocationInput(Command):
    valid_from: Date = needed("First day.", "Erster Tag.")
    valid_to: Date = needed("Last day.", "Letzter Tag.")
    amount: Amount = needed("Euros.", "Euro.")
    award_line_id: strawberry.ID | None = given(
        "UUID of the award line.", "UUID der Bescheidzeile."
    )
    parent_allocation_id: strawberry.ID | None = given(
        "UUID of the allocation above.", "UUID der übergeordneten Weiterleitung."
    )
    fte: Fte | None = given("Full-time equivalents.", "Stellenanteile.")
    own_use_fte: Fte | None = given("Posts kept for own use.", "Selbst besetzte Stellen.")
    own_use_amount: Amount | None = given("Euros kept for own use.", "Selbst verwendete Euro.")
    own_money: Amount | None = given("Municipal money on top.", "Eigene Mittel der Kommune.")
    recipient_unit: str | None = given("The receiving unit.", "Die empfangende Stelle.")
    recipient_name: str | None = given("Name of the recipient.", "Name des Trägers.")
    recipient_kind: RecipientKind | None = given("Kind of recipient.", "Art des Trägers.")
    target_group: str | None = given("Target group.", "Zielgruppe.")
    territory: TerritoryInput | None = given("Area.", "Gebiet.")
    overlap_reason: str | None = given("Why areas overlap.", "Warum Gebiete sich überschneiden.")
    authority_consent_ref: str | None = given(
        "Reference of the authority's consent.", "Aktenzeichen der Zustimmung der Behörde."
    )
    double_funding_checked_on: Date | None = given(
        "Day of the check for double funding.", "Tag der Prüfung auf Doppelförderung."
    )
    proof_margin_days: int | None = given(
        "Days between the recipient's proof and the own one.",
        "Tage zwischen dem Nachweis des Trägers und dem eigenen.",
    )


@strawberry.input(
    description=both(
        "Take an allocation a step further.", "Eine Weiterleitung einen Schritt weiterführen."
    )
)
class PerformAllocationActionInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    action: AllocationAction = needed("The action.", "Die Aktion.")
    selection_reason: str | None = given(
        "Why this recipient was selected directly.", "Warum dieser Träger direkt ausgewählt wurde."
    )
    recipient_unit: str | None = given("The receiving unit.", "Die empfangende Stelle.")
    recipient_name: str | None = given("Name of the recipient.", "Name des Trägers.")
    recipient_kind: RecipientKind | None = given("Kind of recipient.", "Art des Trägers.")
    reason: str | None = given("Reason.", "Begründung.")
    early_end_on: Date | None = given("Agreed early end.", "Vereinbartes vorzeitiges Ende.")


@strawberry.input(
    description=both("Record the notice or contract.", "Bescheid oder Vertrag erfassen.")
)
class ContractAllocationInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    form: AllocationForm = needed("Form.", "Form.")
    cost_kinds: list[CostKind] = needed("Cost kinds that are funded.", "Geförderte Kostenarten.")
    ceiling: Amount = needed("Euros per post at most.", "Höchstens Euro je Stelle.")
    proof_due_on: Date = needed(
        "Day on which the proof is due.", "Tag, an dem der Nachweis fällig ist."
    )
    proof_form: ProofForm | None = given("Form of the proof.", "Form des Nachweises.")
    data_protection_role: DataProtectionRole | None = given(
        "Role under data protection law.", "Datenschutzrechtliche Rolle."
    )
    passes_on_conditions: bool | None = given(
        "Passes the conditions on.", "Gibt die Nebenbestimmungen weiter."
    )
    has_reporting_duty: bool | None = given(
        "Has a duty to report.", "Enthält eine Berichtspflicht."
    )
    has_supervision_clause: bool | None = given(
        "Has a clause on professional supervision.", "Enthält eine Klausel zur Fachaufsicht."
    )
    proof_margin_days: int | None = given(
        "Days between the recipient's proof and the own one.",
        "Tage zwischen dem Nachweis des Trägers und dem eigenen.",
    )
    authority_consent_ref: str | None = given(
        "Reference of the authority's consent.", "Aktenzeichen der Zustimmung der Behörde."
    )
    double_funding_checked_on: Date | None = given(
        "Day of the check for double funding.", "Tag der Prüfung auf Doppelförderung."
    )
    overlap_reason: str | None = given("Why areas overlap.", "Warum Gebiete sich überschneiden.")


@strawberry.input(description=both("Settle an allocation.", "Eine Weiterleitung abrechnen."))
class SettleAllocationInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")


@strawberry.input(
    description=both("Record an amended contract.", "Eine Vertragsänderung erfassen.")
)
class AmendAllocationInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    valid_from: Date = needed("First day.", "Erster Tag.")
    valid_to: Date = needed("Last day.", "Letzter Tag.")
    effective_from: Date = needed(
        "Day from which the version holds.", "Tag, ab dem die Fassung gilt."
    )
    amount: Amount = needed("Euros.", "Euro.")
    fte: Fte | None = given("Full-time equivalents.", "Stellenanteile.")
    own_use_fte: Fte | None = given("Posts kept for own use.", "Selbst besetzte Stellen.")
    own_use_amount: Amount | None = given("Euros kept for own use.", "Selbst verwendete Euro.")
    reason: str | None = given("Reason.", "Begründung.")


@strawberry.input(
    description=both(
        "Release an amended contract, by a second person.",
        "Eine Vertragsänderung freigeben, durch eine zweite Person.",
    )
)
class ApproveAllocationVersionInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    number: int = needed("Number of the version.", "Nummer der Fassung.")


@strawberry.input(description=both("Three numbers as printed.", "Drei Zahlen, wie gedruckt."))
class FiguresInput:
    approved: str = needed("Posts approved.", "Bewilligte Stellen.")
    filled: str = needed("Posts filled, as reported.", "Besetzte Stellen, wie gemeldet.")
    reported_vacant: str | None = given(
        "Posts vacant, as reported; never approved minus filled.",
        "Unbesetzte Stellen, wie gemeldet; nie bewilligt minus besetzt.",
    )


@strawberry.input(description=both("One printed row.", "Eine gedruckte Zeile."))
class PositionReportRowInput:
    approved: str = needed("Posts approved.", "Bewilligte Stellen.")
    filled: str = needed("Posts filled, as reported.", "Besetzte Stellen, wie gemeldet.")
    label: str = needed("Name.", "Bezeichnung.")
    post_type: PostType = needed("What the post is for.", "Wofür die Stelle da ist.")
    reported_vacant: str | None = given(
        "Posts vacant, as reported; never approved minus filled.",
        "Unbesetzte Stellen, wie gemeldet; nie bewilligt minus besetzt.",
    )


@strawberry.input(
    description=both(
        "Store a table of posts as somebody printed it.",
        "Eine Stellentabelle speichern, wie sie gedruckt wurde.",
    )
)
class RecordPositionReportInput(Command):
    reported_on: Date = needed("Day of the report.", "Tag der Meldung.")
    source: str = needed("Where the figure comes from.", "Woher die Angabe stammt.")
    locale: NumberLocale = needed(
        "How the numbers are written: de or en.", "Wie die Zahlen geschrieben sind: de oder en."
    )
    rows: list[PositionReportRowInput] = needed("Rows.", "Zeilen.")
    provenance: str | None = given("ORIGINAL or MIRROR.", "ORIGINAL oder MIRROR.")
    reported_total: FiguresInput | None = given(
        "Total row as reported.", "Summenzeile, wie gemeldet."
    )
