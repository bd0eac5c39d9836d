from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from services.funding.domain.allocation_facts import (
    AllocationFacts,
    AllocationForm,
    ContractTerms,
    DataProtectionRole,
    ParentFacts,
    ProofForm,
    RecipientProof,
    Settlement,
    Sibling,
)
from services.funding.domain.allocation_lifecycle import (
    ALLOCATION_LIFECYCLE,
    HOLDING_STATES,
    PROOF_CHECKED_STATES,
    AllocationAction,
    AllocationState,
)
from services.funding.domain.allocation_tree import Share
from services.funding.domain.costs import CostKind
from services.funding.domain.legal_dates import Period
from services.funding.domain.territory import Area, Territory
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed
from shared.kernel.money import Money

S, A = AllocationState, AllocationAction

EXPECTED_MOVES: Mapping[tuple[AllocationState, AllocationAction], AllocationState] = {
    (S.PLANNED, A.OPEN_CALL): S.CALL_OPEN,
    (S.PLANNED, A.SELECT_DIRECTLY): S.SELECTED,
    (S.PLANNED, A.CANCEL): S.CANCELLED,
    (S.CALL_OPEN, A.SELECT): S.SELECTED,
    (S.CALL_OPEN, A.CANCEL): S.CANCELLED,
    (S.SELECTED, A.CONTRACT): S.CONTRACTED,
    (S.SELECTED, A.CANCEL): S.CANCELLED,
    (S.CONTRACTED, A.ACTIVATE): S.ACTIVE,
    (S.ACTIVE, A.AMEND): S.ACTIVE,
    (S.ACTIVE, A.SUSPEND): S.SUSPENDED,
    (S.ACTIVE, A.END): S.ENDED,
    (S.ACTIVE, A.TERMINATE): S.TERMINATED,
    (S.SUSPENDED, A.RESUME): S.ACTIVE,
    (S.SUSPENDED, A.END): S.ENDED,
    (S.SUSPENDED, A.TERMINATE): S.TERMINATED,
    (S.ENDED, A.DEMAND_PROOF): S.PROOF_DUE,
    (S.TERMINATED, A.DEMAND_PROOF): S.PROOF_DUE,
    (S.PROOF_DUE, A.CHECK_PROOF): S.CHECKED,
    (S.PROOF_DUE, A.WAIVE_PROOF): S.CHECKED,
    (S.CHECKED, A.SETTLE): S.SETTLED,
}

TERMS = ContractTerms(
    form=AllocationForm.BY_CONTRACT,
    cost_kinds=frozenset({CostKind.PERSONNEL}),
    ceiling=Money.euros(55_000),
    proof_form=ProofForm.QUALIFIED,
    proof_due_on=date(2023, 2, 28),
    data_protection_role=DataProtectionRole.TRANSFER_78_SGB_X,
    passes_on_conditions=True,
    has_reporting_duty=True,
    has_supervision_clause=True,
)
PARENT = ParentFacts(
    can_forward=True,
    permits_forwarding=False,
    period=Period.of_year(2022),
    free=Share(Decimal("6.00"), Money.euros(330_000)),
    proof_due_on=date(2023, 3, 31),
)
RIGHT_BANK = Territory((Area("05566076", "rechts der Ems"),))
ALL_SET = AllocationFacts(
    today=date(2023, 1, 2),
    planned_by="kreis|officer",
    acting="kreis|approver",
    parent=PARENT,
    share=Share(Decimal("5.00"), Money.euros(275_000)),
    period=Period.of_year(2022),
    territory=RIGHT_BANK,
    recipient="rheine-lernen-foerdern",
    selection_reason="einziger Träger vor Ort",
    terms=TERMS,
    proof_margin_days=31,
    authority_consent_ref="BRA-36-2022-17",
    double_funding_checked_on=date(2022, 1, 10),
    suspension_reason="Nachweis fehlt",
    resumption_reason="Nachweis liegt vor",
    termination_reason="Zweckwidrige Verwendung",
    proof_waived_reason="Unter der Bagatellgrenze",
    proof=RecipientProof(ProofForm.QUALIFIED, has_vouchers=True),
    settlement=Settlement(paid=Money.euros(275_000), eligible=Money.euros(275_000)),
)


@pytest.mark.parametrize(("state", "action"), list(product(AllocationState, AllocationAction)))
def test_every_state_and_action_of_an_allocation(
    state: AllocationState, action: AllocationAction
) -> None:
    expected = EXPECTED_MOVES.get((state, action))

    if expected is not None:
        assert ALLOCATION_LIFECYCLE.next_state(state, action, ALL_SET) is expected
        return
    with pytest.raises(TransitionNotAllowed) as refused:
        ALLOCATION_LIFECYCLE.next_state(state, action, ALL_SET)
    assert refused.value.facts["allowedActions"] == [
        allowed.value for allowed, _ in ALLOCATION_LIFECYCLE.moves[state].items()
    ]


FAILURES = [
    (S.PLANNED, A.SELECT_DIRECTLY, {"recipient": None}, "recipient-named"),
    (S.CALL_OPEN, A.SELECT, {"has_recipient_flag": True}, "recipient-named"),
    (S.PLANNED, A.SELECT_DIRECTLY, {"selection_reason": " "}, "selection-reasoned"),
    (S.SELECTED, A.CONTRACT, {"terms": None}, "terms-complete"),
    (
        S.SELECTED,
        A.CONTRACT,
        {"terms": replace(TERMS, passes_on_conditions=False)},
        "terms-complete",
    ),
    (S.SELECTED, A.CONTRACT, {"terms": replace(TERMS, cost_kinds=frozenset())}, "terms-complete"),
    (S.SELECTED, A.CONTRACT, {"terms": replace(TERMS, has_reporting_duty=False)}, "terms-complete"),
    (
        S.SELECTED,
        A.CONTRACT,
        {"terms": replace(TERMS, has_supervision_clause=False)},
        "terms-complete",
    ),
    (
        S.SELECTED,
        A.CONTRACT,
        {"terms": replace(TERMS, data_protection_role=None)},
        "terms-complete",
    ),
    (
        S.SELECTED,
        A.CONTRACT,
        {"terms": replace(TERMS, proof_due_on=date(2023, 3, 1))},
        "proved-in-time",
    ),
    (
        S.CONTRACTED,
        A.ACTIVATE,
        {"parent": replace(PARENT, can_forward=False)},
        "parent-forwards",
    ),
    (S.CONTRACTED, A.ACTIVATE, {"authority_consent_ref": ""}, "consent-given"),
    (
        S.CONTRACTED,
        A.ACTIVATE,
        {"share": Share(Decimal("6.01"), Money.euros(1))},
        "posts-fit",
    ),
    (
        S.ACTIVE,
        A.AMEND,
        {"share": Share(Decimal("6.00"), Money(33_000_001))},
        "money-fits",
    ),
    (
        S.CONTRACTED,
        A.ACTIVATE,
        {"period": Period(date(2022, 1, 1), date(2023, 1, 1))},
        "period-within-parent",
    ),
    (S.CONTRACTED, A.ACTIVATE, {"siblings": (Sibling(RIGHT_BANK, "ALL"),)}, "area-disjoint"),
    (S.CONTRACTED, A.ACTIVATE, {"double_funding_checked_on": None}, "double-funding-checked"),
    (S.CONTRACTED, A.ACTIVATE, {"acting": "kreis|officer"}, "four-eyes"),
    (S.ACTIVE, A.SUSPEND, {"suspension_reason": ""}, "suspension-reasoned"),
    (S.SUSPENDED, A.RESUME, {"resumption_reason": ""}, "resumption-reasoned"),
    (S.ACTIVE, A.END, {"today": date(2022, 12, 31)}, "over"),
    (S.SUSPENDED, A.TERMINATE, {"termination_reason": ""}, "termination-reasoned"),
    (S.PROOF_DUE, A.WAIVE_PROOF, {"proof_waived_reason": " "}, "waiver-reasoned"),
    (S.PROOF_DUE, A.WAIVE_PROOF, {"has_payment_sent": True}, "no-payment-under-way"),
    (S.PROOF_DUE, A.CHECK_PROOF, {"proof": None}, "proof-qualified"),
    (
        S.PROOF_DUE,
        A.CHECK_PROOF,
        {"proof": RecipientProof(ProofForm.SIMPLE, has_vouchers=True)},
        "proof-qualified",
    ),
    (
        S.PROOF_DUE,
        A.CHECK_PROOF,
        {"proof": RecipientProof(ProofForm.QUALIFIED, has_vouchers=False)},
        "proof-qualified",
    ),
    (
        S.CHECKED,
        A.SETTLE,
        {"settlement": Settlement(Money.euros(275_000), Money.euros(200_000))},
        "overpayment-returned",
    ),
    (S.CHECKED, A.SETTLE, {"has_open_recovery": True}, "recovery-settled"),
    (S.PLANNED, A.CANCEL, {"has_living_children": True}, "no-living-children"),
]


@pytest.mark.parametrize(("state", "action", "change", "guard"), FAILURES)
def test_a_missing_precondition_of_an_allocation_is_named(
    state: AllocationState, action: AllocationAction, change: dict[str, object], guard: str
) -> None:
    facts = replace(ALL_SET, **change)  # type: ignore[arg-type] # one field of several types

    with pytest.raises(GuardFailed) as refused:
        ALLOCATION_LIFECYCLE.next_state(state, action, facts)

    assert refused.value.facts["guards"] == [guard]


def test_every_guard_of_an_allocation_is_seen_to_fail() -> None:
    in_table = {
        guard.id
        for row in ALLOCATION_LIFECYCLE.moves.values()
        for move in row.values()
        for guard in move.guards
    }

    assert in_table == {guard for *_, guard in FAILURES}


def test_permission_in_the_award_replaces_the_consent_of_the_authority() -> None:
    facts = replace(
        ALL_SET, authority_consent_ref="", parent=replace(PARENT, permits_forwarding=True)
    )

    assert ALLOCATION_LIFECYCLE.next_state(S.CONTRACTED, A.ACTIVATE, facts) is S.ACTIVE


@pytest.mark.parametrize(
    "change",
    [
        {"overlap_reason": "gemeinsame Bereitschaft"},
        {"target_group": "YOUTH"},
        {"territory": Territory((Area("05566076", "links der Ems"),))},
    ],
)
def test_two_recipients_may_share_an_area_for_a_reason_or_another_group(
    change: dict[str, object],
) -> None:
    facts = replace(ALL_SET, siblings=(Sibling(RIGHT_BANK, "ALL"),), **change)  # type: ignore[arg-type] # one field of several types

    assert ALLOCATION_LIFECYCLE.next_state(S.CONTRACTED, A.ACTIVATE, facts) is S.ACTIVE


def test_an_allocation_may_end_early_by_agreement() -> None:
    facts = replace(ALL_SET, today=date(2022, 7, 1), early_end_on=date(2022, 6, 30))

    assert ALLOCATION_LIFECYCLE.next_state(S.ACTIVE, A.END, facts) is S.ENDED


def test_an_overpayment_that_came_back_is_settled() -> None:
    returned = Settlement(Money.euros(275_000), Money.euros(200_000), Money.euros(75_000))

    assert returned.overpaid == Money(0)
    facts = replace(ALL_SET, settlement=returned)
    assert ALLOCATION_LIFECYCLE.next_state(S.CHECKED, A.SETTLE, facts) is S.SETTLED


def test_only_a_cancelled_allocation_gives_its_share_back() -> None:
    assert set(AllocationState) - HOLDING_STATES == {S.CANCELLED}
    assert {S.CHECKED, S.SETTLED, S.CANCELLED} == PROOF_CHECKED_STATES
