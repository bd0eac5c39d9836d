"""What decisions on disclosure, attachments and links of a referral need."""

import strawberry

from gateway.schema.codes.contents import DataCategory, DisclosureGround
from gateway.schema.codes.exchange import DecisionOutcome
from gateway.schema.inputs.base import Command, given, needed
from gateway.schema.published import both


@strawberry.input(
    description=both(
        "Decide what an authority for foreigners or naturalisation is told.",
        "Entscheiden, was eine Ausländer- oder Einbürgerungsbehörde erfährt.",
    )
)
class DecideDisclosureInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    recipient_unit: str = needed("The unit decided on.", "Die Stelle, um die es geht.")
    outcome: DecisionOutcome = needed("What was decided.", "Was entschieden wurde.")
    ground: DisclosureGround = needed("Ground.", "Grundlage.")
    fields: list[str] = needed("Fields, as dotted paths.", "Felder, als Pfade mit Punkt.")
    client_informed: bool = needed("The person was informed.", "Die Person wurde informiert.")
    reason: str = needed("Reason.", "Begründung.")
    request_reference: str | None = given("Reference of the request.", "Aktenzeichen der Anfrage.")


@strawberry.input(
    description=both(
        "Compare a digest with the receipt.", "Eine Prüfsumme mit dem Beleg vergleichen."
    )
)
class VerifyReferralReceiptInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    digest: str = needed(
        "Digest of the receipt or of the content.", "Prüfsumme des Belegs oder des Inhalts."
    )


@strawberry.input(
    description=both(
        "Announce a file before sending; its bytes are then put under its `contentPath`.",
        "Eine Datei vor dem Senden ankündigen; ihre Bytes gehen danach an ihren `contentPath`.",
    )
)
class AnnounceReferralAttachmentInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    name: str = needed("Name of the file.", "Name der Datei.")
    category: DataCategory = needed(
        "The part of the content as which it counts.", "Der Teil des Inhalts, als der sie zählt."
    )


@strawberry.input(
    description=both("Take a file away before sending.", "Eine Datei vor dem Senden entfernen.")
)
class RemoveReferralAttachmentInput(Command):
    attachment_id: strawberry.ID = needed("UUID of the file.", "UUID der Datei.")


@strawberry.input(
    description=both(
        "A link for an agency without software; a new one ends the former.",
        "Ein Link für eine Stelle ohne Software; ein neuer beendet den früheren.",
    )
)
class CreateAccessLinkInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    valid_days: int | None = given("Days, 8 at most.", "Tage, höchstens 8.")


@strawberry.input(description=both("Take a link back.", "Einen Link zurücknehmen."))
class RevokeAccessLinkInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    link_id: strawberry.ID = needed("UUID of the link.", "UUID des Links.")
