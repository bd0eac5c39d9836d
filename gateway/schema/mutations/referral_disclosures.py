"""Decisions on disclosure, receipts, attachments and links of referrals."""

from typing import Any

import strawberry

from gateway.clients.conversation import Written
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.referral_disclosure import (
    AnnounceReferralAttachmentInput,
    CreateAccessLinkInput,
    DecideDisclosureInput,
    RemoveReferralAttachmentInput,
    RevokeAccessLinkInput,
    VerifyReferralReceiptInput,
)
from gateway.schema.published import both, field
from gateway.schema.referral_disclosure import (
    DisclosureDecision,
    ReceiptComparison,
    ReferralAttachment,
)
from gateway.schema.referral_exchange import AccessLink


@strawberry.type(description=both("The decision.", "Die Entscheidung."))
class DisclosureDecisionSuccess(Success):
    decision: DisclosureDecision = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The comparison.", "Der Vergleich."))
class ReceiptComparisonSuccess(Success):
    comparison: ReceiptComparison = field("What it says.", "Was er sagt.")


@strawberry.type(description=both("The file after the change.", "Die Datei danach."))
class ReferralAttachmentSuccess(Success):
    attachment: ReferralAttachment = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The link after the change.", "Der Link danach."))
class AccessLinkSuccess(Success):
    link: AccessLink = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")
    url: str | None = field(
        "The address, told once: null when the request is repeated, and in a trial.",
        "Die Adresse, nur einmal genannt: null bei Wiederholung und im Probelauf.",
    )


def _link(written: Written) -> Any:
    return AccessLinkSuccess(
        is_replayed=written.is_replayed,
        link=AccessLink.from_record(written.record),
        url=written.record.get("url"),
    )


_attachment = made(ReferralAttachmentSuccess, "attachment", ReferralAttachment)
DisclosureDecisionResult = outcome(
    "DisclosureDecisionResult",
    DisclosureDecisionSuccess,
    en="The decision, or why not.",
    de="Die Entscheidung, oder warum nicht.",
)
ReceiptComparisonResult = outcome(
    "ReceiptComparisonResult",
    ReceiptComparisonSuccess,
    en="The comparison, or why not.",
    de="Der Vergleich, oder warum nicht.",
)
ReferralAttachmentResult = outcome(
    "ReferralAttachmentResult",
    ReferralAttachmentSuccess,
    en="The file, or why not.",
    de="Die Datei, oder warum nicht.",
)
AccessLinkResult = outcome(
    "AccessLinkResult",
    AccessLinkSuccess,
    en="The link, or why not.",
    de="Der Link, oder warum nicht.",
)


@strawberry.type
class ReferralDisclosureMutations:
    decide_disclosure = command(
        "POST referrals /v1/disclosure-decisions",
        DecideDisclosureInput,
        made(DisclosureDecisionSuccess, "decision", DisclosureDecision),
        DisclosureDecisionResult,
        en="Decide what an authority for foreigners or naturalisation is told.",
        de="Entscheiden, was eine Ausländer- oder Einbürgerungsbehörde erfährt.",
    )
    verify_referral_receipt = command(
        "POST referrals /v1/referrals/{referral_id}/actions/verify-receipt",
        VerifyReferralReceiptInput,
        made(ReceiptComparisonSuccess, "comparison", ReceiptComparison),
        ReceiptComparisonResult,
        en="Compare a digest with the receipt; it is written down that it was.",
        de="Eine Prüfsumme mit dem Beleg vergleichen; dass es geschah, wird festgehalten.",
    )
    announce_referral_attachment = command(
        "POST referrals /v1/referrals/{referral_id}/attachments",
        AnnounceReferralAttachmentInput,
        _attachment,
        ReferralAttachmentResult,
        en="Announce a file; the bytes go to its `contentPath`.",
        de="Eine Datei ankündigen; die Bytes gehen an ihren `contentPath`.",
    )
    remove_referral_attachment = command(
        "DELETE referrals /v1/attachments/{attachment_id}",
        RemoveReferralAttachmentInput,
        _attachment,
        ReferralAttachmentResult,
        en="Take a file away before sending.",
        de="Eine Datei vor dem Senden entfernen.",
    )
    create_access_link = command(
        "POST referrals /v1/referrals/{referral_id}/access-links",
        CreateAccessLinkInput,
        _link,
        AccessLinkResult,
        en="A link with which an agency without software opens this referral once.",
        de="Ein Link, mit dem eine Stelle ohne Software diese Überleitung einmal öffnet.",
    )
    revoke_access_link = command(
        "DELETE referrals /v1/referrals/{referral_id}/access-links/{link_id}",
        RevokeAccessLinkInput,
        _link,
        AccessLinkResult,
        en="Take a link back.",
        de="Einen Link zurücknehmen.",
    )
