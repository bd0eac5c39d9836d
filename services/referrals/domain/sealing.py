"""Content that only the recipient can read: what the sender declares of it, and what it forbids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from services.referrals.domain.codes import DataCategory, ReferralAction
from services.referrals.domain.content_labels import MEMBERS
from services.referrals.domain.sharing import PayloadFacts
from shared.kernel.errors import Conflict, NotPermitted, RuleViolated
from shared.kernel.text import Text


class PrivateKeyRefused(RuleViolated):
    code = "private-key-refused"
    title = Text(
        de="Das ist ein privater Schlüssel. Er gilt nun als bekannt: erzeugen Sie einen neuen.",
        en="This is a private key. It counts as known from now on: make a new one.",
    )


class KeyTooWeak(RuleViolated):
    code = "key-too-weak"
    title = Text(
        de="Gebraucht wird ein öffentlicher RSA-Schlüssel (JWK) mit 4096 bis 8192 Bit.",
        en="A public RSA key (JWK) of 4096 to 8192 bits is needed.",
    )


class KeyUseDiffers(RuleViolated):
    code = "key-use-differs"
    title = Text(
        de="Der Schlüssel nennt selbst eine andere Verwendung oder ein anderes Verfahren.",
        en="The key itself names another use or another algorithm.",
    )


class KeyTermUnusable(RuleViolated):
    code = "key-term-unusable"
    title = Text(
        de="Ein Schlüssel gilt von einem Zeitpunkt bis zu einem späteren, der noch kommt.",
        en="A key is valid from a moment to a later one that is still to come.",
    )


class KeyKnown(Conflict):
    code = "key-known"
    title = Text(
        de="Diesen Schlüssel hat die Stelle schon veröffentlicht oder zurückgezogen.",
        en="The unit has published this key already, or has revoked it.",
    )


class KeysOfAnotherUnit(NotPermitted):
    code = "keys-of-another-unit"
    title = Text(
        de="Jede Stelle verwaltet nur ihre eigenen Schlüssel.",
        en="Each unit keeps its own keys only.",
    )


class JweUnacceptable(RuleViolated):
    code = "jwe-unacceptable"
    title = Text(
        de="Der verschlüsselte Inhalt hat nicht die verlangte Form, oder sein Schlüssel ist keiner,"
        " den die empfangende Stelle jetzt zum Verschlüsseln anbietet.",
        en="The encrypted content has not the form that is asked for, or its key is none that the"
        " recipient offers for encryption now.",
    )


class DeclarationDiffers(RuleViolated):
    code = "declaration-differs"
    title = Text(
        de="Die angegebenen Felder gibt es so nicht, oder sie gehören zu anderen Datenkategorien.",
        en="The fields that were declared do not exist, or belong to other data categories.",
    )


class ContentIsSealed(Conflict):
    code = "content-is-sealed"
    title = Text(
        de="Der Inhalt ist verschlüsselt: das geht nur mit einer neuen Zusteuerung.",
        en="The content is encrypted: this takes a new referral.",
    )


class KeyUse(StrEnum):
    """One key, one use; the values are those of RFC 7517."""

    ENC = "enc"
    SIG = "sig"


NOT_SEALED: Final = frozenset({ReferralAction.FORWARD})
"""Steps that a sealed referral has not: the key is the first recipient's alone."""


def require_use(jwk: Mapping[str, Any], use: KeyUse, algorithm: str) -> None:
    """What the key says of itself, if it does. Raises KeyUseDiffers."""
    if jwk.get("use", use.value) != use.value or jwk.get("alg", algorithm) != algorithm:
        raise KeyUseDiffers


def require_term(valid_from: datetime, valid_to: datetime, at: datetime) -> None:
    """Raises KeyTermUnusable."""
    if not max(valid_from, at) < valid_to:
        raise KeyTermUnusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A ciphertext, and what the sender says is in it: judged as if it were open."""

    jwe: str = field(repr=False)
    fields: frozenset[str]
    categories: frozenset[DataCategory]

    def facts(self, disputed: frozenset[str], secret: frozenset[DataCategory]) -> PayloadFacts:
        """Raises DeclarationDiffers."""
        if not self.fields <= MEMBERS.keys():
            raise DeclarationDiffers
        if self.categories != {DataCategory(name.split(".")[0]) for name in self.fields}:
            raise DeclarationDiffers
        return PayloadFacts(
            categories=self.categories,
            fields=self.fields,
            disputed=disputed,
            secret=secret,
            is_sealed=True,
        )
