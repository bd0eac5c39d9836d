"""Who may do what with which case records: the whole table, as the documents show it."""

from collections.abc import Mapping
from typing import Final

from services.cases.domain.access import RIGHTS, Right, Role
from services.cases.domain.access_rules import (
    CASE_RULES,
    ENTRUSTED,
    NOTES,
    OWN_UNIT,
    PERSON_RULES,
    RESTRICTION,
)
from services.cases.domain.acts import ACTS, STANDING_IN, TENANT, THE_UNIT
from services.cases.domain.deposits import DEPOSITS
from shared.kernel.access_table import AccessTable, Reach, Relation, Wall
from shared.kernel.text import Text

_R = Relation
_STAFF: Final = {Role.CASE_MANAGER.value: THE_UNIT}
OVERSIGHT: Final = Text(de="Art. 39 DSGVO", en="Art. 39 GDPR")

REACHES: Final[tuple[Reach, ...]] = (
    Reach(
        kind="case_record",
        text=Text(de="Fall mit Akte", en="case with its file"),
        basis=OWN_UNIT,
        wall=Wall.ROLE_AND_RELATION,
        readers=_STAFF,
    ),
    Reach(
        kind="person",
        text=Text(de="Person", en="person"),
        basis=OWN_UNIT,
        wall=Wall.ROLE_AND_RELATION,
        readers=_STAFF,
    ),
    Reach(
        kind="address",
        confidentiality="RESTRICTED",
        text=Text(
            de="Anschrift bei Auskunftssperre (dazu: Freigabe)",
            en="address behind a bar on disclosure (with a release)",
        ),
        basis=RESTRICTION,
        wall=Wall.ROLE_AND_RELATION,
        readers={Role.CASE_MANAGER.value: frozenset({_R.IN_CHARGE})},
    ),
    Reach(
        kind="note",
        confidentiality="NORMAL",
        text=Text(de="Vermerk", en="note"),
        basis=OWN_UNIT,
        wall=Wall.ROLE_AND_RELATION,
        readers=_STAFF,
    ),
    Reach(
        kind="note",
        confidentiality="CONFIDENTIAL",
        text=Text(de="Vertraulicher Vermerk", en="confidential note"),
        basis=NOTES,
        wall=Wall.ROLE_AND_RELATION,
        readers={
            Role.CASE_MANAGER.value: frozenset({_R.IN_CHARGE, _R.DEPUTY, _R.EMERGENCY, _R.OWNER})
        },
    ),
    Reach(
        kind="note",
        confidentiality="ENTRUSTED",
        text=Text(de="Anvertrauter Vermerk", en="entrusted note"),
        basis=ENTRUSTED,
        wall=Wall.ROLE_AND_RELATION,
        readers={Role.CASE_MANAGER.value: frozenset({_R.OWNER, _R.RECEIVER})},
    ),
    Reach(
        kind="deputyship",
        text=Text(de="Vertretung", en="deputyship"),
        basis=STANDING_IN,
        wall=Wall.ROLE_AND_RELATION,
        readers=_STAFF | {Role.TEAM_LEAD.value: THE_UNIT},
    ),
    Reach(
        kind="emergency_access",
        text=Text(de="Notfallzugriff", en="emergency access"),
        basis=STANDING_IN,
        wall=Wall.ROLE_AND_RELATION,
        readers={
            Role.CASE_MANAGER.value: frozenset({_R.EMERGENCY}),
            Role.TEAM_LEAD.value: THE_UNIT,
            Role.DPO.value: TENANT,
        },
    ),
    Reach(
        kind="audit_entry",
        text=Text(de="Protokoll", en="audit log"),
        basis=OVERSIGHT,
        wall=Wall.ROLE_AND_RELATION,
        readers={Role.DPO.value: TENANT},
    ),
)

WORDS: Final[Mapping[Right, Text]] = {
    Right.READ_CASES: Text(de="Fälle lesen", en="read cases"),
    Right.CHANGE_CASES: Text(de="Fälle bearbeiten", en="change cases"),
    Right.READ_EXTRACTS: Text(de="Anonymisierte Auszüge lesen", en="read anonymised extracts"),
    Right.READ_FIGURES: Text(de="Zahlen lesen", en="read figures"),
    Right.READ_CONTROLLING: Text(de="Controlling lesen", en="read controlling"),
    Right.IMPORT_CASES: Text(de="Bestände einspielen", en="import cases"),
    Right.KEEP_STAFF: Text(de="Fachkräfte führen", en="keep staff"),
    Right.READ_AUDIT: Text(de="Protokoll lesen", en="read the audit log"),
    Right.HANDLE_DESTRUCTION: Text(de="Löschlisten bearbeiten", en="handle destruction lists"),
    Right.APPROVE_DESTRUCTION: Text(de="Löschlisten freigeben", en="approve destruction lists"),
    Right.SET_DELETION_RULES: Text(de="Löschfristen festlegen", en="set deletion rules"),
    Right.READ_FINDINGS: Text(de="Strukturbefunde lesen", en="read structural findings"),
    Right.RECORD_FINDINGS: Text(de="Strukturbefunde erfassen", en="record structural findings"),
    Right.WORK_ON_FINDINGS: Text(de="An Strukturbefunden arbeiten", en="work on findings"),
    Right.READ_MEETINGS: Text(de="Sitzungen lesen", en="read meetings"),
    Right.KEEP_MEETINGS: Text(de="Sitzungen führen", en="keep meetings"),
    Right.KEEP_CASE_TYPES: Text(de="Falltypen führen", en="keep case types"),
    Right.RELEASE_RESTRICTED: Text(
        de="Bei Auskunftssperre freigeben", en="release from a bar on disclosure"
    ),
    Right.FOLLOW: Text(de="Ereignisse abrufen", en="follow events"),
    Right.MANAGE_WEBHOOKS: Text(de="Webhooks verwalten", en="manage webhooks"),
    Right.READ_REQUEST_LOG: Text(de="Anfragen der Systeme sehen", en="read the request log"),
    Right.EXPORT: Text(de="Listen ausgeben", en="export lists"),
    Right.EXPORT_FILES: Text(de="Beendete Akten ausgeben", en="export closed files"),
    Right.READ_RIGHTS: Text(de="Anträge Betroffener sehen", en="read requests of data subjects"),
    Right.HANDLE_RIGHTS: Text(
        de="Anträge Betroffener bearbeiten", en="handle requests of data subjects"
    ),
    Right.KEEP_DEPUTIES: Text(de="Vertretungen einsetzen", en="keep deputies"),
    Right.OPEN_EMERGENCY: Text(de="Fall im Notfall öffnen", en="open a case in an emergency"),
    Right.READ_EMERGENCIES: Text(de="Notfallzugriffe sehen", en="read emergency accesses"),
    Right.REVIEW_EMERGENCIES: Text(de="Notfallzugriffe prüfen", en="review emergency accesses"),
    Right.SET_ACCESS_SCOPES: Text(de="Zugriffsumfang festlegen", en="set access scopes"),
}
TABLE: Final = AccessTable(
    service="cases",
    text=Text(de="Fallakten", en="Case records"),
    rights=RIGHTS,
    words=WORDS,
    reaches=REACHES,
    acts=ACTS,
    deposits=DEPOSITS,
    fields={"case": CASE_RULES, "person": PERSON_RULES},
)
