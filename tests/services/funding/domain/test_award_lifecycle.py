from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from services.funding.domain.applicants import Applicant, ApplicantKind
from services.funding.domain.award_guards import (
    AwardFacts,
    Revocation,
    one_month_after,
    one_year_after,
)
from services.funding.domain.award_lifecycle import (
    AWARD_LIFECYCLE,
    FORWARDING_STATES,
    GRANTED_STATES,
    AwardAction,
    AwardState,
)
from services.funding.domain.legal_dates import Period
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed
from shared.kernel.money import Money
from tests.services.funding.domain.warendorf import FUNDING, LINES

S, A = AwardState, AwardAction

# A statement of the table on its own, so that a slip in the table is not copied into the test.
EXPECTED_MOVES: Mapping[tuple[AwardState, AwardAction], AwardState] = {
    (S.EXPECTED, A.APPLY): S.APPLIED,
    (S.EXPECTED, A.GRANT): S.GRANTED,
    (S.APPLIED, A.REJECT): S.REJECTED,
    (S.APPLIED, A.WITHDRAW): S.WITHDRAWN_APPLICATION,
    (S.APPLIED, A.GRANT): S.GRANTED,
    (S.GRANTED, A.NOTIFY): S.NOTIFIED,
    (S.NOTIFIED, A.RECORD_APPEAL): S.NOTIFIED,
    (S.NOTIFIED, A.CLOSE_APPEAL): S.NOTIFIED,
    (S.NOTIFIED, A.MAKE_FINAL): S.FINAL,
    (S.FINAL, A.ACTIVATE): S.ACTIVE,
    (S.FINAL, A.AMEND): S.FINAL,
    (S.FINAL, A.REVOKE_PARTLY): S.PARTLY_REVOKED,
    (S.FINAL, A.REVOKE): S.REVOKED,
    (S.ACTIVE, A.AMEND): S.ACTIVE,
    (S.ACTIVE, A.EXPIRE): S.EXPIRED,
    (S.ACTIVE, A.REVOKE_PARTLY): S.PARTLY_REVOKED,
    (S.ACTIVE, A.REVOKE): S.REVOKED,
    (S.EXPIRED, A.DEMAND_PROOF): S.PROOF_DUE,
    (S.EXPIRED, A.REVOKE_PARTLY): S.PARTLY_REVOKED,
    (S.EXPIRED, A.REVOKE): S.REVOKED,
    (S.PROOF_DUE, A.SETTLE): S.SETTLED,
    (S.PROOF_DUE, A.REVOKE_PARTLY): S.PARTLY_REVOKED,
    (S.PROOF_DUE, A.REVOKE): S.REVOKED,
    (S.PARTLY_REVOKED, A.EXPIRE): S.EXPIRED,
    (S.PARTLY_REVOKED, A.REVOKE): S.REVOKED,
}

LUMP_SUMS = replace(FUNDING, lines=LINES[1:3], total=Money.euros(920_000))
ALL_SET = AwardFacts(
    today=date(2023, 3, 1),
    content=LUMP_SUMS,
    applicant=Applicant(ApplicantKind.KREIS, has_integration_centre=True),
    recorded_by="kreis|officer",
    acting="kreis|approver",
    reference="Az. 36.04.01-2022",
    authority="Bezirksregierung Arnsberg",
    awarded_on=date(2022, 1, 14),
    notified_on=date(2022, 1, 20),
    budget_released_on=date(2022, 1, 1),
    proof_due_on=date(2023, 3, 31),
    is_proof_accepted=True,
    revocation=Revocation("Zweck verfehlt", date(2023, 1, 1), date(2023, 2, 1), date(2022, 12, 1)),
)


@pytest.mark.parametrize(("state", "action"), list(product(AwardState, AwardAction)))
def test_every_state_and_action_of_an_award(state: AwardState, action: AwardAction) -> None:
    facts = replace(ALL_SET, is_appeal_pending=action is A.CLOSE_APPEAL)
    expected = EXPECTED_MOVES.get((state, action))

    if expected is not None:
        assert AWARD_LIFECYCLE.next_state(state, action, facts) is expected
        return
    with pytest.raises(TransitionNotAllowed) as refused:
        AWARD_LIFECYCLE.next_state(state, action, facts)
    assert refused.value.facts["allowedActions"] == [
        allowed.value for allowed in AwardAction if (state, allowed) in EXPECTED_MOVES
    ]


FAILURES = [
    (S.EXPECTED, A.APPLY, {"applicant": Applicant(ApplicantKind.KREIS)}, "applicant-eligible"),
    (
        S.EXPECTED,
        A.APPLY,
        {"content": replace(LUMP_SUMS, period=Period(date(2022, 1, 1), date(2023, 6, 30)))},
        "annual",
    ),
    (S.EXPECTED, A.GRANT, {"content": FUNDING}, "lump-sum-only"),
    (S.APPLIED, A.GRANT, {"reference": None}, "notice-complete"),
    (S.APPLIED, A.GRANT, {"authority": ""}, "notice-complete"),
    (S.APPLIED, A.GRANT, {"awarded_on": date(2023, 3, 2)}, "notice-complete"),
    (
        S.APPLIED,
        A.GRANT,
        {"content": replace(LUMP_SUMS, total=Money.euros(1))},
        "lines-add-up",
    ),
    (
        S.APPLIED,
        A.GRANT,
        {
            "content": replace(
                LUMP_SUMS,
                lines=(replace(LINES[1], rate=Money.euros(57_000)),),
                total=Money.euros(770_000),
            )
        },
        "posts-times-rate",
    ),
    (S.APPLIED, A.GRANT, {"acting": "kreis|officer"}, "four-eyes"),
    (S.GRANTED, A.NOTIFY, {"notified_on": None}, "notification-dated"),
    (S.GRANTED, A.NOTIFY, {"notified_on": date(2022, 1, 13)}, "notification-dated"),
    (S.GRANTED, A.NOTIFY, {"notified_on": date(2023, 3, 2)}, "notification-dated"),
    (S.NOTIFIED, A.RECORD_APPEAL, {"is_appeal_pending": True}, "no-appeal-pending"),
    (S.NOTIFIED, A.CLOSE_APPEAL, {}, "appeal-pending"),
    (S.NOTIFIED, A.MAKE_FINAL, {"is_appeal_pending": True}, "no-appeal-pending"),
    (S.NOTIFIED, A.MAKE_FINAL, {"today": date(2022, 2, 20)}, "challenge-over"),
    (S.FINAL, A.ACTIVATE, {"today": date(2021, 12, 31)}, "period-begun"),
    (S.FINAL, A.ACTIVATE, {"budget_released_on": None}, "budget-released"),
    (S.FINAL, A.ACTIVATE, {"budget_released_on": date(2023, 3, 2)}, "budget-released"),
    (S.ACTIVE, A.EXPIRE, {"today": date(2022, 12, 31)}, "period-over"),
    (S.EXPIRED, A.DEMAND_PROOF, {"proof_due_on": None}, "proof-deadline-known"),
    (S.PROOF_DUE, A.SETTLE, {"is_proof_accepted": False}, "proof-accepted"),
    (S.PROOF_DUE, A.SETTLE, {"has_open_recovery": True}, "recovery-settled"),
    (S.PROOF_DUE, A.SETTLE, {"has_unchecked_child_proof": True}, "child-proofs-checked"),
    (S.ACTIVE, A.REVOKE, {"revocation": None}, "revocation-reasoned"),
    (
        S.ACTIVE,
        A.REVOKE,
        {"revocation": Revocation("x", date(2023, 1, 1), None, date(2022, 12, 1))},
        "hearing-held",
    ),
    (
        S.ACTIVE,
        A.REVOKE_PARTLY,
        {"revocation": Revocation("x", date(2023, 1, 1), date(2023, 1, 1), date(2022, 2, 28))},
        "revoked-in-time",
    ),
]


@pytest.mark.parametrize(("state", "action", "change", "guard"), FAILURES)
def test_a_missing_precondition_of_an_award_is_named(
    state: AwardState, action: AwardAction, change: dict[str, object], guard: str
) -> None:
    facts = replace(ALL_SET, **change)  # type: ignore[arg-type] # one field of several types

    with pytest.raises(GuardFailed) as refused:
        AWARD_LIFECYCLE.next_state(state, action, facts)

    guards = refused.value.facts["guards"]
    assert isinstance(guards, list)
    assert guard in guards


def test_every_guard_of_an_award_is_seen_to_fail() -> None:
    in_table = {
        guard.id
        for row in AWARD_LIFECYCLE.moves.values()
        for move in row.values()
        for guard in move.guards
    }

    assert in_table == {guard for *_, guard in FAILURES}


def test_a_waiver_of_remedies_ends_the_time_for_them() -> None:
    facts = replace(ALL_SET, today=date(2022, 1, 25), remedies_waived_on=date(2022, 1, 25))

    assert AWARD_LIFECYCLE.next_state(S.NOTIFIED, A.MAKE_FINAL, facts) is S.FINAL


def test_a_grant_by_guideline_needs_an_application_first() -> None:
    facts = replace(ALL_SET, content=FUNDING)

    assert AWARD_LIFECYCLE.next_state(S.EXPECTED, A.APPLY, facts) is S.APPLIED
    assert AWARD_LIFECYCLE.next_state(S.APPLIED, A.GRANT, facts) is S.GRANTED


def test_an_expected_award_counts_nothing_as_granted() -> None:
    assert S.EXPECTED not in GRANTED_STATES
    assert S.APPLIED not in GRANTED_STATES
    assert S.REVOKED not in GRANTED_STATES
    assert FORWARDING_STATES < GRANTED_STATES


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2022, 1, 20), date(2022, 2, 20)),
        (date(2022, 1, 31), date(2022, 2, 28)),
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2023, 1, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_of_the_next(day: date, after: date) -> None:
    assert one_month_after(day) == after


def test_a_year_ends_on_the_same_day_also_for_a_leap_day() -> None:
    assert one_year_after(date(2023, 3, 1)) == date(2024, 3, 1)
    assert one_year_after(date(2024, 2, 29)) == date(2025, 2, 28)
