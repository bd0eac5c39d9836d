"""What can be asked about deletion rules and destruction lists."""

import strawberry

from gateway.schema.codes.retention import DestructionState, RetainedDataKind
from gateway.schema.destruction import DestructionList
from gateway.schema.filters import by
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.retention import DeletionRule, ErasedData
from gateway.schema.scalars import DateTime


@strawberry.input(description=both("Which rules.", "Welche Regeln."))
class DeletionRuleFilter:
    data_kind: list[RetainedDataKind] | None = by(
        "For one of these kinds of data.", "Für eine dieser Datenarten."
    )
    result: str | None = by(
        "For this result: a closing reason, DECLINED, or ANY.",
        "Für dieses Ergebnis: ein Abschlussgrund, DECLINED oder ANY.",
    )


@strawberry.input(description=both("Which lists.", "Welche Listen."))
class DestructionListFilter:
    state: list[DestructionState] | None = by("In one of these states.", "In einem dieser Stände.")


@strawberry.input(description=both("Which erasures.", "Welche Löschungen."))
class ErasureFilter:
    case_id: strawberry.ID | None = by("Of this case.", "Dieses Falls.")
    erased_at_gte: DateTime | None = by("From this instant on.", "Ab diesem Zeitpunkt.")
    erased_at_lt: DateTime | None = by("Before this instant.", "Vor diesem Zeitpunkt.")


@strawberry.type
class RetentionQueries:
    deletion_rules = records(
        "cases /v1/deletion-rules",
        DeletionRule,
        DeletionRuleFilter,
        en="Deletion rules of the unit; for all else the default of the installation holds.",
        de="Löschregeln der Stelle; sonst gilt der Vorgabewert der Installation.",
    )
    destruction_list = record(
        "cases /v1/destruction-lists",
        DestructionList,
        en="One destruction list, or its report.",
        de="Eine Vernichtungsliste oder ihr Bericht.",
    )
    destruction_lists = records(
        "cases /v1/destruction-lists",
        DestructionList,
        DestructionListFilter,
        en="Destruction lists of the unit.",
        de="Vernichtungslisten der Stelle.",
    )
    erasures = records(
        "cases /v1/erasures",
        ErasedData,
        ErasureFilter,
        en="What was erased in the unit: cases and parts of cases, the oldest first.",
        de="Was in der Stelle gelöscht wurde: Fälle und Teile von Fällen, die ältesten zuerst.",
    )
