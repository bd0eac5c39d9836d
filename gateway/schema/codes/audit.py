"""Codes of the audit log's chain, as every service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("What is wrong with an audit log.", "Was an einem Protokoll nicht stimmt.")
)
class AuditFindingKind(Enum):
    BLOCK_MISSING = code("BLOCK_MISSING", "A block is missing", "Ein Block fehlt")
    BLOCK_CHANGED = code("BLOCK_CHANGED", "A block was changed", "Ein Block wurde geändert")
    SEALS_CHANGED = code(
        "SEALS_CHANGED", "The seals of a block were changed", "Siegel eines Blocks wurden geändert"
    )
    ENTRY_MISSING = code("ENTRY_MISSING", "An entry is missing", "Ein Eintrag fehlt")
    ENTRY_CHANGED = code("ENTRY_CHANGED", "An entry was changed", "Ein Eintrag wurde geändert")
    ENTRY_PUT_IN = code(
        "ENTRY_PUT_IN", "An entry was put in later", "Ein Eintrag wurde nachträglich eingefügt"
    )
    ENDED_TOO_EARLY = code(
        "ENDED_TOO_EARLY", "Entries ended before their time", "Einträge endeten vor ihrer Zeit"
    )
    ANCHOR_FORGED = code(
        "ANCHOR_FORGED", "An anchor is not what was signed", "Ein Anker ist nicht der signierte"
    )
    ANCHOR_MISSING = code("ANCHOR_MISSING", "An anchor is missing", "Ein Anker fehlt")
    ANCHOR_CONTRADICTS = code(
        "ANCHOR_CONTRADICTS",
        "The log is not the one that was anchored",
        "Das Protokoll ist nicht das verankerte",
    )
