"""For what personal data are processed: codes that every client names, with their legal basis.

The register of processing activities (Art. 30 GDPR) is made of the codes that are really used.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from shared.kernel.errors import Malformed, NotPermitted
from shared.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Purpose:
    """`basis` names the articles of law that the processing rests on."""

    code: str
    title: Text
    basis: Text


class PurposeMissing(Malformed):
    """The client names no purpose and none is registered for it."""

    code = "purpose-missing"
    title = Text(
        de="Der Zweck der Verarbeitung fehlt: Kopfzeile KIM-Purpose.",
        en="The purpose of processing is missing: header KIM-Purpose.",
    )


class PurposeUnknown(Malformed):
    code = "purpose-unknown"
    title = Text(
        de="Diesen Zweck der Verarbeitung gibt es nicht.",
        en="There is no such purpose of processing.",
    )


class PurposeNotRegistered(NotPermitted):
    """The client is registered for other purposes."""

    code = "purpose-not-registered"
    title = Text(
        de="Für diesen Zweck ist das Programm nicht zugelassen.",
        en="This client is not registered for this purpose.",
    )


def _purpose(code: str, de: str, en: str, basis_de: str, basis_en: str) -> Purpose:
    return Purpose(code, Text(de=de, en=en), Text(de=basis_de, en=basis_en))


_TASK_DE, _TASK_EN = "Art. 6 Abs. 1 Buchst. e DSGVO", "Art. 6 (1) (e) GDPR"
_ALL: Final = (
    _purpose(
        "CASE_WORK",
        "Fallarbeit im Case Management",
        "Case work in case management",
        f"{_TASK_DE}, § 3 DSG NRW, § 9 TIntG NRW; besondere Kategorien: § 16 DSG NRW",
        f"{_TASK_EN}, § 3 DSG NRW, § 9 TIntG NRW; special categories: § 16 DSG NRW",
    ),
    _purpose(
        "REFERRAL",
        "Überleitung an eine andere Stelle",
        "Referral to another agency",
        "Art. 6 Abs. 1 Buchst. a und e DSGVO, §§ 67d, 69 SGB X, § 8 DSG NRW",
        "Art. 6 (1) (a) and (e) GDPR, §§ 67d, 69 SGB X, § 8 DSG NRW",
    ),
    _purpose(
        "CHILD_PROTECTION",
        "Schutz eines Kindes",
        "Protection of a child",
        "Art. 6 Abs. 1 Buchst. c und d DSGVO, § 4 KKG, § 8a SGB VIII",
        "Art. 6 (1) (c) and (d) GDPR, § 4 KKG, § 8a SGB VIII",
    ),
    _purpose(
        "SUPERVISION",
        "Fachaufsicht und Organisation",
        "Professional supervision and organisation",
        f"{_TASK_DE}, § 67c Abs. 3 SGB X, § 9 DSG NRW",
        f"{_TASK_EN}, § 67c (3) SGB X, § 9 DSG NRW",
    ),
    _purpose(
        "FUNDING",
        "Abwicklung von Zuwendungen",
        "Administration of grants",
        f"{_TASK_DE}, §§ 23, 44 LHO NRW",
        f"{_TASK_EN}, §§ 23, 44 LHO NRW",
    ),
    _purpose(
        "PLANNING",
        "Steuerung, Planung und Statistik",
        "Steering, planning and statistics",
        f"{_TASK_DE}, § 17 DSG NRW, § 67c Abs. 6 SGB X",
        f"{_TASK_EN}, § 17 DSG NRW, § 67c (6) SGB X",
    ),
    _purpose(
        "DATA_SUBJECT_RIGHTS",
        "Rechte der betroffenen Personen",
        "Rights of the persons concerned",
        "Art. 6 Abs. 1 Buchst. c, Art. 12 bis 22 DSGVO, §§ 82 bis 84 SGB X",
        "Art. 6 (1) (c), Art. 12 to 22 GDPR, §§ 82 to 84 SGB X",
    ),
    _purpose(
        "DATA_PROTECTION_CONTROL",
        "Kontrolle des Datenschutzes",
        "Control of data protection",
        "Art. 6 Abs. 1 Buchst. c, Art. 39 DSGVO, § 67c Abs. 5 SGB X",
        "Art. 6 (1) (c), Art. 39 GDPR, § 67c (5) SGB X",
    ),
    _purpose(
        "FINANCIAL_AUDIT",
        "Rechnungsprüfung",
        "Financial audit",
        "Art. 6 Abs. 1 Buchst. c DSGVO, §§ 102 bis 104 GO NRW, § 67c Abs. 3 SGB X",
        "Art. 6 (1) (c) GDPR, §§ 102 to 104 GO NRW, § 67c (3) SGB X",
    ),
    _purpose(
        "EXPORT",
        "Übergabe an eigene Fachverfahren",
        "Handing over to the unit's own software",
        f"{_TASK_DE}, § 3 DSG NRW",
        f"{_TASK_EN}, § 3 DSG NRW",
    ),
    _purpose(
        "RECORDS_DISPOSAL",
        "Aussonderung, Archivierung und Löschung",
        "Disposal, archiving and erasure",
        "Art. 5 Abs. 1 Buchst. e, Art. 17 DSGVO, § 84 SGB X, § 10 DSG NRW",
        "Art. 5 (1) (e), Art. 17 GDPR, § 84 SGB X, § 10 DSG NRW",
    ),
    _purpose(
        "SYSTEM_OPERATION",
        "Betrieb: Fristen, Zustellung, Sicherung",
        "Operation: deadlines, delivery, backup",
        "Art. 6 Abs. 1 Buchst. c und e, Art. 32 DSGVO",
        "Art. 6 (1) (c) and (e), Art. 32 GDPR",
    ),
)
PURPOSES: Final[Mapping[str, Purpose]] = MappingProxyType({one.code: one for one in _ALL})
# What roles usually work for: an issuer may adopt it for clients that name no purpose.
BY_ROLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dpo": "DATA_PROTECTION_CONTROL",
        "auditor": "FINANCIAL_AUDIT",
        "partner": "REFERRAL",
        "integrator": "EXPORT",
        "case_manager": "CASE_WORK",
        "b3_officer": "CASE_WORK",
        "funding_officer": "FUNDING",
        "funding_approver": "FUNDING",
        "coordinator": "PLANNING",
        "unit_head": "PLANNING",
        "team_lead": "SUPERVISION",
        "admin": "SYSTEM_OPERATION",
    }
)


def purpose_of(named: str, registered: Collection[str], usual: str) -> str:
    """The purpose of one request.

    `named` is what the client says, `registered` what it may say (none: anything known), `usual`
    what is meant when it says nothing. Raises PurposeMissing, PurposeUnknown,
    PurposeNotRegistered.
    """
    code = named or usual
    if not code:
        raise PurposeMissing
    if code not in PURPOSES:
        raise PurposeUnknown
    if registered and code not in registered:
        raise PurposeNotRegistered
    return code


def usual_purpose(roles: Collection[str]) -> str:
    """The first that fits, in the order above; empty when no role has one."""
    return next((code for role, code in BY_ROLE.items() if role in roles), "")
