"""How long a case is kept and why; its erasure in every service."""

import strawberry

from gateway.schema.codes.cases import CaseState
from gateway.schema.codes.retention import (
    RecomputationState,
    RetainedDataKind,
    RetentionRuleSource,
    RetentionStart,
)
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date, DateTime
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "The rule by which a period is reckoned.", "Die Regel, nach der eine Frist berechnet wird."
    )
)
class RetentionRule(Published):
    data_kind: RetainedDataKind = field("Kind of data it is for.", "Datenart, für die sie gilt.")
    source: RetentionRuleSource = field("Who set it.", "Wer sie festgelegt hat.")
    result: str = field(
        "A closing reason, DECLINED, or ANY.", "Ein Abschlussgrund, DECLINED oder ANY."
    )
    start_event: RetentionStart = field("When the period begins.", "Wann die Frist beginnt.")
    period_years: int = field("Years of the period.", "Jahre der Frist.")
    period_days: int = field(
        "Days of the period, beside the years.", "Tage der Frist, neben den Jahren."
    )
    legal_reason: BothLanguages = field("Law behind it.", "Rechtsgrundlage.")
    valid_from: Date | None = field(
        "First day of the rule; null for case type and default of the installation.",
        "Erster Tag der Regel; null bei Falltyp und Vorgabewert der Installation.",
    )


@strawberry.type(description=both("What would change the day.", "Was den Tag ändern würde."))
class RetentionChange(Published):
    code: str = field("Stable code.", "Beständiger Code.")
    text: BothLanguages = field("Sentence for people.", "Satz für Menschen.")


@strawberry.type(
    description=both(
        "Until when one kind of data of a case is kept, why, and what would change it.",
        "Bis wann eine Datenart eines Falls aufbewahrt wird, warum, und was es ändern würde.",
    )
)
class KindRetention(Published):
    data_kind: RetainedDataKind = field("Kind of data.", "Datenart.")
    label: BothLanguages = field("Name of the kind.", "Bezeichnung der Datenart.")
    kept_until: Date | None = field(
        "Last day on which it is kept.", "Letzter Tag der Aufbewahrung."
    )
    due_on: Date | None = field(
        "Day on which erasure is due.", "Tag, an dem die Löschung fällig ist."
    )
    is_due: bool = field("Erasure is due.", "Die Löschung ist fällig.")
    is_erased: bool = field("It was erased.", "Sie ist gelöscht.")
    rule: RetentionRule | None = field("The rule that is applied.", "Die angewandte Regel.")
    because: BothLanguages = field("Why, in a sentence.", "Warum, in einem Satz.")
    would_change_if: list[RetentionChange] = field("What would change it.", "Was es ändern würde.")


@strawberry.type(
    description=both(
        "Until when a case is kept, why, and what would change it.",
        "Bis wann ein Fall aufbewahrt wird, warum, und was es ändern würde.",
    )
)
class Retention(Published):
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    data_kind: RetainedDataKind = field("Kind of data.", "Datenart.")
    label: BothLanguages = field("Name of the kind.", "Bezeichnung der Datenart.")
    kept_until: Date | None = field(
        "Last day on which it is kept.", "Letzter Tag der Aufbewahrung."
    )
    due_on: Date | None = field(
        "Day on which erasure is due.", "Tag, an dem die Löschung fällig ist."
    )
    is_due: bool = field("Erasure is due.", "Die Löschung ist fällig.")
    is_erased: bool = field("It was erased.", "Sie ist gelöscht.")
    is_under_legal_hold: bool = field("Erasure is suspended.", "Die Löschung ist ausgesetzt.")
    archive_answer: str | None = field(
        "Answer of the municipal archive.", "Antwort des Kommunalarchivs."
    )
    rule: RetentionRule | None = field("The rule that is applied.", "Die angewandte Regel.")
    because: BothLanguages = field("Why, in a sentence.", "Warum, in einem Satz.")
    would_change_if: list[RetentionChange] = field("What would change it.", "Was es ändern würde.")
    kinds: list[KindRetention] = field(
        "Every kind of data in the file, once the case has ended.",
        "Jede Datenart der Akte, sobald der Fall beendet ist.",
    )


@strawberry.type(
    description=both(
        "How far the ended cases of the unit are in line with a rule.",
        "Wie weit die beendeten Fälle der Stelle an eine Regel angepasst sind.",
    )
)
class Recomputation(Published):
    state: RecomputationState = field("State.", "Stand.")
    cases_total: int = field("Cases to look at.", "Zu betrachtende Fälle.")
    cases_done: int = field("Cases looked at.", "Betrachtete Fälle.")
    cases_changed: int = field("Cases whose day moved.", "Fälle, deren Tag sich änderte.")
    started_at: DateTime | None = field("When it began.", "Wann sie begann.")
    ended_at: DateTime | None = field("When it ended.", "Wann sie endete.")


@strawberry.type(description=both("A deletion rule of the unit.", "Eine Löschregel der Stelle."))
class DeletionRule(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    data_kind: RetainedDataKind = field("Kind of data.", "Datenart.")
    result: str = field(
        "A closing reason, DECLINED, or ANY.", "Ein Abschlussgrund, DECLINED oder ANY."
    )
    start_event: RetentionStart = field("When the period begins.", "Wann die Frist beginnt.")
    period_years: int = field("Years of the period.", "Jahre der Frist.")
    period_days: int = field(
        "Days of the period, beside the years.", "Tage der Frist, neben den Jahren."
    )
    legal_reason_de: str = field("Law behind it, in German.", "Rechtsgrundlage, auf Deutsch.")
    legal_reason_en: str = field("Law behind it, in English.", "Rechtsgrundlage, auf Englisch.")
    valid_from: Date = field("First day.", "Erster Tag.")
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    recomputation: Recomputation | None = field(
        "How far the days of ended cases were reckoned anew.",
        "Wie weit die Tage beendeter Fälle neu berechnet sind.",
    )


@strawberry.type(
    description=both("A service has erased its part.", "Ein Dienst hat seinen Teil gelöscht.")
)
class ErasureConfirmation(Published):
    service: str = field("Short name of the service.", "Kurzname des Dienstes.")
    records: int = field("Records erased.", "Gelöschte Datensätze.")
    confirmed_at: DateTime = field("When it was confirmed.", "Wann es bestätigt wurde.")


@strawberry.type(
    description=both(
        "The erasure of a case in every service.", "Die Löschung eines Falls in allen Diensten."
    )
)
class Erasure(Published):
    reference: str = field("Reference for people.", "Aktenzeichen.")
    state: CaseState = field("State.", "Stand.")
    requested_at: DateTime | None = field("When it was requested.", "Wann sie angefordert wurde.")
    services: list[str] | None = field("Services that are asked.", "Dienste, die gefragt sind.")
    erased_at: DateTime | None = field("When all of it was erased.", "Wann alles gelöscht war.")
    confirmations: list[ErasureConfirmation] = field(
        "What services have confirmed.", "Was Dienste bestätigt haben."
    )


@strawberry.type(
    description=both(
        "A case, or a part of it, was erased: ids and instants, nobody's data.",
        "Ein Fall oder ein Teil davon wurde gelöscht: Kennungen und Zeiten, niemandes Daten.",
    )
)
class ErasedData(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    data_kind: RetainedDataKind = field(
        "CASE_FILE for the whole case, or the part.",
        "CASE_FILE für den ganzen Fall, oder der Teil.",
    )
    erased_at: DateTime = field("When it was erased.", "Wann gelöscht wurde.")
    unit_id: str = field("The unit that was responsible.", "Die verantwortliche Stelle.")
