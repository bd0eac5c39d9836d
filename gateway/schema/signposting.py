"""Signposting: where a person was told to go, without any data of the person."""

import strawberry

from gateway.schema.codes.directory import SignpostingAction, SignpostingState
from gateway.schema.codes.referrals import Outcome, Topic
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "Where a person was told to go; nothing says who the person is.",
        "Wohin jemand verwiesen wurde; nichts sagt, wer die Person ist.",
    )
)
class Signposting(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: SignpostingState = field("State.", "Stand.")
    service_code: str = field("The service.", "Die Leistung.")
    topic: Topic = field("Field of action.", "Handlungsfeld.")
    target_name: str = field("Where to go.", "Wohin.")
    target_unit: str | None = field(
        "The unit, where it is in the directory.", "Die Stelle, wenn sie im Verzeichnis steht."
    )
    municipality_ags: str = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    case_id: strawberry.ID | None = field("UUID of the case.", "UUID des Falls.")
    informed_on: Date | None = field(
        "When the person got the contact data.", "Wann die Person die Kontaktdaten bekam."
    )
    information_language: str | None = field(
        "In which language, ISO 639-3.", "In welcher Sprache, ISO 639-3."
    )
    outcome: Outcome | None = field("What became of it.", "Was daraus wurde.")
    referral_id: strawberry.ID | None = field(
        "UUID of the referral that followed.", "UUID der Überleitung, die folgte."
    )
    allowed_actions: list[SignpostingAction] = field(
        "What can be done now: the buttons to draw.",
        "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
    )
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    referral = related(
        "referrals /v1/referrals",
        "gateway.schema.referral:Referral",
        "referralId",
        en="The referral that followed.",
        de="Die Überleitung, die folgte.",
    )
