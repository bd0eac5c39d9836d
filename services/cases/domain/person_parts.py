"""What else is known of a person: ways to reach them, places, languages, who speaks for them."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from shared.kernel.errors import Conflict, NotPermitted, RuleViolated
from shared.kernel.text import Text


class ContactPointKind(StrEnum):
    PHONE = "PHONE"
    MOBILE = "MOBILE"
    EMAIL = "EMAIL"
    MESSENGER = "MESSENGER"
    OTHER = "OTHER"


class CefrLevel(StrEnum):
    """Gemeinsamer Europäischer Referenzrahmen; NONE is a finding, not a gap."""

    NONE = "NONE"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class Literacy(StrEnum):
    NOT_RECORDED = "NOT_RECORDED"
    LATIN_SCRIPT = "LATIN_SCRIPT"
    OTHER_SCRIPT = "OTHER_SCRIPT"
    NOT_LITERATE = "NOT_LITERATE"


class Interpreting(StrEnum):
    """How interpreting is needed."""

    PERSON = "PERSON"
    PHONE = "PHONE"
    VIDEO = "VIDEO"
    WRITTEN = "WRITTEN"


class RepresentativeKind(StrEnum):
    PARENT = "PARENT"
    GUARDIAN = "GUARDIAN"
    OFFICIAL_GUARDIAN = "OFFICIAL_GUARDIAN"
    CUSTODIAN = "CUSTODIAN"


class ReleaseBasis(StrEnum):
    """Why somebody sees the whereabouts of a restricted person (§ 51 BMG)."""

    IN_CHARGE = "IN_CHARGE"
    RELEASED = "RELEASED"


class PersonAction(StrEnum):
    """What the state of a person's record leaves open. KEEP_WHEREABOUTS are ways of contact,
    addresses and representatives; a merged record is changed in the one that stays.
    """

    EDIT = "edit"
    KEEP_WHEREABOUTS = "keep-whereabouts"
    RESTRICT = "restrict"
    LIFT_RESTRICTION = "lift-restriction"
    MERGE = "merge"
    UNMERGE = "unmerge"


class PersonIsRestricted(NotPermitted):
    code = "person-is-restricted"
    title = Text(
        de="Auskunftssperre: Das darf nur die freigegebene fallführende Fachkraft.",
        en="Restricted person: only the released case manager in charge may do this.",
    )


class ReleaseNotYours(NotPermitted):
    code = "release-not-yours"
    title = Text(
        de="Freigeben darf die Team- oder Stellenleitung oder wer die Sperre gesetzt hat, "
        "nie für sich selbst.",
        en="The team lead, the unit head or who set the restriction may release, "
        "never for themselves.",
    )


class PersonNotRestricted(Conflict):
    code = "person-not-restricted"
    title = Text(
        de="Für diese Person gilt keine Auskunftssperre.", en="This person is not restricted."
    )


class RestrictionsDiffer(Conflict):
    code = "restrictions-differ"
    title = Text(
        de="Nur eine der beiden Personen hat eine Auskunftssperre; erst bei beiden gleich setzen.",
        en="Only one of the two persons is restricted; restrict both or neither first.",
    )


class SeveralPreferred(RuleViolated):
    code = "several-preferred-contacts"
    title = Text(
        de="Nur ein Kontaktweg kann der bevorzugte sein.",
        en="Only one way of contact can be the preferred one.",
    )


class PeriodReversed(RuleViolated):
    code = "period-reversed"
    title = Text(
        de="Das Ende der Gültigkeit liegt vor ihrem Beginn.",
        en="The end of the validity lies before its beginning.",
    )


class LanguageTwice(RuleViolated):
    code = "language-twice"
    title = Text(de="Jede Sprache steht einmal da.", en="Each language is named once.")


class DisputeTwice(RuleViolated):
    code = "dispute-twice"
    title = Text(
        de="Jedes bestrittene Feld steht einmal da, mit einem Vermerk.",
        en="Each disputed field is named once, with one note.",
    )


class RepresentsThemselves(RuleViolated):
    code = "represents-themselves"
    title = Text(
        de="Niemand ist die eigene gesetzliche Vertretung.",
        en="Nobody is their own legal representative.",
    )


def require_one_preferred(preferred: Iterable[bool]) -> None:
    """Raises SeveralPreferred."""
    if sum(preferred) > 1:
        raise SeveralPreferred


def require_period(valid_from: date, valid_to: date | None) -> None:
    """Both days belong to the period. Raises PeriodReversed."""
    if valid_to is not None and valid_to < valid_from:
        raise PeriodReversed


def require_once(keys: list[str], refusal: type[RuleViolated]) -> None:
    if len(set(keys)) != len(keys):
        raise refusal
