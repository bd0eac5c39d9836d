"""Referrals of a quarter or a year, for the steering group."""

import strawberry

from gateway.schema.codes.controlling import ReferralOutcome
from gateway.schema.codes.directory import OrgUnitType
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Date
from gateway.schema.texts import BothLanguages, label_of

UNKNOWN = "UNKNOWN"
UNKNOWN_AGENCY = {"de": "Unbekannte Stelle", "en": "Unknown agency"}


def agency_label(kind: str) -> dict[str, str]:
    """The kind of an agency in words; one that left the directory is unknown."""
    return UNKNOWN_AGENCY if kind == UNKNOWN else label_of(OrgUnitType, kind)


@strawberry.type(
    description=both("Referrals with one outcome.", "Überleitungen mit einem Ausgang.")
)
class ReferralsOfOutcome(Published):
    outcome: ReferralOutcome = field("Outcome.", "Ausgang.")
    referrals: int | None = field(
        "Referrals; null is not shown.", "Überleitungen; null wird nicht gezeigt."
    )


@strawberry.type(
    description=both(
        "Referrals sent by one kind of agency.", "Überleitungen, die eine Art von Stelle sandte."
    )
)
class ReferralsOfSender(Published):
    agency_type: str = field(
        "Code of OrgUnitType, or UNKNOWN.", "Schlüssel aus OrgUnitType oder UNKNOWN."
    )
    referrals: int | None = field(
        "Referrals; null is not shown.", "Überleitungen; null wird nicht gezeigt."
    )

    @strawberry.field(description=both("Name of the kind.", "Bezeichnung der Art."))
    def label(self) -> BothLanguages:
        return BothLanguages.from_record(agency_label(record_of(self)["agencyType"]))


@strawberry.type(
    description=both(
        "Referrals that one kind of agency received.",
        "Überleitungen, die eine Art von Stelle erhielt.",
    )
)
class ReferralsOfRecipient(Published):
    agency_type: str = field(
        "Code of OrgUnitType, or UNKNOWN.", "Schlüssel aus OrgUnitType oder UNKNOWN."
    )
    referrals: int | None = field(
        "Referrals; null is not shown.", "Überleitungen; null wird nicht gezeigt."
    )
    median_days_to_pull: str | None = field(
        "Median of days until it was fetched, of five and more.",
        "Median der Tage bis zum Abruf, ab fünf.",
    )
    median_days_to_answer: str | None = field(
        "Median of days until yes or no, of five and more.",
        "Median der Tage bis zur Zu- oder Absage, ab fünf.",
    )
    outcomes: list[ReferralsOfOutcome] = field(
        "By outcome, of whole years.", "Nach Ausgang, für ganze Jahre."
    )

    @strawberry.field(description=both("Name of the kind.", "Bezeichnung der Art."))
    def label(self) -> BothLanguages:
        return BothLanguages.from_record(agency_label(record_of(self)["agencyType"]))


@strawberry.type(
    description=both(
        "Referrals from one kind of agency to another.",
        "Überleitungen von einer Art von Stelle zu einer anderen.",
    )
)
class ReferralFlow(Published):
    sender_type: str = field(
        "Code of OrgUnitType, or UNKNOWN.", "Schlüssel aus OrgUnitType oder UNKNOWN."
    )
    recipient_type: str = field(
        "Code of OrgUnitType, or UNKNOWN.", "Schlüssel aus OrgUnitType oder UNKNOWN."
    )
    referrals: int | None = field(
        "Referrals; null is not shown.", "Überleitungen; null wird nicht gezeigt."
    )
    median_days_to_pull: str | None = field(
        "Median of days until it was fetched, of five and more.",
        "Median der Tage bis zum Abruf, ab fünf.",
    )
    median_days_to_answer: str | None = field(
        "Median of days until yes or no, of five and more.",
        "Median der Tage bis zur Zu- oder Absage, ab fünf.",
    )

    @strawberry.field(description=both("Name of the sender's kind.", "Art der sendenden Stelle."))
    def sender_label(self) -> BothLanguages:
        return BothLanguages.from_record(agency_label(record_of(self)["senderType"]))

    @strawberry.field(
        description=both("Name of the recipient's kind.", "Art der empfangenden Stelle.")
    )
    def recipient_label(self) -> BothLanguages:
        return BothLanguages.from_record(agency_label(record_of(self)["recipientType"]))


@strawberry.type(
    description=both(
        "Referrals sent in a period, as they stood when its year was settled.",
        "Überleitungen eines Zeitraums, wie sie standen, als sein Jahr abgerechnet wurde.",
    )
)
class ReferralControlling(Published):
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date = field("Last day.", "Letzter Tag.")
    settled_on: Date = field(
        "Groups and days are as of this day.", "Gruppen und Tage gelten zu diesem Tag."
    )
    is_settled: bool = field(
        "Whether that day is over; before, there are no groups.",
        "Ob dieser Tag vorbei ist; vorher gibt es keine Gruppen.",
    )
    small_cell_min: int = field(
        "Smaller counts are not shown.", "Kleinere Zahlen werden nicht gezeigt."
    )
    referrals: int | None = field("All referrals sent.", "Alle gesandten Überleitungen.")
    median_days_to_pull: str | None = field(
        "Median of days until they were fetched.", "Median der Tage bis zum Abruf."
    )
    median_days_to_answer: str | None = field(
        "Median of days until yes or no.", "Median der Tage bis zur Zu- oder Absage."
    )
    senders: list[ReferralsOfSender] = field("By sending agency.", "Nach sendender Stelle.")
    recipients: list[ReferralsOfRecipient] = field(
        "By receiving agency.", "Nach empfangender Stelle."
    )
    outcomes: list[ReferralsOfOutcome] = field("By outcome.", "Nach Ausgang.")
    flows: list[ReferralFlow] = field(
        "From agency to agency, of whole years; ways nobody took are missing.",
        "Von Stelle zu Stelle, für ganze Jahre; nie beschrittene Wege fehlen.",
    )
