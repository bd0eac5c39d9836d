"""Costs with their vouchers, and what of them counts."""

import strawberry

from gateway.context import Info
from gateway.schema.ahead import own_id
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.expenditures import (
    Eligibility,
    ExpenditureAction,
    ExpenditureState,
    Payer,
)
from gateway.schema.funding_status import Finding
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.reads import read_one_by_one, related
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.type(description=both("The paper behind a cost.", "Der Beleg zu einer Ausgabe."))
class Voucher(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field("Version.", "Fassung.")
    number: str = field("Number.", "Nummer.")
    voucher_date: Date = field("Date.", "Datum.")
    amount: Amount = field("Euros.", "Euro.")
    free_amount: Amount = field("Euros no cost stands on yet.", "Euro ohne Ausgabe.")
    sha256: str | None = field("Hash of the document.", "Prüfsumme des Dokuments.")
    document_ref: str | None = field(
        "Key in the document system.", "Schlüssel in der Dokumentenverwaltung."
    )
    created_at: DateTime = field("When it was recorded.", "Wann er erfasst wurde.")


@strawberry.type(
    description=both(
        "A cost and how it is recognised: the four parts are the whole amount.",
        "Eine Ausgabe und ihre Anerkennung: die vier Teile ergeben den ganzen Betrag.",
    )
)
class Expenditure(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    allocation_id: strawberry.ID | None = field(
        "UUID of the recipient's allocation.", "UUID der Weiterleitung des Trägers."
    )
    position_id: strawberry.ID | None = field("UUID of the post.", "UUID der Stelle.")
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    period_from: Date = field("First day it is for.", "Erster Tag, für den sie gilt.")
    period_to: Date = field("Last day it is for.", "Letzter Tag, für den sie gilt.")
    value_date: Date = field("Value date.", "Wertstellung.")
    amount: Amount = field("Euros.", "Euro.")
    voucher_id: strawberry.ID = field("UUID of the voucher.", "UUID des Belegs.")
    reservation_id: strawberry.ID | None = field(
        "UUID of the reservation it uses.", "UUID der verbrauchten Mittelbindung."
    )
    payer: Payer | None = field("Who bears what does not count.", "Wer den Rest trägt.")
    structural_finding_id: strawberry.ID | None = field(
        "The structural finding it answers.", "Der strukturelle Befund dazu."
    )
    ruled: Eligibility = field("What the rule says.", "Was die Regel sagt.")
    rule_source: str | None = field("Where the rule stands.", "Wo die Regel steht.")
    decided: Eligibility | None = field("What a person decided.", "Was entschieden wurde.")
    decision_reason: str | None = field("Why.", "Warum.")
    decided_at: DateTime | None = field("When.", "Wann.")
    eligible: Amount = field("Euros that count.", "Förderfähige Euro.")
    own_share: Amount = field("Euros of the own share.", "Euro des Eigenanteils.")
    ineligible: Amount = field("Euros that do not count.", "Nicht förderfähige Euro.")
    undecided: Amount = field("Euros nobody decided about.", "Euro ohne Entscheidung.")
    findings: list[str] = field("Codes of what is remarkable.", "Codes der Auffälligkeiten.")
    state: ExpenditureState = field("State.", "Stand.")
    allowed_actions: list[ExpenditureAction] = field("What can be done.", "Was möglich ist.")
    is_recipient_cost: bool = field(
        "A recipient's cost, not in the own books.", "Ausgabe eines Trägers, nicht gebucht."
    )
    correction_code: str | None = field("Why it was reversed.", "Warum sie storniert wurde.")
    corrected_on: Date | None = field("Day of the reversal.", "Tag des Stornos.")
    created_at: DateTime = field("When it was recorded.", "Wann sie erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    masked_fields: list[str] = field(
        "Fields hidden from the caller.", "Felder, die der anfragenden Person verborgen sind."
    )

    @read_one_by_one(
        "funding /v1/expenditures/{id}",
        en="UUID of the case it was for; hidden from auditors.",
        de="UUID des Falls, für den sie war; der Prüfung verborgen.",
    )
    async def subject_ref(self, info: Info) -> strawberry.ID | None:
        loader = info.context.loaders.document("funding", "/v1/expenditures/{id}")
        found = await loader.load(own_id(record_of(self)))
        return None if found is None else found["subjectRef"]

    voucher = related(
        "funding /v1/vouchers", Voucher, "voucherId", en="The voucher.", de="Der Beleg."
    )


@strawberry.type(
    description=both("A post's costs as booked.", "Die Ausgaben einer Stelle, wie gebucht.")
)
class EligibilityOfPost(Published):
    position_id: strawberry.ID = field("UUID of the post.", "UUID der Stelle.")
    allocation_id: strawberry.ID | None = field(
        "UUID of the recipient's allocation.", "UUID der Weiterleitung des Trägers."
    )
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    person_months: str = field("Months occupied.", "Besetzte Personenmonate.")
    actual: Amount = field("Euros spent.", "Ausgegebene Euro.")
    ceiling: Amount = field("Ceiling of these months.", "Höchstbetrag dieser Monate.")
    eligible: Amount = field("Euros that count.", "Förderfähige Euro.")
    own_share: Amount = field("Euros of the own share.", "Euro des Eigenanteils.")
    undecided: Amount = field("Euros nobody decided about.", "Euro ohne Entscheidung.")


@strawberry.type(description=both("A line's costs as booked.", "Die Ausgaben einer Zeile."))
class LineEligibility(Published):
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    key: str = field("Key of the line.", "Schlüssel der Zeile.")
    actual: Amount = field("Own costs.", "Eigene Ausgaben.")
    eligible: Amount = field("Euros that count.", "Förderfähige Euro.")
    own_share: Amount = field("Euros of the own share.", "Euro des Eigenanteils.")
    ineligible: Amount = field("Euros that do not count.", "Nicht förderfähige Euro.")
    undecided: Amount = field("Euros nobody decided about.", "Euro ohne Entscheidung.")
    recipients_actual: Amount = field("Recipients' costs.", "Ausgaben der Träger.")
    recipients_eligible: Amount = field("Thereof eligible.", "Davon förderfähig.")
    posts: list[EligibilityOfPost] = field("By post.", "Je Stelle.")
    rounded_once: Amount = field(
        "Personnel of all posts, rounded once.", "Personal aller Stellen, einmal gerundet."
    )
    difference: str = field("Rounding difference in euros.", "Rundungsdifferenz in Euro.")
    findings: list[Finding] = field("What is remarkable.", "Auffälligkeiten.")


@strawberry.type(description=both("What of an award counts.", "Was eines Bescheids zählt."))
class AwardEligibility(Published):
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    lines: list[LineEligibility] = field("By line.", "Je Zeile.")


@strawberry.type(description=both("Costs of a line and kind.", "Ausgaben je Zeile und Kostenart."))
class CostOfLine(Published):
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    key: str = field("Key of the line.", "Schlüssel der Zeile.")
    funding_line: str = field("Funding line.", "Baustein.")
    name_de: str = field("Name in German.", "Bezeichnung auf Deutsch.")
    name_en: str = field("Name in English.", "Bezeichnung auf Englisch.")
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    is_recipient_cost: bool = field("Recipients' costs.", "Ausgaben der Träger.")
    expenditures: int = field("How many costs.", "Wie viele Ausgaben.")
    actual: Amount = field("Euros spent.", "Ausgegebene Euro.")
    eligible: Amount = field("Euros that count.", "Förderfähige Euro.")
    own_share: Amount = field("Euros of the own share.", "Euro des Eigenanteils.")
    ineligible: Amount = field("Euros that do not count.", "Nicht förderfähige Euro.")
    undecided: Amount = field("Euros nobody decided about.", "Euro ohne Entscheidung.")


@strawberry.type(description=both("Costs of a fiscal year.", "Ausgaben eines Haushaltsjahres."))
class CostPerLine(Published):
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    items: list[CostOfLine] = field("By line and kind.", "Je Zeile und Kostenart.")
