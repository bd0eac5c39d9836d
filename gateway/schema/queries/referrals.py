"""What can be asked about referrals."""

import strawberry

from gateway.schema.filters import ReferralFilter
from gateway.schema.manual_referral import ManualReferral
from gateway.schema.reads import record, records
from gateway.schema.referral import Referral


@strawberry.type
class ReferralQueries:
    referral = record(
        "referrals /v1/referrals", Referral, en="One referral.", de="Eine Überleitung."
    )
    referral_inbox = records(
        "referrals /v1/inbox",
        Referral,
        ReferralFilter,
        en="Referrals sent to the caller's unit.",
        de="Überleitungen an die eigene Stelle.",
    )
    referral_outbox = records(
        "referrals /v1/outbox",
        Referral,
        ReferralFilter,
        en="Referrals of the caller's unit.",
        de="Überleitungen der eigenen Stelle.",
    )
    manual_referral = record(
        "referrals /v1/manual-queue",
        ManualReferral,
        en="One entry of the manual queue.",
        de="Ein Eintrag der Klärungsliste.",
    )
    manual_queue = records(
        "referrals /v1/manual-queue",
        ManualReferral,
        en="Referrals whose unit a person must find.",
        de="Überleitungen, deren Stelle ein Mensch finden muss.",
    )
