"""Content that only the recipient can read: what the sender declares of it, and what it forbids."""

from dataclasses import dataclass, field

from services.referrals.domain.codes import DataCategory
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
        de="Gebraucht wird ein öffentlicher RSA-Schlüssel mit 4096 bis 8192 Bit.",
        en="A public RSA key of 4096 to 8192 bits is needed.",
    )


class JweUnacceptable(RuleViolated):
    code = "jwe-unacceptable"
    title = Text(
        de="Der verschlüsselte Inhalt hat nicht die verlangte Form oder den falschen Schlüssel.",
        en="The encrypted content has not the form that is asked for, or the wrong key.",
    )


class FieldNotKnown(RuleViolated):
    code = "content-field-unknown"
    title = Text(
        de="Ein angegebenes Feld gibt es im Inhalt einer Zusteuerung nicht.",
        en="A field that was named does not exist in the content of a referral.",
    )


class ContentIsSealed(Conflict):
    code = "content-is-sealed"
    title = Text(
        de="Der Inhalt ist verschlüsselt: das geht nur mit einer neuen Zusteuerung.",
        en="The content is encrypted: this takes a new referral.",
    )


class KeysOfAnotherUnit(NotPermitted):
    code = "keys-of-another-unit"
    title = Text(
        de="Jede Stelle verwaltet nur ihre eigenen Schlüssel.",
        en="Each unit keeps its own keys only.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A ciphertext, and what the sender says is in it: judged as if it were open."""

    jwe: str = field(repr=False)
    fields: frozenset[str]

    def facts(self, disputed: frozenset[str], secret: frozenset[DataCategory]) -> PayloadFacts:
        """Raises FieldNotKnown."""
        if not self.fields <= MEMBERS.keys():
            raise FieldNotKnown
        return PayloadFacts(
            categories=frozenset(DataCategory(name.split(".")[0]) for name in self.fields),
            fields=self.fields,
            disputed=disputed,
            secret=secret,
        )
