"""Why the caller sees a referral."""

from services.referrals.api.access import may_send_or_receive
from services.referrals.domain.access_rules import rules_of_referral
from services.referrals.storage.queries import REFERRAL_DETAIL, sight
from shared.service.access_explanations import (
    Explained,
    ExplainedKind,
    access_explanations_router,
)

KINDS = (
    Explained(
        ExplainedKind.REFERRAL,
        REFERRAL_DETAIL,
        "referral_id",
        values=sight,
        rules=lambda caller, referral: rules_of_referral(caller.roles, caller.unit_type, referral),
    ),
)
router = access_explanations_router(may_send_or_receive, KINDS)
