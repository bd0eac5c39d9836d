"""What the caller may do with referrals and with records of money."""

import strawberry

from gateway.schema.access import ACCESS, decision
from gateway.schema.published import Published

REFERRAL = "/v1/referrals/{referral_id}"


@strawberry.type(description=ACCESS)
class ReferralAccess(Published):
    can_edit = decision(
        f"PUT referrals {REFERRAL}",
        en="Change the draft.",
        de="Den Entwurf ändern.",
        actions=("prepare", "submit"),
    )
    can_submit = decision(
        f"POST referrals {REFERRAL}/actions/submit",
        en="Send it.",
        de="Absenden.",
        actions=("submit",),
    )
    can_accept = decision(
        f"POST referrals {REFERRAL}/actions/accept",
        en="Accept it.",
        de="Annehmen.",
        actions=("accept",),
    )
    can_reject = decision(
        f"POST referrals {REFERRAL}/actions/reject",
        en="Reject it.",
        de="Ablehnen.",
        actions=("reject",),
    )
    can_forward = decision(
        f"POST referrals {REFERRAL}/actions/forward",
        en="Forward it inside.",
        de="Intern weiterleiten.",
        actions=("forward",),
    )
    can_withdraw = decision(
        f"POST referrals {REFERRAL}/actions/withdraw",
        en="Withdraw it.",
        de="Zurückziehen.",
        actions=("withdraw",),
    )
    can_complete = decision(
        f"POST referrals {REFERRAL}/actions/complete",
        en="Complete it.",
        de="Abschließen.",
        actions=("complete",),
    )
    can_write_message = decision(
        f"POST referrals {REFERRAL}/messages",
        en="Write to the other side.",
        de="Der anderen Seite schreiben.",
    )


AWARD = "/v1/awards/{award_id}"


@strawberry.type(description=ACCESS)
class AwardAccess(Published):
    can_edit = decision(
        f"PATCH funding {AWARD}", en="Correct what is known.", de="Angaben berichtigen."
    )
    can_amend = decision(
        f"POST funding {AWARD}/versions",
        en="Record an amendment.",
        de="Einen Änderungsbescheid erfassen.",
    )
    can_grant = decision(
        f"POST funding {AWARD}/actions/grant",
        en="Grant it, as the second person.",
        de="Erteilen, als zweite Person.",
        actions=("grant",),
    )
    can_close = decision(
        f"POST funding {AWARD}/actions/settle",
        en="Settle it.",
        de="Abrechnen.",
        actions=("settle",),
    )
    can_allocate = decision(
        "POST funding /v1/allocations", en="Pass money on.", de="Mittel weiterleiten."
    )


ALLOCATION = "/v1/allocations/{allocation_id}"


@strawberry.type(description=ACCESS)
class AllocationAccess(Published):
    can_edit = decision(f"PATCH funding {ALLOCATION}", en="Change it.", de="Ändern.")
    can_amend = decision(
        f"POST funding {ALLOCATION}/versions",
        en="Record an amendment.",
        de="Eine Vertragsänderung erfassen.",
    )
    can_activate = decision(
        f"POST funding {ALLOCATION}/actions/activate",
        en="Put it into force, as the second person.",
        de="In Kraft setzen, als zweite Person.",
        actions=("activate",),
    )
    can_close = decision(
        f"POST funding {ALLOCATION}/actions/end",
        en="End it.",
        de="Beenden.",
        actions=("end",),
    )


POSITION = "/v1/positions/{position_id}"


@strawberry.type(description=ACCESS)
class PositionAccess(Published):
    can_approve = decision(
        f"POST funding {POSITION}/versions",
        en="Record approved posts.",
        de="Bewilligte Stellen erfassen.",
    )
    can_occupy = decision(f"POST funding {POSITION}/occupancies", en="Occupy it.", de="Besetzen.")
    can_report = decision(
        f"PUT funding {POSITION}/reported-figures",
        en="Report figures.",
        de="Zahlen melden.",
    )


PROOF = "/v1/proofs/{proof_id}"


@strawberry.type(description=ACCESS)
class ProofAccess(Published):
    can_generate = decision(
        f"POST funding {PROOF}/versions",
        en="Make a version.",
        de="Eine Fassung erzeugen.",
    )
    can_sign = decision(
        f"POST funding {PROOF}/actions/sign",
        en="Sign the newest version.",
        de="Die neueste Fassung bestätigen.",
    )
    can_submit = decision(
        f"POST funding {PROOF}/actions/submit",
        en="Submit it, as the second person.",
        de="Vorlegen, zu zweit.",
        actions=("submit",),
    )
    can_close = decision(
        f"POST funding {PROOF}/actions/settle",
        en="Settle it.",
        de="Abschließen.",
        actions=("settle",),
    )
