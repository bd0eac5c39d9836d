"""What steps of a referral take."""

import strawberry

from gateway.schema.codes.contents import DataCategory
from gateway.schema.codes.referrals import (
    AgeBand,
    Outcome,
    Purpose,
    ReferralMode,
    RejectReason,
    Topic,
    Urgency,
    WithdrawReason,
)
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.inputs.legal_ground import (
    DisclosureDecisionInput,
    LegalGroundInput,
    PlaceInput,
    ProtectionStepsInput,
)
from gateway.schema.inputs.referral_content import ReferralContentInput
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input
class AddressedReferral:
    """What a sender says of a referral beside its content."""

    mode: ReferralMode = needed("Kind of referral.", "Art der Überleitung.")
    service_code: str = needed("The service asked for.", "Die gewünschte Leistung.")
    topic: Topic = needed("Field of action.", "Handlungsfeld.")
    purpose: Purpose = needed("What the data are sent for.", "Wozu die Daten gesendet werden.")
    language: str = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    subject_reference: str = needed(
        "The sender's own reference of the person; never a register number.",
        "Eigenes Aktenzeichen der Person; nie eine Registernummer.",
    )
    place: PlaceInput = needed(
        "Where the person lives, as far as routing needs it.",
        "Wo die Person wohnt, soweit die Zuständigkeit es braucht.",
    )
    urgency: Urgency | None = given("Urgency.", "Dringlichkeit.")
    interpreter_needed: bool | None = given(
        "An interpreter is needed.", "Sprachmittlung ist nötig."
    )
    age_band: AgeBand | None = given("Age band.", "Altersgruppe.")
    recipient_unit: str | None = given(
        "The receiving unit; without it the routing rules choose.",
        "Die empfangende Stelle; ohne sie wählen die Zuständigkeitsregeln.",
    )
    disputed_fields: list[str] | None = given(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )
    secret_categories: list[DataCategory] | None = given(
        "Parts under professional secrecy.", "Teile unter Berufsgeheimnis."
    )
    legal_ground: LegalGroundInput | None = given(
        "Consent or statute.", "Einwilligung oder Gesetz."
    )
    protection_steps: ProtectionStepsInput | None = given(
        "Steps of § 4 KKG.", "Schritte nach § 4 KKG."
    )
    case_id: strawberry.ID | None = given("UUID of the case.", "UUID des Falls.")
    transfers_ownership: bool | None = given(
        "A warm handover after which the recipient leads the case.",
        "Begleitete Übergabe, nach der die empfangende Stelle den Fall führt.",
    )


@strawberry.input
class ReferralDraft(AddressedReferral):
    """What a sender says of a referral."""

    content: ReferralContentInput = needed(
        "The content; each part is a data category.",
        "Der Inhalt; jeder Teil ist eine Datenkategorie.",
    )
    disclosure_decision: DisclosureDecisionInput | None = given(
        "Decision on disclosure to an authority.",
        "Entscheidung über die Offenlegung an eine Behörde.",
    )


@strawberry.input(
    description=both("A referral to be written down.", "Eine Überleitung, die angelegt wird.")
)
class NewReferralInput(ReferralDraft, Command):
    pass


@strawberry.input(description=both("One reason for refusing.", "Ein Grund für die Ablehnung."))
class ReferralProblemInput:
    reason: RejectReason = needed("Reason.", "Begründung.")
    detail: str | None = given(
        "Explanation without personal data.", "Erläuterung ohne personenbezogene Daten."
    )
    instance: str | None = given(
        "JSON pointer to the part that is meant.", "JSON-Zeiger auf den gemeinten Teil."
    )


@strawberry.input(
    description=both("A step that brings nothing with it.", "Ein Schritt, der nichts mitbringt.")
)
class ReferralStepInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")


@strawberry.input(description=both("Send a draft.", "Einen Entwurf senden."))
class SendReferralInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    legal_ground: LegalGroundInput | None = given(
        "Consent or statute.", "Einwilligung oder Gesetz."
    )


@strawberry.input(description=both("Accept a referral.", "Eine Überleitung annehmen."))
class AcceptReferralInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    payload_digest: str | None = given(
        "Digest of the content, compared on acceptance.",
        "Prüfsumme des Inhalts, verglichen bei der Annahme.",
    )


@strawberry.input(
    description=both(
        "Reject a referral, with at least one reason.",
        "Eine Überleitung ablehnen, mit mindestens einem Grund.",
    )
)
class RejectReferralInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    problems: list[ReferralProblemInput] = needed(
        "Why it was refused.", "Warum sie abgelehnt wurde."
    )


@strawberry.input(
    description=both(
        "Pass a referral on inside the controller.",
        "Eine Überleitung innerhalb der verantwortlichen Stelle weitergeben.",
    )
)
class ForwardReferralInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    recipient_unit: str = needed("The receiving unit.", "Die empfangende Stelle.")


@strawberry.input(description=both("Take a referral back.", "Eine Überleitung zurückziehen."))
class WithdrawReferralInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    reason: WithdrawReason = needed("Reason.", "Begründung.")


@strawberry.input(description=both("Record the first contact.", "Den ersten Kontakt festhalten."))
class StartReferralServiceInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    first_contact_on: Date = needed("Day of the first contact.", "Tag des ersten Kontakts.")


@strawberry.input(
    description=both(
        "Complete or return a referral.", "Eine Überleitung abschließen oder zurückgeben."
    )
)
class EndReferralInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    outcome: Outcome = needed("What became of it.", "Was daraus wurde.")


@strawberry.input(
    description=both(
        "Name the unit for a referral in the manual queue.",
        "Die Stelle für eine Überleitung der Klärungsliste festlegen.",
    )
)
class AssignReferralInput(Change):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    recipient_unit: str = needed("The receiving unit.", "Die empfangende Stelle.")
