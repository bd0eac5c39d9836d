"""Who is responsible for a service at a place: the answer, the rules, and a trial of rules."""

import strawberry

from gateway.schema.codes.referrals import ManualReason
from gateway.schema.org_unit import RoutingArea
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date, DateTime
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "A unit that is responsible; whether it is worth sending to it now.",
        "Eine zuständige Stelle; ob es sich lohnt, ihr jetzt zu senden.",
    )
)
class RoutingTarget(Published):
    unit_id: str = field("The unit.", "Die Stelle.")
    priority: int = field("1 comes first.", "1 kommt zuerst.")
    reason: BothLanguages = field("Why it is responsible.", "Warum sie zuständig ist.")
    rule_id: str = field("The rule.", "Die Regel.")
    accepts: bool = field(
        "False where it is closed, full or out of term.",
        "Nein, wenn sie geschlossen, voll oder nicht im Angebotszeitraum ist.",
    )
    seats_free: int | None = field("Free places.", "Freie Plätze.")
    waiting_days: int | None = field("Waiting time in days.", "Wartezeit in Tagen.")


@strawberry.type(
    description=both("Who is responsible at a place.", "Wer an einem Ort zuständig ist.")
)
class Routing(Published):
    service_code: str = field("The service.", "Die Leistung.")
    municipality_ags: str = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    ars: str = field("Regional key, twelve digits.", "Regionalschlüssel, zwölf Stellen.")
    ars_is_derived: bool = field(
        "The regional key was derived.", "Der Regionalschlüssel wurde abgeleitet."
    )
    rules_version: int = field("Version of the rules.", "Fassung der Regeln.")
    targets: list[RoutingTarget] = field("The units.", "Die Stellen.")
    unit_id: str | None = field("The unit, if there is one.", "Die Stelle, wenn es eine ist.")
    manual_reason: ManualReason | None = field(
        "Why a person decides instead.", "Warum stattdessen ein Mensch entscheidet."
    )


@strawberry.type(description=both("One routing rule.", "Eine Zuständigkeitsregel."))
class RoutingRule(Published):
    rule_id: str = field("Name of the rule.", "Name der Regel.")
    service_code: str = field("The service.", "Die Leistung.")
    unit_id: str = field("The unit.", "Die Stelle.")
    priority: int = field("1 comes first.", "1 kommt zuerst.")
    reason: BothLanguages = field("Shown to whoever chooses.", "Wird bei der Auswahl gezeigt.")
    area: RoutingArea = field("Where it holds.", "Wo sie gilt.")


@strawberry.type(
    description=both(
        "One version of all routing rules.", "Eine Fassung aller Zuständigkeitsregeln."
    )
)
class RoutingRuleSet(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field("Version of the rules.", "Fassung der Regeln.")
    valid_from: Date = field("First day.", "Erster Tag.")
    rules: list[RoutingRule] = field("The rules.", "Die Regeln.")
    created_at: DateTime = field("When it was published.", "Wann sie veröffentlicht wurde.")


@strawberry.type(
    description=both(
        "Where past referrals would go now; a unit is null where a person decides.",
        "Wohin frühere Überleitungen jetzt gingen; die Stelle ist null, wo ein Mensch entscheidet.",
    )
)
class RoutingWay(Published):
    service_code: str = field("The service.", "Die Leistung.")
    municipality_ags: str = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    from_unit: str | None = field("By the rules in force.", "Nach den geltenden Regeln.")
    to_unit: str | None = field("By the rules tried.", "Nach den erprobten Regeln.")
    manual_reason: ManualReason | None = field(
        "Why a person decides instead.", "Warum stattdessen ein Mensch entscheidet."
    )
    referrals: int = field("How many.", "Wie viele.")


@strawberry.type(
    description=both(
        "What rules would have changed on past referrals, in numbers.",
        "Was Regeln an früheren Überleitungen geändert hätten, in Zahlen.",
    )
)
class RoutingSimulation(Published):
    rules_version: int = field("Version compared with.", "Verglichen mit dieser Fassung.")
    since: Date = field("Looked back to this day.", "Zurück bis zu diesem Tag.")
    is_complete: bool = field(
        "Every referral of that time was looked at.", "Jede Überleitung der Zeit wurde betrachtet."
    )
    examined: int = field("Examined.", "Betrachtet.")
    unchanged: int = field("Unchanged.", "Unverändert.")
    changed: int = field("To another unit.", "An eine andere Stelle.")
    to_manual: int = field("To a person now.", "Neu an einen Menschen.")
    from_manual: int = field("To a person no more.", "Nicht mehr an einen Menschen.")
    near_the_line: int = field(
        "Too near to a line to be told.", "Zu nah an einer Grenze, um es zu sagen."
    )
    number_needed: int = field(
        "Cannot be told without the house number.", "Ohne Hausnummer nicht zu sagen."
    )
    went_elsewhere: int = field(
        "Really went to another unit than the tried rules name.",
        "Gingen wirklich an eine andere Stelle, als die erprobten Regeln nennen.",
    )
    ways: list[RoutingWay] = field("What changes where.", "Was sich wo ändert.")


@strawberry.type(
    description=both("A service of the catalogue.", "Eine Leistung des Verzeichnisses.")
)
class CatalogueService(Published):
    code: str = field("Code.", "Schlüssel.")
    title: BothLanguages = field("Title.", "Titel.")
    categories: list[str] = field(
        "Data categories it may be told.", "Datenkategorien, die sie erfahren darf."
    )
    is_authority_matter: bool = field(
        "A matter of the foreigners or naturalisation authority.",
        "Eine Angelegenheit der Ausländer- oder Einbürgerungsbehörde.",
    )


@strawberry.type(description=both("The catalogue of services.", "Das Leistungsverzeichnis."))
class ServiceCatalogue(Published):
    version: str = field("Version.", "Fassung.")
    items: list[CatalogueService] = field("The services.", "Die Leistungen.")


@strawberry.type(description=both("A code with its name.", "Ein Schlüssel mit Bezeichnung."))
class ReferralCode(Published):
    code: str = field("The code.", "Der Schlüssel.")
    label: BothLanguages = field("Name.", "Bezeichnung.")


@strawberry.type(description=both("A code list of referrals.", "Eine Codeliste der Überleitungen."))
class ReferralCodeList(Published):
    name: str = field("Name of the list.", "Name der Liste.")
    urn: str = field("URN.", "URN.")
    version: str = field("Version of the list.", "Fassung der Liste.")
    codes: list[ReferralCode] = field("The codes.", "Die Schlüssel.")
