"""Allocations: shares of an award passed on, level by level."""

from typing import Optional

import strawberry

from gateway.context import Info
from gateway.schema.access import access_of
from gateway.schema.access_money import AllocationAccess
from gateway.schema.ahead import id_text, own_id
from gateway.schema.award import Award, Territory
from gateway.schema.award_version import AllocationVersion
from gateway.schema.call_for_interest import CallForInterest
from gateway.schema.codes.allocations import AllocationAction, AllocationState, RecipientKind
from gateway.schema.codes.awards import FundingLine, VersionKind
from gateway.schema.codes.contracts import AllocationForm, CostKind, DataProtectionRole, ProofForm
from gateway.schema.node import Node
from gateway.schema.provenance import ExternalId
from gateway.schema.published import REQUEST, Published, both, field
from gateway.schema.reads import children, part, parts
from gateway.schema.scalars import Amount, Date, DateTime, Fte
from gateway.schema.transitions import AllocationTransition


@strawberry.type(
    description=both(
        "What the notice or contract lays down.", "Was Bescheid oder Vertrag festlegt."
    )
)
class ContractTerms(Published):
    form: AllocationForm = field("Form.", "Form.")
    cost_kinds: list[CostKind] = field("Cost kinds that are funded.", "Geförderte Kostenarten.")
    ceiling: Amount = field("Euros per post at most.", "Höchstens Euro je Stelle.")
    proof_form: ProofForm = field("Form of the proof.", "Form des Nachweises.")
    proof_due_on: Date = field(
        "Day on which the proof is due.", "Tag, an dem der Nachweis fällig ist."
    )
    data_protection_role: DataProtectionRole | None = field(
        "Role under data protection law.", "Datenschutzrechtliche Rolle."
    )
    passes_on_conditions: bool = field(
        "Passes the conditions on.", "Gibt die Nebenbestimmungen weiter."
    )
    has_reporting_duty: bool = field("Has a duty to report.", "Enthält eine Berichtspflicht.")
    has_supervision_clause: bool = field(
        "Has a clause on professional supervision.", "Enthält eine Klausel zur Fachaufsicht."
    )


@strawberry.type(
    description=both(
        "An item of the proof that was refused.", "Ein abgelehnter Posten des Nachweises."
    )
)
class RefusedItem(Published):
    cost_kind: CostKind = field("Cost kind.", "Kostenart.")
    amount: Amount = field("Euros.", "Euro.")
    reason: str = field("Reason.", "Begründung.")


@strawberry.type(
    description=both("The recipient's proof as checked.", "Der Nachweis des Trägers, wie geprüft.")
)
class CheckedProof(Published):
    form: ProofForm = field("Form.", "Form.")
    has_vouchers: bool = field("Vouchers are there.", "Belege liegen vor.")
    refused_items: list[RefusedItem] = field("Items that were refused.", "Abgelehnte Posten.")


@strawberry.type(
    description=both(
        "A share of an award passed on to a recipient.",
        "Ein weitergeleiteter Anteil eines Bescheids.",
    )
)
class Allocation(Published, Node):
    access = access_of(AllocationAccess)
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    parent_allocation_id: strawberry.ID | None = field(
        "UUID of the allocation above.", "UUID der übergeordneten Weiterleitung."
    )
    depth: int = field("Level in the tree.", "Ebene im Baum.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    state: AllocationState = field("State.", "Stand.")
    allowed_actions: list[AllocationAction] = field(
        "What can be done now: the buttons to draw.",
        "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
    )
    recipient_unit: str | None = field("The receiving unit.", "Die empfangende Stelle.")
    recipient_name: str | None = field("Name of the recipient.", "Name des Trägers.")
    recipient_kind: RecipientKind | None = field("Kind of recipient.", "Art des Trägers.")
    version_number: int = field("Number of the version in force.", "Nummer der geltenden Fassung.")
    kind: VersionKind = field("Kind.", "Art.")
    effective_from: Date = field(
        "Day from which the version holds.", "Tag, ab dem die Fassung gilt."
    )
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date = field("Last day.", "Letzter Tag.")
    amount: Amount = field("Euros.", "Euro.")
    fte: Fte = field("Full-time equivalents.", "Stellenanteile.")
    own_use_amount: Amount = field("Euros kept for own use.", "Selbst verwendete Euro.")
    own_use_fte: Fte = field("Posts kept for own use.", "Selbst besetzte Stellen.")
    allocated_amount: Amount = field("Euros passed on.", "Weitergeleitete Euro.")
    allocated_fte: Fte = field("Posts passed on.", "Weitergeleitete Stellen.")
    free_amount: Amount = field("Euros that may still be passed on.", "Euro, die noch frei sind.")
    free_fte: Fte = field("Posts that may still be passed on.", "Stellen, die noch frei sind.")
    own_money: Amount = field("Municipal money on top.", "Eigene Mittel der Kommune.")
    target_group: str = field("Target group.", "Zielgruppe.")
    territory: Territory = field("Area.", "Gebiet.")
    overlap_reason: str = field("Why areas overlap.", "Warum Gebiete sich überschneiden.")
    selection_reason: str = field(
        "Why this recipient was selected directly.", "Warum dieser Träger direkt ausgewählt wurde."
    )
    terms: ContractTerms | None = field("Terms of the contract.", "Bedingungen des Vertrags.")
    proof_margin_days: int = field(
        "Days between the recipient's proof and the own one.",
        "Tage zwischen dem Nachweis des Trägers und dem eigenen.",
    )
    authority_consent_ref: str = field(
        "Reference of the authority's consent.", "Aktenzeichen der Zustimmung der Behörde."
    )
    double_funding_checked_on: Date | None = field(
        "Day of the check for double funding.", "Tag der Prüfung auf Doppelförderung."
    )
    suspension_reason: str = field("Why it is suspended.", "Warum sie ausgesetzt ist.")
    resumption_reason: str = field("Why it was resumed.", "Warum sie wieder aufgenommen wurde.")
    early_end_on: Date | None = field("Agreed early end.", "Vereinbartes vorzeitiges Ende.")
    termination_reason: str = field("Why it was terminated.", "Warum gekündigt wurde.")
    proof: CheckedProof | None = field("The checked proof.", "Der geprüfte Nachweis.")
    paid_amount: Amount | None = field("Euros paid.", "Gezahlte Euro.")
    eligible_amount: Amount | None = field("Euros eligible.", "Zuwendungsfähige Euro.")
    repaid_amount: Amount | None = field("Euros repaid.", "Zurückgezahlte Euro.")
    external_ids: list[ExternalId] = field(
        "What software of the own unit knows the allocation by.",
        "Wie Verfahren der eigenen Stelle die Weiterleitung kennen.",
    )
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    instalments = children(
        "funding /v1/instalments",
        "gateway.schema.payment:Instalment",
        "allocationId",
        en="The plan of instalments.",
        de="Der Ratenplan.",
    )
    payments = children(
        "funding /v1/payments",
        "gateway.schema.payment:Payment",
        "allocationId",
        en="Payments to the recipient.",
        de="Zahlungen an den Letztempfänger.",
    )

    recoveries = children(
        "funding /v1/recoveries",
        "gateway.schema.recovery:Recovery",
        "allocationId",
        en="Money that goes back.",
        de="Rückforderungen.",
    )
    instalment_plan = part(
        "funding /v1/allocations/{id}/instalments",
        "gateway.schema.payment:InstalmentPlan",
        en="The plan of instalments with the version that a change names.",
        de="Der Ratenplan mit der Fassung, die eine Änderung nennt.",
    )
    versions = parts(
        "funding /v1/allocations/{id}/versions",
        AllocationVersion,
        en="The contract and its amendments.",
        de="Der Vertrag und seine Änderungen.",
        is_paged=True,
    )
    call_for_interest = part(
        "funding /v1/allocations/{id}/call-for-interest",
        CallForInterest,
        en="The call for interest.",
        de="Der Aufruf zur Interessenbekundung.",
    )

    @strawberry.field(
        description=both("The award that pays it.", "Der Bescheid, der es bezahlt."),
        metadata={REQUEST: "GET funding /v1/awards"},
    )
    async def award(self, info: Info) -> Award | None:
        award_id = self.record.get("awardId")
        if award_id is None:
            return None
        return Award.from_optional(await info.context.loaders.award.load(id_text(award_id)))

    @strawberry.field(
        description=both("The allocation above it.", "Die übergeordnete Weiterleitung."),
        metadata={REQUEST: "GET funding /v1/allocations"},
    )
    async def parent(self, info: Info) -> Optional["Allocation"]:
        parent_id = self.record.get("parentAllocationId")
        if parent_id is None:
            return None
        found = await info.context.loaders.allocation.load(id_text(parent_id))
        return Allocation.from_optional(found)

    @strawberry.field(
        description=both(
            "Every action of the state, with what hinders it; one read per record.",
            "Jede Aktion des Standes, mit dem, was sie hindert; ein Zugriff je Datensatz.",
        ),
        metadata={REQUEST: "GET funding /v1/allocations/{id}/actions"},
    )
    async def available_transitions(self, info: Info) -> list[AllocationTransition]:
        found = await info.context.loaders.actions_of_allocation.load(own_id(self.record))
        return [AllocationTransition.from_record(one) for one in found]
