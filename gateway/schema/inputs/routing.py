"""What rules of routing need, and what signposting needs."""

import strawberry

from gateway.schema.codes.directory import OutcomeSource
from gateway.schema.codes.referrals import Outcome, Topic
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.inputs.directory import RoutingAreaInput
from gateway.schema.inputs.referral import ReferralDraft
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(description=both("A sentence in both languages.", "Ein Satz in beiden Sprachen."))
class BothLanguagesInput:
    de: str = needed("In German.", "Auf Deutsch.")
    en: str = needed("In English.", "Auf Englisch.")


@strawberry.input(description=both("One routing rule.", "Eine Zuständigkeitsregel."))
class RoutingRuleInput:
    rule_id: str = needed("Name of the rule.", "Name der Regel.")
    service_code: str = needed("The service.", "Die Leistung.")
    unit_id: str = needed("The unit.", "Die Stelle.")
    priority: int | None = given("1 comes first; else 10.", "1 kommt zuerst; sonst 10.")
    reason: BothLanguagesInput = needed(
        "Shown to whoever chooses.", "Wird bei der Auswahl gezeigt."
    )
    area: RoutingAreaInput = needed("Where it holds.", "Wo sie gilt.")


@strawberry.input(
    description=both(
        "All rules of the Kreis as the next version.",
        "Alle Regeln des Kreises als nächste Fassung.",
    )
)
class PublishRoutingRulesInput(Command):
    valid_from: Date = needed("First day.", "Erster Tag.")
    rules: list[RoutingRuleInput] = needed("All rules.", "Alle Regeln.")


@strawberry.input(
    description=both(
        "Try rules on past referrals; nothing is stored.",
        "Regeln an früheren Überleitungen erproben; gespeichert wird nichts.",
    )
)
class SimulateRoutingInput(Command):
    rules: list[RoutingRuleInput] = needed("All rules.", "Alle Regeln.")
    months: int | None = given("How many months back.", "Wie viele Monate zurück.")


@strawberry.input(
    description=both(
        "Tell a person where to go; no member says who it is.",
        "Jemanden verweisen; keine Angabe sagt, wen.",
    )
)
class SignpostPersonInput(Command):
    service_code: str = needed("The service.", "Die Leistung.")
    topic: Topic = needed("Field of action.", "Handlungsfeld.")
    target_name: str = needed("Where to go.", "Wohin.")
    target_unit: str | None = given(
        "The unit, where it is in the directory.", "Die Stelle, wenn sie im Verzeichnis steht."
    )
    municipality_ags: str = needed(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    case_id: strawberry.ID | None = given("UUID of the case.", "UUID des Falls.")


@strawberry.input
class OnSignposting(Change):
    """Base of what is done with a signposting on the version seen."""

    signposting_id: strawberry.ID = needed("UUID of the signposting.", "UUID der Verweisberatung.")


@strawberry.input(
    description=both("The person has the contact data.", "Die Person hat die Kontaktdaten.")
)
class InformSignpostedPersonInput(OnSignposting):
    informed_on: Date = needed("When.", "Wann.")
    language: str = needed("In which language, ISO 639-3.", "In welcher Sprache, ISO 639-3.")


@strawberry.input(description=both("How it went.", "Wie es ausging."))
class RecordSignpostingOutcomeInput(OnSignposting):
    outcome: Outcome = needed("What became of it.", "Was daraus wurde.")
    source: OutcomeSource = needed("Who told it.", "Wer es sagte.")


@strawberry.input(
    description=both(
        "The person wants a handover: make a draft of a referral.",
        "Die Person möchte eine begleitete Übergabe: einen Entwurf anlegen.",
    )
)
class HandOverSignpostingInput(ReferralDraft, OnSignposting):
    pass
