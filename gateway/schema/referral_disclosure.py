"""What of a referral was told to whom, who decided it, and the files that go with it."""

import strawberry

from gateway.schema.codes.contents import DataCategory, DisclosureGround
from gateway.schema.codes.documents import ScanState
from gateway.schema.codes.exchange import DecisionOutcome
from gateway.schema.codes.referrals import (
    Purpose,
    ReferralMode,
    ReferralState,
    Topic,
    Urgency,
)
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "A file that goes with a referral; its bytes stay at the REST interface.",
        "Eine Datei zu einer Überleitung; ihre Bytes bleiben an der REST-Schnittstelle.",
    )
)
class ReferralAttachment(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    name: str = field("Name of the file.", "Name der Datei.")
    category: DataCategory = field(
        "The part of the content as which it counts.", "Der Teil des Inhalts, als der sie zählt."
    )
    media_type: str | None = field(
        "What the bytes are, by their content.", "Was die Bytes sind, am Inhalt erkannt."
    )
    sha256: str | None = field(
        "SHA-256 of the bytes; null as long as it is only announced.",
        "SHA-256 der Bytes; null, solange sie nur angekündigt ist.",
    )
    size_bytes: int | None = field("Size in bytes.", "Größe in Byte.")
    scan_state: ScanState | None = field(
        "What the malware scanner said.", "Was der Virenscanner sagte."
    )
    created_at: DateTime = field("When it was announced.", "Wann sie angekündigt wurde.")

    @strawberry.field(
        description=both(
            "Path at the referral service: PUT stores the bytes once, GET reads them.",
            "Pfad am Überleitungsdienst: PUT speichert die Bytes einmal, GET liest sie.",
        )
    )
    def content_path(self) -> str:
        return f"/v1/attachments/{self.record['id']}/content"


@strawberry.type(
    description=both("A file that was disclosed.", "Eine Datei, die weitergegeben wurde.")
)
class DisclosedFile(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    category: DataCategory = field("Data category.", "Datenkategorie.")
    sha256: str = field("SHA-256 of the bytes.", "SHA-256 der Bytes.")
    size_bytes: int = field("Size in bytes.", "Größe in Byte.")


@strawberry.type(
    description=both(
        "The manifest of one disclosure: which fields went to whom; paths, never values.",
        "Das Verzeichnis einer Weitergabe: welche Felder an wen gingen; Pfade, nie Werte.",
    )
)
class ReferralDisclosure(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    content_version: int = field(
        "Version of the content; 0 for a message.", "Fassung des Inhalts; 0 bei einer Nachricht."
    )
    sender_unit: str = field("The sending unit.", "Die absendende Stelle.")
    recipient_unit: str = field("The receiving unit.", "Die empfangende Stelle.")
    ground_kind: str | None = field("Kind of legal ground.", "Art der Rechtsgrundlage.")
    ground_code: str | None = field(
        "Code of the statutory ground.", "Code der gesetzlichen Grundlage."
    )
    categories: list[DataCategory] = field("Data categories.", "Datenkategorien.")
    fields: list[str] = field("Fields, as dotted paths.", "Felder, als Pfade mit Punkt.")
    disputed_fields: list[str] = field(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )
    attachments: list[DisclosedFile] = field("Files.", "Dateien.")
    decision_id: strawberry.ID | None = field(
        "UUID of the decision behind it.", "UUID der Entscheidung dahinter."
    )
    payload_digest: str = field(
        "Digest of the content, or of the message.", "Prüfsumme des Inhalts oder der Nachricht."
    )
    message_id: strawberry.ID | None = field(
        "UUID of the message to an authority that this is the manifest of.",
        "UUID der Nachricht an eine Behörde, deren Verzeichnis dies ist.",
    )
    disclosed_at: DateTime = field("When it was disclosed.", "Wann weitergegeben wurde.")


@strawberry.type(
    description=both("The receipt both sides hold.", "Der Beleg, den beide Seiten haben.")
)
class DisclosureReceipt(Published):
    receipt: ReferralDisclosure = field("The manifest.", "Das Verzeichnis.")
    digest: str = field(
        "SHA-256 over the manifest in canonical form.",
        "SHA-256 über das Verzeichnis in kanonischer Form.",
    )


@strawberry.type(
    description=both(
        "Content that only its recipient can decrypt.",
        "Inhalt, den nur die empfangende Stelle entschlüsseln kann.",
    )
)
class SealedContent(Published):
    id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    kid: str = field("The key.", "Der Schlüssel.")
    jwe: str = field("The ciphertext, compact JWE.", "Der Geheimtext, kompaktes JWE.")
    digest: str = field("SHA-256 of the ciphertext.", "SHA-256 des Geheimtexts.")


@strawberry.type(
    description=both("Whether a digest is the receipt's.", "Ob eine Prüfsumme zum Beleg gehört.")
)
class ReceiptComparison(Published):
    matches: bool = field("Whether they match.", "Ob sie übereinstimmen.")
    digest: str = field("Digest of the receipt.", "Prüfsumme des Belegs.")


@strawberry.type(
    description=both(
        "The note that a disputed field carries, § 84 (2) SGB X.",
        "Der Vermerk, den ein bestrittenes Feld trägt, § 84 Abs. 2 SGB X.",
    )
)
class FieldDispute(Published):
    field_: str = strawberry.field(
        name="field", description=both("Dotted path.", "Pfad mit Punkt.")
    )
    note: BothLanguages = field("The note.", "Der Vermerk.")


@strawberry.type(
    description=both(
        "A draft to an authority that waits for a decision: paths, never values.",
        "Ein Entwurf an eine Behörde, der auf eine Entscheidung wartet: Pfade, nie Werte.",
    )
)
class DisclosureRequest(Published):
    id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    version: int = field("Version of the referral.", "Fassung der Überleitung.")
    state: ReferralState = field("State.", "Stand.")
    mode: ReferralMode = field("Kind of referral.", "Art der Überleitung.")
    service_code: str = field("The service asked for.", "Die gewünschte Leistung.")
    topic: Topic = field("Field of action.", "Handlungsfeld.")
    purpose: Purpose = field("What the data are sent for.", "Wozu die Daten gesendet werden.")
    urgency: Urgency = field("Urgency.", "Dringlichkeit.")
    recipient_unit: str = field("The authority.", "Die Behörde.")
    fields: list[str] = field("Paths it would tell.", "Pfade, die er nennen würde.")
    created_at: DateTime = field("When it was recorded.", "Wann er erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both(
        "A decision on what an authority for foreigners or naturalisation is told; the latest"
        " stands.",
        "Eine Entscheidung, was eine Ausländer- oder Einbürgerungsbehörde erfährt; die letzte"
        " gilt.",
    )
)
class DisclosureDecision(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    recipient_unit: str = field("The unit decided on.", "Die Stelle, um die es geht.")
    outcome: DecisionOutcome = field("What was decided.", "Was entschieden wurde.")
    ground: DisclosureGround = field("Ground.", "Grundlage.")
    fields: list[str] = field("Fields, as dotted paths.", "Felder, als Pfade mit Punkt.")
    client_informed: bool = field("The person was informed.", "Die Person wurde informiert.")
    reason: str = field("Reason.", "Begründung.")
    request_reference: str = field("Reference of the request.", "Aktenzeichen der Anfrage.")
    decided_by: str = field("Who decided.", "Wer entschied.")
    decided_at: DateTime = field("When it was decided.", "Wann entschieden wurde.")
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
