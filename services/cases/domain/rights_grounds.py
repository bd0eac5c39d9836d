"""Why a right is refused or a part of an answer withheld: one list, each with its legal ground.

A person names the ground; which one carries a refusal is a question of law. Those that the system
knows to stand or not (`FOUND_BY_SYSTEM`) cannot be named against the facts.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.cases.domain.code_lists import Code, CodeList
from services.cases.domain.rights_codes import DataRight
from shared.kernel.text import Text

VERSION: Final = "2026-1"


class RefusalGround(StrEnum):
    IDENTITY_NOT_PROVEN = "IDENTITY_NOT_PROVEN"
    MANIFESTLY_UNFOUNDED = "MANIFESTLY_UNFOUNDED"
    RIGHTS_OF_OTHERS = "RIGHTS_OF_OTHERS"
    ENTRUSTED_TO_OTHERS = "ENTRUSTED_TO_OTHERS"
    TASK_ENDANGERED = "TASK_ENDANGERED"
    PUBLIC_SECURITY = "PUBLIC_SECURITY"
    CONFIDENTIAL_BY_LAW = "CONFIDENTIAL_BY_LAW"
    RETAINED_ONLY = "RETAINED_ONLY"
    BACKUP_OR_LOG_ONLY = "BACKUP_OR_LOG_ONLY"
    HEALTH_TOLD_BY_DOCTOR = "HEALTH_TOLD_BY_DOCTOR"
    DATA_ARE_CORRECT = "DATA_ARE_CORRECT"
    CASE_IS_OPEN = "CASE_IS_OPEN"
    RETENTION_NOT_ENDED = "RETENTION_NOT_ENDED"
    LEGAL_HOLD = "LEGAL_HOLD"
    LEGAL_CLAIMS = "LEGAL_CLAIMS"
    ARCHIVE_PENDING = "ARCHIVE_PENDING"
    INTERESTS_OF_PERSON = "INTERESTS_OF_PERSON"
    NO_GROUND_FOR_RESTRICTION = "NO_GROUND_FOR_RESTRICTION"
    COMPELLING_PUBLIC_INTEREST = "COMPELLING_PUBLIC_INTEREST"
    DUTY_TO_PROCESS = "DUTY_TO_PROCESS"
    FREEDOM_OF_EXPRESSION = "FREEDOM_OF_EXPRESSION"
    PUBLIC_HEALTH = "PUBLIC_HEALTH"
    RESEARCH_OR_STATISTICS = "RESEARCH_OR_STATISTICS"
    DISPROPORTIONATE_EFFORT = "DISPROPORTIONATE_EFFORT"


_G = RefusalGround


def _code(ground: RefusalGround, de: str, en: str, *norms: str) -> Code:
    return Code(ground.value, Text(de=de, en=en), norms)


REFUSAL_GROUNDS: Final = CodeList(
    "refusal-grounds",
    VERSION,
    Text(
        de="Gründe gegen ein Betroffenenrecht", en="Grounds against a right of the data subject"
    ),
    (
        _code(
            _G.IDENTITY_NOT_PROVEN,
            "Identität nicht nachgewiesen", "Identity not proven", "Art. 12 Abs. 2, 6 DSGVO",
        ),
        _code(
            _G.MANIFESTLY_UNFOUNDED,
            "Offenkundig unbegründet oder exzessiv", "Manifestly unfounded or excessive",
            "Art. 12 Abs. 5 DSGVO",
        ),
        _code(
            _G.RIGHTS_OF_OTHERS,
            "Rechte und Freiheiten anderer Personen", "Rights and freedoms of others",
            "Art. 15 Abs. 4 DSGVO", "§ 83 Abs. 1 Nr. 1 i. V. m. § 82a Abs. 1 SGB X",
        ),
        _code(
            _G.ENTRUSTED_TO_OTHERS,
            "Von Dritten einer Fachkraft anvertraut", "Entrusted to a member of staff by others",
            "§ 65 SGB VIII", "§ 35 Abs. 3 SGB I",
        ),
        _code(
            _G.TASK_ENDANGERED,
            "Gefährdung der Aufgabenerfüllung", "The task would be endangered",
            "§ 83 Abs. 1 Nr. 1 i. V. m. § 82a Abs. 1 Nr. 1 SGB X",
        ),
        _code(
            _G.PUBLIC_SECURITY,
            "Gefährdung der öffentlichen Sicherheit", "Danger to public security",
            "§ 83 Abs. 1 Nr. 1 i. V. m. § 82a Abs. 1 SGB X",
        ),
        _code(
            _G.CONFIDENTIAL_BY_LAW,
            "Nach Gesetz oder ihrem Wesen nach geheim", "Secret by law or by nature",
            "§ 83 Abs. 1 Nr. 1 i. V. m. § 82a Abs. 1 SGB X", "§ 203 StGB",
        ),
        _code(
            _G.RETAINED_ONLY,
            "Nur noch wegen einer Aufbewahrungspflicht gespeichert",
            "Stored only because of a duty to retain", "§ 83 Abs. 1 Nr. 2 a SGB X",
        ),
        _code(
            _G.BACKUP_OR_LOG_ONLY,
            "Nur zur Datensicherung oder Datenschutzkontrolle gespeichert",
            "Stored only for backup or control of data protection", "§ 83 Abs. 1 Nr. 2 b SGB X",
        ),
        _code(
            _G.HEALTH_TOLD_BY_DOCTOR,
            "Gesundheitsangaben durch eine Ärztin oder einen Arzt vermitteln",
            "Health data to be told by a doctor", "§ 83 Abs. 2 i. V. m. § 25 Abs. 2 SGB X",
        ),
        _code(
            _G.DATA_ARE_CORRECT,
            "Richtigkeit der Angabe steht fest", "The value is established to be correct",
            "Art. 16 DSGVO", "§ 84 Abs. 2 SGB X",
        ),
        _code(
            _G.CASE_IS_OPEN,
            "Zur laufenden Aufgabe noch erforderlich", "Still necessary for the running task",
            "Art. 17 Abs. 3 b DSGVO",
        ),
        _code(
            _G.RETENTION_NOT_ENDED,
            "Aufbewahrungsfrist läuft noch", "The retention period has not ended",
            "Art. 17 Abs. 3 b DSGVO", "§ 84 Abs. 4 SGB X",
        ),
        _code(
            _G.LEGAL_HOLD,
            "Aufbewahrungssperre", "Legal hold", "Art. 17 Abs. 3 e DSGVO", "Art. 18 Abs. 1 c DSGVO",
        ),
        _code(
            _G.LEGAL_CLAIMS,
            "Geltendmachung oder Abwehr von Rechtsansprüchen",
            "Establishment or defence of legal claims", "Art. 17 Abs. 3 e DSGVO",
        ),
        _code(
            _G.ARCHIVE_PENDING,
            "Dem Archiv angeboten, noch ohne Antwort", "Offered to the archive, no answer yet",
            "Art. 17 Abs. 3 d DSGVO", "§ 71 Abs. 1 S. 3 SGB X", "§ 84 Abs. 6 SGB X",
        ),
        _code(
            _G.INTERESTS_OF_PERSON,
            "Schutzwürdige Interessen der Person stehen der Löschung entgegen",
            "Erasure would harm legitimate interests of the person", "§ 84 Abs. 3 SGB X",
        ),
        _code(
            _G.NO_GROUND_FOR_RESTRICTION,
            "Kein Grund zur Einschränkung", "No ground for a restriction",
            "Art. 18 Abs. 1 DSGVO", "§ 84 Abs. 2 SGB X",
        ),
        _code(
            _G.COMPELLING_PUBLIC_INTEREST,
            "Zwingendes öffentliches Interesse überwiegt", "Compelling public interest prevails",
            "Art. 21 Abs. 1 DSGVO", "§ 84 Abs. 5 SGB X",
        ),
        _code(
            _G.DUTY_TO_PROCESS,
            "Rechtsvorschrift verpflichtet zur Verarbeitung", "The law requires the processing",
            "Art. 17 Abs. 3 b DSGVO", "§ 84 Abs. 5 SGB X",
        ),
        _code(
            _G.FREEDOM_OF_EXPRESSION,
            "Freie Meinungsäußerung und Information", "Freedom of expression and information",
            "Art. 17 Abs. 3 a DSGVO",
        ),
        _code(
            _G.PUBLIC_HEALTH,
            "Öffentliches Interesse an der öffentlichen Gesundheit",
            "Public interest in public health",
            "Art. 17 Abs. 3 c i. V. m. Art. 9 Abs. 2 h, i DSGVO",
        ),
        _code(
            _G.RESEARCH_OR_STATISTICS,
            "Forschung oder Statistik würde durch die Löschung ernsthaft beeinträchtigt",
            "Erasure would seriously impair research or statistics",
            "Art. 17 Abs. 3 d i. V. m. Art. 89 Abs. 1 DSGVO",
        ),
        _code(
            _G.DISPROPORTIONATE_EFFORT,
            "Löschung nur mit unverhältnismäßigem Aufwand möglich; die Daten sind eingeschränkt",
            "Erasure takes disproportionate effort; the data are restricted", "§ 84 Abs. 3 SGB X",
        ),
    ),
    note=Text(
        de="Ein Grund gegen eine Person bleibt eine Entscheidung im Einzelfall; die Zuordnung ist "
        "nicht juristisch geprüft und vor dem Einsatz zu bestätigen (§ 83 Abs. 3 SGB X).",
        en="A ground against a person stays a decision in the single case; the mapping has not "
        "been checked by a lawyer and is to be confirmed before use (§ 83 (3) SGB X).",
    ),
)  # fmt: skip
_ANY_RIGHT: Final = frozenset({_G.IDENTITY_NOT_PROVEN, _G.MANIFESTLY_UNFOUNDED})
# What a part of an answer may be withheld on (§ 83 SGB X); the whole answer, too.
WITHHOLDING: Final = frozenset(
    {_G.RIGHTS_OF_OTHERS, _G.ENTRUSTED_TO_OTHERS, _G.TASK_ENDANGERED, _G.PUBLIC_SECURITY}
    | {_G.CONFIDENTIAL_BY_LAW, _G.RETAINED_ONLY, _G.BACKUP_OR_LOG_ONLY, _G.HEALTH_TOLD_BY_DOCTOR}
)
# Known from the file: named only where they stand, and found by the dry run of an erasure.
FOUND_BY_SYSTEM: Final = frozenset(
    {_G.CASE_IS_OPEN, _G.RETENTION_NOT_ENDED, _G.LEGAL_HOLD, _G.ARCHIVE_PENDING}
)
# Each letter of Art. 17 (3) GDPR, and § 84 (3) SGB X: a person decides on them.
_AGAINST_ERASURE: Final = frozenset(
    {_G.FREEDOM_OF_EXPRESSION, _G.DUTY_TO_PROCESS, _G.PUBLIC_HEALTH, _G.RESEARCH_OR_STATISTICS}
    | {_G.LEGAL_CLAIMS, _G.INTERESTS_OF_PERSON, _G.DISPROPORTIONATE_EFFORT}
)
REFUSALS: Final[Mapping[DataRight, frozenset[RefusalGround]]] = {
    DataRight.ACCESS: _ANY_RIGHT | WITHHOLDING,
    DataRight.RECTIFICATION: _ANY_RIGHT | {_G.DATA_ARE_CORRECT},
    DataRight.ERASURE: _ANY_RIGHT | FOUND_BY_SYSTEM | _AGAINST_ERASURE,
    DataRight.RESTRICTION: _ANY_RIGHT | {_G.NO_GROUND_FOR_RESTRICTION},
    DataRight.OBJECTION: _ANY_RIGHT | {_G.COMPELLING_PUBLIC_INTEREST, _G.DUTY_TO_PROCESS},
}
