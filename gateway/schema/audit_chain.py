"""Whether an audit log is whole, what was signed of it, and for what data may be processed."""

import strawberry

from gateway.schema.codes.audit import AuditFindingKind
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date, DateTime
from gateway.schema.texts import BothLanguages
from shared.kernel.purposes import PURPOSES, Purpose
from shared.kernel.text import Text


@strawberry.type(
    description=both(
        "Something that is wrong, and where as far as that applies.",
        "Etwas, das nicht stimmt, und wo, soweit es einen Ort hat.",
    )
)
class AuditFinding(Published):
    kind: AuditFindingKind = field("What is wrong.", "Was nicht stimmt.")
    block: int | None = field("Number of the block.", "Nummer des Blocks.")
    entry_id: strawberry.ID | None = field("UUID of the entry.", "UUID des Eintrags.")
    day: Date | None = field("Day of the anchor.", "Tag des Ankers.")


@strawberry.type(
    description=both(
        "The last block before the first that is not as it was sealed.",
        "Der letzte Block vor dem ersten, der nicht mehr ist, wie er versiegelt wurde.",
    )
)
class LastIntactBlock(Published):
    block: int = field("Its number.", "Seine Nummer.")
    hash: str = field("Its hash (SHA-256).", "Sein Hash (SHA-256).")
    sealed_at: DateTime = field("When it was sealed.", "Wann er versiegelt wurde.")


@strawberry.type(description=both("The newest signed anchor.", "Der neueste signierte Anker."))
class LastAuditAnchor(Published):
    day: Date = field("Its day.", "Sein Tag.")
    block: int = field("The last block on that day.", "Der letzte Block an diesem Tag.")
    statement: str = field("The signed statement (JWS).", "Die signierte Aussage (JWS).")


@strawberry.type(
    description=both(
        "The result of looking at every entry, block and anchor of a log.",
        "Das Ergebnis der Prüfung jedes Eintrags, Blocks und Ankers eines Protokolls.",
    )
)
class AuditVerification(Published):
    is_intact: bool = field("Whether nothing is wrong.", "Ob nichts zu beanstanden ist.")
    blocks: int = field("Blocks in the chain.", "Blöcke in der Kette.")
    entries: int = field("Sealed entries that were looked at.", "Geprüfte versiegelte Einträge.")
    ended_blocks: int = field(
        "Blocks whose entries ended with their time.",
        "Blöcke, deren Einträge fristgemäß enden.",
    )
    waiting: int = field("Entries not sealed yet.", "Noch nicht versiegelte Einträge.")
    last_intact: LastIntactBlock | None = field("Until where it is whole.", "Wie weit es heil ist.")
    anchor: LastAuditAnchor | None = field("The newest anchor.", "Der neueste Anker.")
    findings: list[AuditFinding] = field("What is wrong.", "Was nicht stimmt.")


@strawberry.type(
    description=both(
        "What was signed of a log on one day; keep it outside of the system.",
        "Was von einem Protokoll an einem Tag signiert wurde; außerhalb aufzubewahren.",
    )
)
class AuditAnchor(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    day: Date = field("The day.", "Der Tag.")
    block: int = field("The last block on that day.", "Der letzte Block an diesem Tag.")
    statement: str = field("The signed statement (JWS).", "Die signierte Aussage (JWS).")
    made_at: DateTime = field("When it was signed.", "Wann sie signiert wurde.")


@strawberry.type(
    description=both(
        "For what personal data are processed; clients name its code as KIM-Purpose.",
        "Wofür personenbezogene Daten verarbeitet werden; Programme nennen den Code als"
        " KIM-Purpose.",
    )
)
class ProcessingPurpose:
    code: str = field("Its code.", "Sein Code.")
    display_name: BothLanguages = field("Its name for people.", "Sein Name für Menschen.")
    legal_basis: BothLanguages = field("The articles of law.", "Die Rechtsgrundlagen.")


def purposes() -> list[ProcessingPurpose]:
    return [_purpose(one) for one in PURPOSES.values()]


def _purpose(one: Purpose) -> ProcessingPurpose:
    return ProcessingPurpose(
        code=one.code, display_name=_both(one.title), legal_basis=_both(one.basis)
    )


def _both(text: Text) -> BothLanguages:
    return BothLanguages.from_record({"de": text.de, "en": text.en})
