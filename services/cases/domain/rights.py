"""The five rights of a data subject, each with its own table of steps and guards.

The states are the same, the guards are not: what has to be there before access is granted is
another thing than before an erasure. Until identity is confirmed nothing is assembled and nothing
is said (Art. 12 (6) GDPR).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from services.cases.domain.rights_codes import DataRight, RightsAction, RightsState
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class GroundDoesNotFit(RuleViolated):
    code = "ground-does-not-fit"
    title = Text(
        de="Dieser Grund gehört nicht zu diesem Recht.", en="This ground is not one of this right."
    )


class FieldsNotNamed(RuleViolated):
    code = "fields-not-named"
    title = Text(
        de="Eine Berichtigung nennt die Angaben, die falsch sein sollen.",
        en="A rectification names the fields that are said to be wrong.",
    )


class PersonHasNoCase(RuleViolated):
    code = "person-has-no-case"
    title = Text(
        de="Zu dieser Person führt die Stelle keine Akte.",
        en="The unit keeps no file about this person.",
    )


class NotYetAnswered(Conflict):
    code = "services-not-yet-answered"
    title = Text(
        de="Noch nicht alle Dienste haben geantwortet.",
        en="Not every service has answered yet.",
    )


class PartNotDelivered(RuleViolated):
    code = "part-not-delivered"
    title = Text(
        de="Diesen Teil hat kein Dienst gemeldet.", en="No service has reported this part."
    )


class ExportNotReady(Conflict):
    code = "access-export-not-ready"
    title = Text(
        de="Die Auskunft ist noch nicht zusammengestellt oder schon wieder entfernt.",
        en="The export is not assembled yet, or has been removed again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsFacts:
    """What the guards look at; every default is the answer that blocks."""

    is_identity_checked: bool = False
    is_in_time: bool = False
    is_extended: bool = True
    has_extension_reason: bool = False
    is_person_told: bool = False
    has_refusal_ground: bool = False
    does_ground_stand: bool = False
    are_remedies_told: bool = False
    has_every_service_answered: bool = False
    is_every_part_decided: bool = False
    is_settled: bool = False
    stands_nothing_against: bool = False
    has_ground_to_ask: bool = False
    is_export_ready: bool = False
    is_handed_over: bool = False
    has_every_recipient_confirmed: bool = False
    is_everything_erased: bool = False
    is_restriction_lifted: bool = False


RightsGuard = Guard[RightsFacts]


def _guard(
    key: str, holds: Callable[[RightsFacts], bool], de: str, en: str, source: str
) -> RightsGuard:
    return Guard(key, holds, Text(de=de, en=en), source)


IDENTITY = _guard(
    "identity-checked", lambda f: f.is_identity_checked,
    "Es ist nicht vermerkt, wie die Identität geprüft wurde.",
    "How the identity was checked is not recorded.", "Art. 12 (6) GDPR",
)  # fmt: skip
IN_TIME = _guard(
    "in-time", lambda f: f.is_in_time,
    "Die Frist ist abgelaufen; verlängern lässt sie sich nur innerhalb des ersten Monats.",
    "The time limit is over; it can be extended within the first month only.", "Art. 12 (3) GDPR",
)  # fmt: skip
NOT_EXTENDED = _guard(
    "not-extended", lambda f: not f.is_extended,
    "Die Frist wurde schon verlängert.", "The time limit was extended already.", "Art. 12 (3) GDPR",
)  # fmt: skip
EXTENSION_REASON = _guard(
    "extension-reason", lambda f: f.has_extension_reason,
    "Es fehlt der Grund der Verlängerung.", "The reason for the extension is missing.",
    "Art. 12 (3) GDPR",
)  # fmt: skip
PERSON_TOLD = _guard(
    "person-told", lambda f: f.is_person_told,
    "Die Person ist noch nicht unterrichtet.", "The person has not been informed.",
    "Art. 12 (3), (4), Art. 18 (3) GDPR",
)  # fmt: skip
REFUSAL_GROUND = _guard(
    "refusal-ground", lambda f: f.has_refusal_ground,
    "Eine Ablehnung braucht einen gesetzlichen Grund dieses Rechts.",
    "A refusal needs a legal ground of this right.", "Art. 12 (4) GDPR, § 83 (3) SGB X",
)  # fmt: skip
GROUND_STANDS = _guard(
    "ground-stands", lambda f: f.does_ground_stand,
    "Dieser Grund liegt nach der Akte nicht vor.", "By the file, this ground does not stand.",
    "Art. 17 (3) GDPR",
)  # fmt: skip
REMEDIES_TOLD = _guard(
    "remedies-told", lambda f: f.are_remedies_told,
    "Die Person ist nicht auf Beschwerde und Rechtsbehelf hingewiesen.",
    "The person was not told of complaint and judicial remedy.",
    "Art. 12 (4) GDPR, §§ 81, 81a SGB X",
)  # fmt: skip
SERVICES_ANSWERED = _guard(
    "services-answered", lambda f: f.has_every_service_answered,
    "Noch nicht alle Dienste haben geantwortet.", "Not every service has answered yet.",
    "Art. 15 (1) GDPR",
)  # fmt: skip
PARTS_DECIDED = _guard(
    "parts-decided", lambda f: f.is_every_part_decided,
    "Für Teile mit Angaben Dritter hat noch niemand entschieden.",
    "Nobody has decided yet about parts that hold data of others.",
    "Art. 15 (4) GDPR, § 83 (1) SGB X",
)  # fmt: skip
SETTLED = _guard(
    "settled", lambda f: f.is_settled,
    "Die Angaben sind weder berichtigt noch als bestritten vermerkt.",
    "The fields are neither corrected nor noted as disputed.", "Art. 16 GDPR, § 84 (2) SGB X",
)  # fmt: skip
NOTHING_AGAINST = _guard(
    "nothing-against", lambda f: f.stands_nothing_against,
    "Der Löschung stehen Gründe entgegen; die Vorschau nennt sie.",
    "Reasons stand against the erasure; the preview names them.", "Art. 17 (3) GDPR, § 84 SGB X",
)  # fmt: skip
GROUND_TO_ASK = _guard(
    "ground-named", lambda f: f.has_ground_to_ask,
    "Der Grund, auf den sich die Person beruft, fehlt.",
    "The ground on which the person relies is missing.", "Art. 18 (1), 21 (1) GDPR",
)  # fmt: skip
EXPORT_READY = _guard(
    "export-ready", lambda f: f.is_export_ready,
    "Die Auskunft ist noch nicht zusammengestellt.", "The export is not assembled yet.",
    "Art. 15 (3) GDPR",
)  # fmt: skip
HANDED_OVER = _guard(
    "handed-over", lambda f: f.is_handed_over,
    "Es ist nicht vermerkt, wie die Antwort übergeben wurde.",
    "How the answer was handed over is not recorded.", "Art. 12 (1) GDPR",
)  # fmt: skip
RECIPIENTS_CONFIRMED = _guard(
    "recipients-confirmed", lambda f: f.has_every_recipient_confirmed,
    "Noch nicht alle Empfänger haben die Mitteilung bestätigt.",
    "Not every recipient has confirmed the notice.", "Art. 19 GDPR",
)  # fmt: skip
ERASED = _guard(
    "everything-erased", lambda f: f.is_everything_erased,
    "Noch nicht jede Akte ist in allen Diensten gelöscht.",
    "Not every file is erased in all services yet.", "Art. 17 (1) GDPR",
)  # fmt: skip
LIFTED = _guard(
    "restriction-lifted", lambda f: f.is_restriction_lifted,
    "Die Einschränkung besteht noch.", "The restriction is still in force.", "Art. 18 (3) GDPR",
)  # fmt: skip

S, A = RightsState, RightsAction
RightsLifecycle = Lifecycle[RightsState, RightsAction, RightsFacts]


def _table(
    name: str,
    article: str,
    *,
    grant: tuple[RightsGuard, ...],
    refuse: tuple[RightsGuard, ...] = (),
    complete: tuple[RightsGuard, ...],
) -> RightsLifecycle:
    """The steps that all five have, with the guards of one."""
    refusing = Move(S.REFUSED, f"{article}.4", (REFUSAL_GROUND, *refuse, REMEDIES_TOLD))
    extending = (IN_TIME, NOT_EXTENDED, EXTENSION_REASON, PERSON_TOLD)
    withdrawing: dict[RightsAction, Move[RightsState, RightsFacts]] = {
        A.WITHDRAW: Move(S.WITHDRAWN, f"{article}.5")
    }
    return Lifecycle(
        name,
        states=RightsState,
        actions=RightsAction,
        initial=S.RECEIVED,
        moves={
            S.RECEIVED: {
                A.CONFIRM_IDENTITY: Move(S.EXAMINATION, f"{article}.1", (IDENTITY,)),
                A.EXTEND: Move(S.RECEIVED, f"{article}.2", extending),
                A.REFUSE: refusing,
                **withdrawing,
            },
            S.EXAMINATION: {
                A.EXTEND: Move(S.EXAMINATION, f"{article}.2", extending),
                A.GRANT: Move(S.GRANTED, f"{article}.3", grant),
                A.REFUSE: refusing,
                **withdrawing,
            },
            S.GRANTED: {A.COMPLETE: Move(S.COMPLETED, f"{article}.6", complete)},
            S.COMPLETED: {},
            S.REFUSED: {},
            S.WITHDRAWN: {},
        },
    )


RIGHTS_LIFECYCLES: Final[Mapping[DataRight, RightsLifecycle]] = {
    DataRight.ACCESS: _table(
        "access-request", "Art. 15",
        grant=(SERVICES_ANSWERED, PARTS_DECIDED), complete=(EXPORT_READY, HANDED_OVER),
    ),
    DataRight.RECTIFICATION: _table(
        "rectification-request", "Art. 16",
        grant=(SETTLED,), complete=(RECIPIENTS_CONFIRMED, PERSON_TOLD),
    ),
    DataRight.ERASURE: _table(
        "erasure-request", "Art. 17",
        grant=(SERVICES_ANSWERED, NOTHING_AGAINST), refuse=(GROUND_STANDS,),
        complete=(ERASED, RECIPIENTS_CONFIRMED, PERSON_TOLD),
    ),
    DataRight.RESTRICTION: _table(
        "restriction-request", "Art. 18",
        grant=(GROUND_TO_ASK,), complete=(RECIPIENTS_CONFIRMED, PERSON_TOLD, LIFTED),
    ),
    DataRight.OBJECTION: _table(
        "objection", "Art. 21",
        grant=(GROUND_TO_ASK,), complete=(RECIPIENTS_CONFIRMED, PERSON_TOLD),
    ),
}  # fmt: skip
