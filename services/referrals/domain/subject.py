"""The sender's own key for the person: opaque here, and never a number of a register."""

import re
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text

SUBJECT_REFERENCE_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9._:\-]{0,63}$"

_REGISTER_NUMBERS: Final = (
    r"[0-9]{5}BG[0-9]{7}",  # Bedarfsgemeinschaft
    r"[0-9]{3}[A-Z][0-9]{6}",  # Kundennummer, § 51a SGB II
    r"[0-9]{11}",  # Identifikationsnummer, § 67c (7) SGB X
    r"[0-9]{14}",  # AZR-Nummer, § 10 (4) AZRG
)


class SubjectIsARegisterNumber(RuleViolated):
    code = "subject-is-a-register-number"
    title = Text(
        de="Kunden-, BG-, AZR- oder Steuernummer darf hier nicht als Kennzeichen dienen. "
        "Bitte ein eigenes Aktenzeichen verwenden.",
        en="A customer, benefit unit, AZR or tax number must not serve as a key here. "
        "Use a reference of your own.",
    )


class ReferralIsPending(Conflict):
    code = "referral-is-pending"
    title = Text(
        de="Für diese Person und Leistung wartet bereits eine Zusteuerung auf Antwort.",
        en="A referral for this person and service is already waiting for an answer.",
    )


def subject_reference(text: str) -> str:
    """The reference unchanged. Raises SubjectIsARegisterNumber.

    Those numbers serve one purpose each by law, and some change after a break.
    """
    compact = re.sub(r"[ .:_\-]", "", text).upper()
    if any(re.fullmatch(pattern, compact, re.ASCII) for pattern in _REGISTER_NUMBERS):
        raise SubjectIsARegisterNumber
    return text
