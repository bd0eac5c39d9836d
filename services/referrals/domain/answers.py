"""What a recipient answers: coded problems on refusal, a coded outcome at the end."""

import re
from dataclasses import dataclass

from services.referrals.domain.codes import Outcome, RejectReason
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

PROBLEM_TYPE_PREFIX = "urn:kim:problem:referral:"
DETAIL_LENGTH_MAX = 500
INSTANCE_PATTERN = r"^(/[^/\x00-\x1f]{1,100}){0,10}$"

# Years before 2020 read as a date of birth; later ones may say until when there is no capacity.
_LOOKS_PERSONAL = re.compile(
    r"[^\s@]+@[^\s@]+"  # an e-mail address
    r"|(\+|\b0)[0-9]{1,5}[ /\-][0-9 /\-]{2,}[0-9]"  # a telephone number
    r"|\+?[0-9]{9,11}(?![0-9])"  # the same without blanks, or a register number
    r"|\b[0-3]?[0-9]\.[01]?[0-9]\.(19[0-9]{2}|20[01][0-9])\b"
    r"|\b(19[0-9]{2}|20[01][0-9])-[01][0-9]-[0-3][0-9]\b",
)


def looks_personal(text: str) -> bool:
    """Whether it contains an address, a number or a date of birth; names it cannot know."""
    return _LOOKS_PERSONAL.search(text) is not None


class ReasonIsForTheSystem(RuleViolated):
    code = "reason-is-for-the-system"
    title = Text(
        de="Diesen Grund setzt nur das System, nicht ein Mensch.",
        en="Only the system sets this reason, no person does.",
    )


class DetailNamesAPerson(RuleViolated):
    code = "detail-names-a-person"
    title = Text(
        de="Die Begründung darf keine personenbezogenen Daten enthalten "
        "(E-Mail-Adresse, Telefonnummer, Geburtsdatum).",
        en="The detail must not contain personal data "
        "(e-mail address, telephone number, date of birth).",
    )


class InstanceUnreadable(RuleViolated):
    code = "instance-unreadable"
    title = Text(
        de="Die Fundstelle ist ein JSON-Zeiger wie /content/contact.",
        en="The instance is a JSON pointer such as /content/contact.",
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One coded reason for refusing; `instance` points into the referral, `detail` is optional.

    The recipient has not seen the content, so `detail` has nothing personal to say; what looks
    like it is refused.
    """

    reason: RejectReason
    detail: str = ""
    instance: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(INSTANCE_PATTERN, self.instance):
            raise InstanceUnreadable
        if looks_personal(self.detail):
            raise DetailNamesAPerson

    @property
    def type(self) -> str:
        return PROBLEM_TYPE_PREFIX + self.reason.value


def recipients_problems(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems unchanged. Raises ReasonIsForTheSystem for `expired`."""
    if any(problem.reason is RejectReason.EXPIRED for problem in problems):
        raise ReasonIsForTheSystem
    return problems


def outcome_for_sender(outcome: Outcome, *, covers_feedback: bool) -> Outcome | None:
    """The outcome, or nothing where no basis covers telling the sender (X15)."""
    return outcome if covers_feedback else None
