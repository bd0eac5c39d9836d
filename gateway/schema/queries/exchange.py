"""What can be asked about notices, disclosures, links, clocks and deputies of referrals."""

import strawberry

from gateway.schema.asking import asked
from gateway.schema.codes.exchange import DecisionOutcome, NoticeKind
from gateway.schema.codes.referrals import ReferralMode
from gateway.schema.filters import by
from gateway.schema.published import both
from gateway.schema.reads import Id, record, records
from gateway.schema.referral_disclosure import (
    DisclosureDecision,
    DisclosureReceipt,
    DisclosureRequest,
    ReferralAttachment,
    ReferralDisclosure,
)
from gateway.schema.referral_exchange import (
    AccessLink,
    ClockPolicy,
    ReferralDeputyship,
    ReferralNotice,
)
from gateway.schema.scalars import Date

Ids = list[strawberry.ID] | None


@strawberry.input(description=both("Which notices.", "Welche Mitteilungen."))
class ReferralNoticeFilter:
    referral_id: Ids = by("About these referrals.", "Zu diesen Überleitungen.")
    kind: list[NoticeKind] | None = by("Of these kinds.", "Dieser Arten.")
    sender_unit: str | None = by("From this unit.", "Von dieser Stelle.")
    recipient_unit: str | None = by("To this unit.", "An diese Stelle.")
    is_open: bool | None = by("Not answered yet.", "Noch nicht beantwortet.")
    is_escalated: bool | None = by("Escalated.", "Eskaliert.")


@strawberry.input(description=both("Which disclosures.", "Welche Weitergaben."))
class DisclosureFilter:
    referral_id: Ids = by("Of these referrals.", "Dieser Überleitungen.")
    recipient_unit: str | None = by("To this unit.", "An diese Stelle.")


@strawberry.input(description=both("Which disclosures.", "Welche Weitergaben."))
class DataSubjectDisclosureFilter:
    case_id: Ids = by("Of the person in these cases.", "Zur Person dieser Fälle.")
    recipient_unit: str | None = by("To this unit.", "An diese Stelle.")


@strawberry.input(description=both("Which decisions.", "Welche Entscheidungen."))
class DisclosureDecisionFilter:
    referral_id: Ids = by("On these referrals.", "Zu diesen Überleitungen.")
    recipient_unit: str | None = by("About this unit.", "Über diese Stelle.")
    outcome: DecisionOutcome | None = by("With this outcome.", "Mit diesem Ergebnis.")


@strawberry.input(description=both("Which links.", "Welche Links."))
class AccessLinkFilter:
    referral_id: Ids = by("Of these referrals.", "Dieser Überleitungen.")


@strawberry.input(description=both("Which terms.", "Welche Fristen."))
class ClockPolicyFilter:
    mode: list[ReferralMode] | None = by("Of these kinds.", "Dieser Arten.")
    service_code: str | None = by("For this service.", "Für diese Leistung.")


@strawberry.input(description=both("Which deputyships.", "Welche Vertretungen."))
class ReferralDeputyshipFilter:
    principal: str | None = by("Of this person.", "Dieser Person.")
    deputy: str | None = by("By this person.", "Durch diese Person.")
    to_on_gte: Date | None = by("Not ended before.", "Nicht vorher beendet.")


@strawberry.type
class ExchangeQueries:
    referral_notice = record(
        "referrals /v1/notices", ReferralNotice, en="One notice.", de="Eine Mitteilung."
    )
    referral_notices = records(
        "referrals /v1/notices",
        ReferralNotice,
        ReferralNoticeFilter,
        en="Notices to and from the caller's unit.",
        de="Mitteilungen an die eigene Stelle und von ihr.",
    )
    referral_attachment = record(
        "referrals /v1/attachments", ReferralAttachment, en="One file.", de="Eine Datei."
    )
    disclosures = records(
        "referrals /v1/disclosures",
        ReferralDisclosure,
        DisclosureFilter,
        en="What was disclosed to whom; a unit's head sees what its people sent.",
        de="Was an wen weitergegeben wurde; die Leitung sieht, was die eigenen Leute sandten.",
    )
    data_subject_disclosures = records(
        "referrals /v1/data-subjects/disclosures",
        ReferralDisclosure,
        DataSubjectDisclosureFilter,
        en="What of a case was told to others, for the person's right to know (Art. 15 GDPR).",
        de="Was zu einem Fall weitergegeben wurde, für das Auskunftsrecht (Art. 15 DSGVO).",
    )
    disclosure_receipt = asked(
        "referrals /v1/referrals/{id}/receipt",
        DisclosureReceipt,
        en="The receipt of a referral; null when there is none to see.",
        de="Der Beleg einer Überleitung; null, wenn keiner zu sehen ist.",
        id_=Id,
    )
    disclosure_requests = records(
        "referrals /v1/disclosure-requests",
        DisclosureRequest,
        en="Drafts of the caller's unit to an authority that wait for a decision.",
        de="Entwürfe der eigenen Stelle an eine Behörde, über die zu entscheiden ist.",
    )
    disclosure_decision = record(
        "referrals /v1/disclosure-decisions",
        DisclosureDecision,
        en="One decision.",
        de="Eine Entscheidung.",
    )
    disclosure_decisions = records(
        "referrals /v1/disclosure-decisions",
        DisclosureDecision,
        DisclosureDecisionFilter,
        en="Decisions of the caller's unit.",
        de="Entscheidungen der eigenen Stelle.",
    )
    access_links = records(
        "referrals /v1/access-links",
        AccessLink,
        AccessLinkFilter,
        en="Links given out for agencies without software.",
        de="Links, die für Stellen ohne Software ausgegeben wurden.",
    )
    clock_policies = records(
        "referrals /v1/clock-policies",
        ClockPolicy,
        ClockPolicyFilter,
        en="Terms by kind of referral and service.",
        de="Fristen je Art der Überleitung und Leistung.",
    )
    referral_deputyship = record(
        "referrals /v1/deputyships",
        ReferralDeputyship,
        en="One deputyship.",
        de="Eine Vertretung.",
    )
    referral_deputyships = records(
        "referrals /v1/deputyships",
        ReferralDeputyship,
        ReferralDeputyshipFilter,
        en="Who stands in for whom in the caller's unit.",
        de="Wer in der eigenen Stelle wen vertritt.",
    )
