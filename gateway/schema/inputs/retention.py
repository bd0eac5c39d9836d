"""What deletion rules, destruction lists and erasures take."""

import strawberry

from gateway.schema.codes.case_files import ArchiveAnswer
from gateway.schema.codes.retention import (
    DestructionAction,
    RetainedDataKind,
    RetentionStart,
)
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both("Set a deletion rule of the unit.", "Eine Löschregel der Stelle festlegen.")
)
class SetDeletionRuleInput(Command):
    result: str = needed(
        "A closing reason, DECLINED, or ANY.", "Ein Abschlussgrund, DECLINED oder ANY."
    )
    start_event: RetentionStart = needed("When the period begins.", "Wann die Frist beginnt.")
    period_years: int = needed("Years of the period.", "Jahre der Frist.")
    legal_reason_de: str = needed("Law behind it, in German.", "Rechtsgrundlage, auf Deutsch.")
    legal_reason_en: str = needed("Law behind it, in English.", "Rechtsgrundlage, auf Englisch.")
    valid_from: Date = needed("First day.", "Erster Tag.")
    period_days: int | None = given(
        "Days of the period, beside the years.", "Tage der Frist, neben den Jahren."
    )
    data_kind: RetainedDataKind | None = given(
        "CASE_FILE if left out, or a part of it that shall end earlier.",
        "Ohne Angabe CASE_FILE, sonst ein Teil davon, der früher enden soll.",
    )


@strawberry.input(
    description=both(
        "Draft a list of the cases that are due.", "Eine Liste der fälligen Fälle erstellen."
    )
)
class DraftDestructionListInput(Command):
    due_until: Date | None = given(
        "Only cases due by this day.", "Nur Fälle, die bis zu diesem Tag fällig sind."
    )


@strawberry.input(description=both("Take a case off a list.", "Einen Fall von einer Liste nehmen."))
class ExcludeFromDestructionListInput(Change):
    list_id: strawberry.ID = needed("UUID of the list.", "UUID der Liste.")
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")


@strawberry.input(
    description=both(
        "Submit, review, approve or execute a list.",
        "Eine Liste einreichen, prüfen, freigeben oder ausführen.",
    )
)
class PerformDestructionListActionInput(Change):
    list_id: strawberry.ID = needed("UUID of the list.", "UUID der Liste.")
    action: DestructionAction = needed("The action.", "Die Aktion.")


@strawberry.input(
    description=both(
        "Record what the municipal archive said.", "Festhalten, was das Kommunalarchiv sagte."
    )
)
class PrepareErasureInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    archive_answer: ArchiveAnswer | None = needed(
        "Answer of the municipal archive.", "Antwort des Kommunalarchivs."
    )


@strawberry.input(
    description=both(
        "Request the erasure of a case in every service.",
        "Die Löschung eines Falls in allen Diensten anfordern.",
    )
)
class RequestErasureInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
