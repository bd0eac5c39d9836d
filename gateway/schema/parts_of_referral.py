"""What belongs to a referral, each kind read for all referrals of a level in one call."""

import strawberry

from gateway.schema.org_unit import OrgUnit
from gateway.schema.published import Published, both
from gateway.schema.reads import children, keyed, part, parts, related
from gateway.schema.referral_disclosure import (
    DisclosureReceipt,
    ReferralAttachment,
    ReferralDisclosure,
    SealedContent,
)
from gateway.schema.referral_exchange import (
    CounterProposal,
    ReferralAmendment,
    ReferralClocks,
    ReferralMessage,
    ReferralNotice,
    ReferralStep,
)


@strawberry.type
class PartsOfReferral(Published):
    """Lists of a referral; what the caller may not see is not among them."""

    amendments = children(
        "referrals /v1/referral-amendments",
        ReferralAmendment,
        "referralId",
        en="What was changed after sending.",
        de="Was nach dem Senden geändert wurde.",
        in_order_of="number",
    )
    messages = children(
        "referrals /v1/referral-messages",
        ReferralMessage,
        "referralId",
        en="The thread between the two sides.",
        de="Die Nachrichten zwischen beiden Seiten.",
        in_order_of="number",
    )
    counter_proposals = children(
        "referrals /v1/referral-proposals",
        CounterProposal,
        "referralId",
        en="What the recipient proposed instead.",
        de="Was die empfangende Stelle stattdessen vorschlug.",
    )
    notices = children(
        "referrals /v1/notices",
        ReferralNotice,
        "referralId",
        en="What the recipient was told of data it holds, and its answers.",
        de="Was die empfangende Stelle zu ihren Daten erfuhr, und ihre Antworten.",
    )
    attachments = children(
        "referrals /v1/attachments",
        ReferralAttachment,
        "referralId",
        en="Files; for the recipient after acceptance.",
        de="Dateien; für die empfangende Stelle nach der Annahme.",
    )
    disclosures = children(
        "referrals /v1/disclosures",
        ReferralDisclosure,
        "referralId",
        en="What was disclosed to whom; for the recipient its own, after acceptance.",
        de="Was an wen weitergegeben wurde; für die empfangende Stelle das Eigene, nach der"
        " Annahme.",
    )
    receipt = part(
        "referrals /v1/referrals/{id}/receipt",
        DisclosureReceipt,
        en="The receipt both sides hold; for the recipient after acceptance.",
        de="Der Beleg beider Seiten; für die empfangende Stelle nach der Annahme.",
    )
    sealed_content = part(
        "referrals /v1/referrals/{id}/sealed-content",
        SealedContent,
        en="The ciphertext: for its sender, and for the recipient after acceptance.",
        de="Der verschlüsselte Inhalt: für die absendende Stelle, für die empfangende nach der"
        " Annahme.",
    )
    steps = parts(
        "referrals /v1/referrals/{id}/events",
        ReferralStep,
        en="What happened, the oldest first.",
        de="Was geschah, das Älteste zuerst.",
        is_paged=True,
    )
    follows = related(
        "referrals /v1/referrals",
        "gateway.schema.referral:Referral",
        "followsId",
        en="The refused referral of which this is the corrected copy.",
        de="Die abgelehnte Überleitung, deren berichtigte Fassung diese ist.",
    )

    sender = keyed(
        "referrals /v1/org-units",
        OrgUnit,
        "unitId",
        "senderUnit",
        en="The sending unit, as the directory has it.",
        de="Die absendende Stelle, wie das Verzeichnis sie führt.",
    )
    recipient = keyed(
        "referrals /v1/org-units",
        OrgUnit,
        "unitId",
        "recipientUnit",
        en="The receiving unit, as the directory has it.",
        de="Die empfangende Stelle, wie das Verzeichnis sie führt.",
    )

    @strawberry.field(description=both("Its clocks.", "Ihre Fristen."))
    def clocks(self) -> ReferralClocks:
        return ReferralClocks.from_record(self.record)
