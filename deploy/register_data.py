"""The parts of the register about data: whose, of what kind, in which tables, for how long."""

import importlib
from collections.abc import Iterator
from typing import Any, Final

from services.cases.domain.practice import Practice
from services.cases.domain.retention import (
    ANY_RESULT,
    SETTABLE_KINDS,
    DataKind,
    DeletionRule,
    StartEvent,
    default_rules,
)
from services.cases.domain.retention_words import KIND_LABELS
from services.cases.settings import Settings as CasesSettings
from services.cases.storage.data_kinds import DATA_KINDS, WITHOUT_PEOPLE
from services.funding.storage.tables import Table as FundingTable
from services.referrals.domain.labels import DATA_CATEGORIES
from services.referrals.domain.legal_ground import DisclosureGround
from services.referrals.storage.base import Table as ReferralsTable
from shared.jobs.keeping import KEEP_DAYS as JOB_KEPT_DAYS
from shared.messaging.relay import KEEP_SENT_S
from shared.service.webhooks import KEEP_DAYS as WEBHOOK_KEPT_DAYS

CLIENTS: Final = "Ratsuchende und ihre Familien"
STAFF: Final = "Beschäftigte"
# Of the kinds that no unit sets: those it sets have labels already.
TECHNICAL_LABELS: Final = {
    DataKind.STAFF: "Fachkräfte, Vertretungen, eigene Ansichten",
    DataKind.ACCESS_LOG: "Protokoll der Zugriffe und Änderungen",
    DataKind.MESSAGE: "Nachrichten, Zustellungen, Aufträge (Kennungen und Codes)",
    DataKind.ERASURE_EVIDENCE: "Nachweise über Löschungen und Anträge Betroffener",
}
CONCERNED: Final = {
    **dict.fromkeys(DataKind, CLIENTS),
    DataKind.CASE_FILE: f"{CLIENTS}; beteiligte Fachkräfte",
    DataKind.PERSON: f"{CLIENTS}; gesetzliche Vertreter",
    DataKind.STAFF: STAFF,
    DataKind.ACCESS_LOG: f"{STAFF}; {CLIENTS} (nur Kennungen)",
    DataKind.MESSAGE: f"{CLIENTS} (nur Kennungen); {STAFF}",
    DataKind.ERASURE_EVIDENCE: f"{CLIENTS} (nur Kennungen); {STAFF}",
}
STARTS: Final = {
    StartEvent.PROCESS_ENDED: "dem Ende des Falls",
    StartEvent.YEAR_OF_PROCESS_END: "Ablauf des Jahres, in dem der Fall endete",
}
OF_PART: Final = "mit der Fallakte; früher, wenn die Stelle eine Regel dafür setzt"
OF_PERSON: Final = (
    "mit der letzten Fallakte, die sie braucht; früher, wenn die Stelle eine Regel dafür setzt"
)
# What a setting ends, in the words of the register; its value is that of the code.
PERIODS: Final = {
    "cases": {
        "deletion_years": "Jahre bis zum Löschen der Fallakte nach dem Jahr ihres Endes",
        "declined_deletion_days": "Tage bis zum Löschen eines nicht aufgenommenen Falls",
        "access_export_days": "Tage, die eine zusammengestellte Auskunft bereitliegt",
        "rights_evidence_years": "Jahre, die ein beendeter Antrag Betroffener bleibt",
        "import_report_days": "Tage, die der Bericht einer Einspielung bleibt",
        "audit_read_days": "Tage, die Lesezugriffe im Protokoll bleiben",
        "audit_change_days": "Tage, die Änderungen im Protokoll bleiben",
        "feed_days": "Tage, die Ereignisse und Löschmeldungen abrufbar sind",
        "job_days": "Tage, die eine ausgegebene Datei bereitliegt",
    },
    "funding": {
        "audit_read_days": "Tage, die Lesezugriffe im Protokoll bleiben",
        "audit_change_days": "Tage, die Änderungen im Protokoll bleiben",
        "feed_days": "Tage, die Ereignisse und Löschmeldungen abrufbar sind",
        "job_days": "Tage, die eine ausgegebene Datei bereitliegt",
    },
    "referrals": {
        "drafts_kept_days": "Tage, nach denen ein liegen gebliebener Entwurf samt Inhalt wegfällt",
        "purge_rejected_after_days": "Tage, die die sendende Stelle Abgelehntes noch lesen kann",
        "audit_read_days": "Tage, die Lesezugriffe im Protokoll bleiben",
        "audit_change_days": "Tage, die Änderungen im Protokoll bleiben",
        "feed_days": "Tage, die Ereignisse und Löschmeldungen abrufbar sind",
        "job_days": "Tage, die eine ausgegebene Datei bereitliegt",
    },
}


def data_of_cases() -> Iterator[str]:
    yield "## Betroffene und Daten\n"
    yield "### Fallakten\n"
    yield "| Datenart | Betroffene | Tabellen | Frist |"
    yield "|---|---|---|---|"
    for kind in DataKind:
        label = KIND_LABELS[kind].de if kind in KIND_LABELS else TECHNICAL_LABELS[kind]
        tables = sorted(table for table, of in DATA_KINDS.items() if of is kind)
        cells = (f"{label} (`{kind}`)", CONCERNED[kind], _names(tables), _period_of(kind))
        yield f"| {' | '.join(cells)} |"
    yield f"\nOhne Bezug zu Personen: {_names(sorted(WITHOUT_PEOPLE))}."


def data_of_others() -> Iterator[str]:
    yield "### Förderung\n"
    yield f"Betroffene: {STAFF} (Kennungen, Besetzung der Stellen); Empfänger von Zahlungen, soweit"
    yield "sie Menschen sind. Ratsuchende stehen nicht darin; `expenditure_subject` hält zu einer"
    yield "Ausgabe ein Kennzeichen des Falls, das mit ihm gelöscht wird."
    yield "Fristen nach Haushaltsrecht: **[auszufüllen: Aufbewahrungsfristen der Kasse]**.\n"
    yield f"Tabellen: {_names(sorted(FundingTable.metadata.tables))}.\n"
    yield "### Zusteuerungen\n"
    yield f"Betroffene: {CLIENTS}; {STAFF}. Kategorien des Inhalts, die eine Einwilligung einzeln"
    yield "nennt:"
    yield f"{', '.join(f'{text.de} (`{code}`)' for code, text in DATA_CATEGORIES.items())}.\n"
    yield "An Ausländer- und Einbürgerungsbehörden gelangt nur, was eine Entscheidung freigibt, die"
    yield f"einen dieser Gründe nennt: {_names(list(DisclosureGround))}.\n"
    yield f"Tabellen: {_names(sorted(ReferralsTable.metadata.tables))}."


def periods() -> Iterator[str]:
    yield "## Fristen aus Einstellungen\n"
    yield "Vorgaben des Codes; der Betrieb kann sie ändern ([Einstellungen](../settings.md)):"
    yield "**[auszufüllen: abweichende Werte]**\n"
    yield "| Einstellung | Vorgabe | Bedeutung |"
    yield "|---|---|---|"
    for service, named in PERIODS.items():
        fields = importlib.import_module(f"services.{service}.settings").Settings.model_fields
        for name, meaning in named.items():
            variable = f"{service}_{name}".upper()
            yield f"| `{variable}` | {fields[name].default} | {meaning} |"
    yield ""
    yield f"Fest im Code: versandte Nachrichten {KEEP_SENT_S // 86_400} Tage, Zustellungen an"
    yield f"eigene Fachverfahren {WEBHOOK_KEPT_DAYS} Tage, beendete Aufträge {JOB_KEPT_DAYS} Tage."


def _period_of(kind: DataKind) -> str:
    if kind is DataKind.CASE_FILE:
        practice = Practice(
            deletion_years=_default("deletion_years"),
            declined_deletion_days=_default("declined_deletion_days"),
        )
        rules = "; ".join(_told(rule) for rule in default_rules(practice))
        return f"{rules}. Eigene Regeln der Stelle gehen vor"
    if kind in SETTABLE_KINDS:
        return OF_PERSON if kind is DataKind.PERSON else OF_PART
    if kind is DataKind.ACCESS_LOG:
        read, change = _default("audit_read_days"), _default("audit_change_days")
        return f"Lesen {read} Tage, Ändern {change} Tage"
    if kind is DataKind.MESSAGE:
        return "Tage bis Monate, siehe die Fristen aus Einstellungen"
    if kind is DataKind.ERASURE_EVIDENCE:
        years = _default("rights_evidence_years")
        return f"Anträge Betroffener {years} Jahre; Nachweise: **[auszufüllen: Frist der Stelle]**"
    return "nach keiner Frist des Codes; **[auszufüllen: Frist der Stelle]**"


def _told(rule: DeletionRule) -> str:
    period = f"{rule.period_years} Jahre" if rule.period_years else f"{rule.period_days} Tage"
    what = "beendeter Fall" if rule.result == ANY_RESULT else "nicht aufgenommener Fall"
    return f"{what}: {period} nach {STARTS[rule.start_event]}"


def _default(name: str) -> Any:
    return CasesSettings.model_fields[name].default


def _names(words: list[Any]) -> str:
    return ", ".join(f"`{word}`" for word in words)
