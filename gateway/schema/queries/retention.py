"""What can be asked about deletion rules and destruction lists."""

import strawberry

from gateway.schema.codes.retention import DestructionState
from gateway.schema.destruction import DestructionList
from gateway.schema.filters import by
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.retention import DeletionRule


@strawberry.input(description=both("Which rules.", "Welche Regeln."))
class DeletionRuleFilter:
    result: str | None = by(
        "For this result: a closing reason, DECLINED, or ANY.",
        "Für dieses Ergebnis: ein Abschlussgrund, DECLINED oder ANY.",
    )


@strawberry.input(description=both("Which lists.", "Welche Listen."))
class DestructionListFilter:
    state: list[DestructionState] | None = by("In one of these states.", "In einem dieser Stände.")


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
