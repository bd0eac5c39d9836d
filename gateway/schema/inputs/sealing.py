"""What keys of units and sealed referrals need."""

import strawberry

from gateway.schema.codes.contents import DataCategory
from gateway.schema.codes.directory import KeyUse
from gateway.schema.inputs.base import Command, given, needed
from gateway.schema.inputs.referral import AddressedReferral
from gateway.schema.published import both
from gateway.schema.scalars import DateTime


@strawberry.input(
    description=both("A public RSA key (RFC 7517).", "Ein öffentlicher RSA-Schlüssel (RFC 7517).")
)
class PublicKeyInput:
    kty: str = needed("Kind, RSA.", "Art, RSA.")
    n: str = needed("Modulus.", "Modul.")
    e: str = needed("Exponent.", "Exponent.")
    use: KeyUse | None = given("What it is for.", "Wofür er ist.")
    alg: str | None = given("Algorithm.", "Verfahren.")


@strawberry.input(
    description=both(
        "Publish a key of the own unit; never a private one.",
        "Einen Schlüssel der eigenen Stelle veröffentlichen; nie einen privaten.",
    )
)
class PublishUnitKeyInput(Command):
    unit_id: str = needed("The own unit.", "Die eigene Stelle.")
    jwk: PublicKeyInput = needed("The key.", "Der Schlüssel.")
    use: KeyUse | None = given("What it is for.", "Wofür er ist.")
    valid_from: DateTime = needed("First instant.", "Ab wann.")
    valid_to: DateTime = needed("Last instant.", "Bis wann.")


@strawberry.input(description=both("Take a key out of use.", "Einen Schlüssel zurückziehen."))
class RevokeUnitKeyInput(Command):
    unit_id: str = needed("The own unit.", "Die eigene Stelle.")
    kid: str = needed("Its thumbprint.", "Sein Fingerabdruck.")


@strawberry.input(
    description=both(
        "Send content that only the recipient can read; what is declared of it is judged.",
        "Inhalt senden, den nur die empfangende Stelle lesen kann; geprüft wird, was erklärt ist.",
    )
)
class SubmitSealedReferralInput(AddressedReferral, Command):
    jwe: str = needed(
        "Compact JWE, RSA-OAEP-256 and A256GCM, under a key of the recipient; as large as a"
        " request of the gateway may be, more at the REST interface.",
        "Kompaktes JWE, RSA-OAEP-256 und A256GCM, mit einem Schlüssel der empfangenden Stelle;"
        " so groß, wie eine Anfrage hier sein darf, Größeres an der REST-Schnittstelle.",
    )
    content_fields: list[str] = needed("Fields in it, as dotted paths.", "Felder darin, als Pfade.")
    categories: list[DataCategory] = needed("Data categories in it.", "Datenkategorien darin.")
    follows_id: strawberry.ID | None = given(
        "UUID of the refused referral that it corrects.",
        "UUID der abgelehnten Überleitung, die sie berichtigt.",
    )
