"""Awards with their lines, in the version in force."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.context import Info
from gateway.schema.access import access_of
from gateway.schema.access_money import AwardAccess
from gateway.schema.ahead import own_id
from gateway.schema.allocation_tree import AllocationTree
from gateway.schema.asking import AsOf, KnownAt, asked_of
from gateway.schema.award_version import AwardVersion
from gateway.schema.codes.awards import (
    AwardAction,
    AwardState,
    ConditionCode,
    FundingLine,
    LinePurpose,
    VersionKind,
)
from gateway.schema.codes.budgets import PartYearDecision
from gateway.schema.codes.contracts import ApplicantKind
from gateway.schema.codes.ledger import Book
from gateway.schema.node import Node
from gateway.schema.provenance import ExternalId
from gateway.schema.published import REQUEST, Published, both, field
from gateway.schema.reads import children, part, parts
from gateway.schema.reservation import BudgetLine
from gateway.schema.scalars import Amount, Date, DateTime, Fte
from gateway.schema.transitions import AwardTransition

if TYPE_CHECKING:
    from gateway.schema.allocation import Allocation
    from gateway.schema.position import Position


@strawberry.type(
    description=both(
        "A Kreis, a municipality, or a part of one.",
        "Ein Kreis, eine Gemeinde oder ein Teil davon.",
    )
)
class Area(Published):
    key: str = field("Key.", "Schlüssel.")
    part: str = field("Named part of a municipality.", "Benannter Teil einer Gemeinde.")


@strawberry.type(description=both("Area with exceptions.", "Gebiet mit Ausnahmen."))
class Territory(Published):
    included: list[Area] = field("Areas that belong to it.", "Gebiete, die dazugehören.")
    excluded: list[Area] = field("Areas left out.", "Ausgenommene Gebiete.")


@strawberry.type(description=both("The municipality that applies.", "Die beantragende Kommune."))
class Applicant(Published):
    kind: ApplicantKind = field("Kind.", "Art.")
    has_integration_centre: bool = field(
        "Has a Kommunales Integrationszentrum.", "Hat ein Kommunales Integrationszentrum."
    )
    has_foreigners_authority: bool = field("Has an Ausländerbehörde.", "Hat eine Ausländerbehörde.")
    has_naturalisation_authority: bool = field(
        "Has an Einbürgerungsbehörde.", "Hat eine Einbürgerungsbehörde."
    )
    has_youth_office: bool = field("Has a Jugendamt.", "Hat ein Jugendamt.")
    has_integration_council: bool = field("Has an Integrationsrat.", "Hat einen Integrationsrat.")
    applies_through_county: bool = field("Applies through the Kreis.", "Beantragt über den Kreis.")


@strawberry.type(
    description=both("An ancillary provision of a notice.", "Eine Nebenbestimmung eines Bescheids.")
)
class AwardCondition(Published):
    code: ConditionCode = field("What it is about.", "Worum es geht.")
    text_de: str = field("Its text.", "Der Wortlaut.")
    passes_on: bool = field(
        "Whoever gets the money on is bound by it.", "Sie gilt auch für Empfänger der Mittel."
    )


@strawberry.type(description=both("One line of an award.", "Eine Zeile eines Bescheids."))
class AwardLine(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    key: str = field("Key.", "Schlüssel.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    purpose: LinePurpose = field("What the money is for.", "Wofür die Mittel bestimmt sind.")
    name_de: str = field("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str = field("Name in English.", "Bezeichnung auf Englisch.")
    source: str | None = field("Where the figure comes from.", "Woher die Angabe stammt.")
    is_additional: bool = field(
        "Money on top that does not count towards the volume.",
        "Zusätzliche Mittel, die nicht zum Fördervolumen zählen.",
    )
    amount: Amount = field("Euros.", "Euro.")
    fte: Fte | None = field("Full-time equivalents.", "Stellenanteile.")
    rate: Amount | None = field("Euros per post.", "Euro je Stelle.")
    valid_from: Date | None = field("First day.", "Erster Tag.")
    valid_to: Date | None = field("Last day.", "Letzter Tag.")
    own_use_amount: Amount = field("Euros kept for own use.", "Selbst verwendete Euro.")
    own_use_fte: Fte = field("Posts kept for own use.", "Selbst besetzte Stellen.")
    part_year_decision: PartYearDecision | None = field(
        "Which amount holds where a post did not run all year.",
        "Welcher Betrag gilt, wenn eine Stelle nicht das ganze Jahr lief.",
    )
    allocated_amount: Amount = field("Euros passed on.", "Weitergeleitete Euro.")
    allocated_fte: Fte = field("Posts passed on.", "Weitergeleitete Stellen.")
    free_amount: Amount = field("Euros that may still be passed on.", "Euro, die noch frei sind.")
    free_fte: Fte = field("Posts that may still be passed on.", "Stellen, die noch frei sind.")


@strawberry.type(
    description=both("An award in its version in force.", "Ein Bescheid in der geltenden Fassung.")
)
class Award(Published, Node):
    access = access_of(AwardAccess)
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    book: Book = field("Live or practice.", "Echt- oder Übungsbetrieb.")
    state: AwardState = field("State.", "Stand.")
    allowed_actions: list[AwardAction] = field(
        "What can be done now: the buttons to draw.",
        "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
    )
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    reference: str | None = field("Reference for people.", "Aktenzeichen.")
    authority: str | None = field("Authority that granted it.", "Bewilligungsbehörde.")
    funder: str | None = field("Funder.", "Zuwendungsgeber.")
    source: str | None = field("Where the figure comes from.", "Woher die Angabe stammt.")
    follows_award_id: strawberry.ID | None = field(
        "The award that this one follows.", "Der Bescheid, dem dieser folgt."
    )
    applicant: Applicant = field("Who applies.", "Wer beantragt.")
    territory: Territory = field("Area.", "Gebiet.")
    permits_forwarding: bool = field(
        "The money may be passed on.", "Die Mittel dürfen weitergeleitet werden."
    )
    awarded_on: Date | None = field("Date of the notice.", "Datum des Bescheids.")
    notified_on: Date | None = field("Day of notification.", "Tag der Bekanntgabe.")
    remedies_waived_on: Date | None = field(
        "Day on which remedies were waived.", "Tag des Rechtsbehelfsverzichts."
    )
    is_appeal_pending: bool = field("An appeal is pending.", "Ein Rechtsbehelf läuft.")
    budget_released_on: Date | None = field(
        "Day on which the municipal budget was released.", "Tag der Freigabe im Haushalt."
    )
    assurance_until: Date | None = field(
        "Day until which the funding is assured.", "Tag, bis zu dem die Förderung zugesagt ist."
    )
    proof_due_on: Date | None = field(
        "Day on which the proof is due.", "Tag, an dem der Nachweis fällig ist."
    )
    proof_accepted_on: Date | None = field(
        "Day on which the proof was accepted.", "Tag, an dem der Nachweis anerkannt wurde."
    )
    open_recovery: Amount = field("Euros to be repaid.", "Noch zurückzuzahlende Euro.")
    revocation_reason: str | None = field("Why it was revoked.", "Warum widerrufen wurde.")
    revocation_effective_on: Date | None = field(
        "Day from which the revocation holds.", "Tag, ab dem der Widerruf wirkt."
    )
    hearing_on: Date | None = field("Day of the hearing.", "Tag der Anhörung.")
    revoked_amount: Amount | None = field("Euros revoked.", "Widerrufene Euro.")
    version_number: int = field("Number of the version in force.", "Nummer der geltenden Fassung.")
    kind: VersionKind = field("Kind.", "Art.")
    effective_from: Date = field(
        "Day from which the version holds.", "Tag, ab dem die Fassung gilt."
    )
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date = field("Last day.", "Letzter Tag.")
    total: Amount = field(
        "Volume of the award; additional lines do not count.",
        "Fördervolumen; zusätzliche Mittel zählen nicht mit.",
    )
    lines: list[AwardLine] = field("Lines.", "Zeilen.")
    conditions: list[AwardCondition] = field("Ancillary provisions.", "Nebenbestimmungen.")
    has_excess: bool = field(
        "More is passed on or kept than is granted.", "Es ist mehr verteilt als bewilligt."
    )
    external_ids: list[ExternalId] = field(
        "What software of the own unit knows the award by.",
        "Wie Verfahren der eigenen Stelle den Bescheid kennen.",
    )
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    drawdowns = children(
        "funding /v1/drawdowns",
        "gateway.schema.drawdown:Drawdown",
        "awardId",
        en="Money called from it.",
        de="Mittelabrufe daraus.",
    )
    recoveries = children(
        "funding /v1/recoveries",
        "gateway.schema.recovery:Recovery",
        "awardId",
        en="Money of it that goes back.",
        de="Rückforderungen daraus.",
    )

    @strawberry.field(
        description=both("What is passed on from it.", "Was daraus weitergeleitet wird."),
        metadata={REQUEST: "GET funding /v1/allocations"},
    )
    async def allocations(
        self, info: Info
    ) -> list[Annotated["Allocation", strawberry.lazy("gateway.schema.allocation")]]:
        from gateway.schema.allocation import Allocation  # noqa: PLC0415 - name each other

        found = await info.context.loaders.allocations_of_award.load(own_id(self.record))
        return [Allocation.from_record(one) for one in found]

    @strawberry.field(
        description=both("Posts that it pays.", "Stellen, die er bezahlt."),
        metadata={REQUEST: "GET funding /v1/positions"},
    )
    async def positions(
        self, info: Info
    ) -> list[Annotated["Position", strawberry.lazy("gateway.schema.position")]]:
        from gateway.schema.position import Position  # noqa: PLC0415 - name each other

        found = await info.context.loaders.positions_of_award.load(own_id(self.record))
        return [Position.from_record(one) for one in found]

    @strawberry.field(
        description=both(
            "Every action of the state, with what hinders it; one read per record.",
            "Jede Aktion des Standes, mit dem, was sie hindert; ein Zugriff je Datensatz.",
        ),
        metadata={REQUEST: "GET funding /v1/awards/{id}/actions"},
    )
    async def available_transitions(self, info: Info) -> list[AwardTransition]:
        found = await info.context.loaders.actions_of_award.load(own_id(self.record))
        return [AwardTransition.from_record(one) for one in found]

    budget_lines = asked_of(
        "funding /v1/awards/{id}/budget-lines",
        BudgetLine,
        en="Granted, set aside, used and free by line, on any day as then known.",
        de="Bewilligt, gebunden, verbraucht und frei je Zeile, an jedem Tag nach Kenntnisstand.",
        are_items=True,
        as_of=AsOf,
        known_at=KnownAt,
    )
    versions = parts(
        "funding /v1/awards/{id}/versions",
        AwardVersion,
        en="The notice and its amendments.",
        de="Der Bescheid und seine Änderungen.",
        is_paged=True,
    )
    allocation_tree = part(
        "funding /v1/awards/{id}/allocation-tree",
        AllocationTree,
        en="How the award is passed on, down every level, checked.",
        de="Wie der Bescheid weitergeleitet ist, über alle Ebenen, geprüft.",
    )
