"""Expenditure: what a cost needs to be recorded, and how all costs of a line are recognised.

A cost is a fact and is never refused for want of money: what the grant does not pay is the
municipality's own share. Refused is only what cannot belong to this money at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final
from uuid import UUID

from services.funding.domain.awards import (
    COST_KIND_OF_PURPOSE,
    AwardLine,
    BookingOutsidePurpose,
    LinePurpose,
    refuse_foreign_booking,
)
from services.funding.domain.costs import CostKind, Eligibility, Payer, eligibility
from services.funding.domain.eligibility import WHOLE_YEAR, steps_of
from services.funding.domain.findings import FindingCode
from services.funding.domain.ledger.rules import Recognition
from services.funding.domain.legal_dates import Period
from services.funding.domain.part_year import PartYearDecision
from shared.kernel.errors import RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

# Kinds with a ceiling for each post: the post has to be named.
KINDS_OF_POSTS: Final = frozenset(
    {CostKind.PERSONNEL, CostKind.ADMIN_ASSISTANCE, CostKind.WORKPLACE_SETUP}
)


class PositionMissing(RuleViolated):
    code = "position-missing"
    title = Text(
        de="Diese Kostenart hat einen Höchstbetrag je Stelle: Es fehlt die Stelle.",
        en="This cost kind has a ceiling for each post: the post is missing.",
    )


class PositionOfAnotherLine(RuleViolated):
    code = "position-of-another-line"
    title = Text(
        de="Diese Stelle gehört zu anderen Mitteln.", en="This post belongs to other money."
    )


class PayerMissing(RuleViolated):
    """R-S2-7: every cost that is not eligible names who bears it, if only `UNDECIDED`."""

    code = "payer-missing"
    title = Text(
        de="Diese Kostenart ist nicht förderfähig: Es fehlt, wer sie trägt.",
        en="This cost kind is not eligible: who bears the cost is missing.",
    )


class StructuralFindingMissing(RuleViolated):
    """Money for interfaces answers a structural finding of the coordination (R-S4-11)."""

    code = "structural-finding-missing"
    title = Text(
        de="Schnittstellenmaßnahmen brauchen den strukturellen Befund, auf den sie antworten.",
        en="Interface measures need the structural finding that they answer.",
    )


class AwardNotGranted(RuleViolated):
    code = "award-not-granted"
    title = Text(
        de="Zu diesen Mitteln gibt es noch keinen Bescheid.",
        en="This money has not been granted yet.",
    )


class AllocationOfAnotherLine(RuleViolated):
    code = "allocation-of-another-line"
    title = Text(
        de="Diese Weiterleitung gehört nicht zu der Zeile oder ist nicht freigegeben.",
        en="This allocation is not of the line, or it is not released.",
    )


class OpenQuestion(StrEnum):
    """Why nothing of a cost is decided."""

    KIND = FindingCode.COST_KIND_UNDECIDED.value
    PART_YEAR = FindingCode.PART_YEAR_UNDECIDED.value
    CEILING = FindingCode.CEILING_UNKNOWN.value


@dataclass(frozen=True, slots=True)
class CostFact:
    """A cost as the rules see it. `decided` is what a person said where the rules say nothing."""

    id: UUID
    kind: CostKind
    amount: Money
    ruled: Eligibility
    position_id: UUID | None = None
    decided: Eligibility | None = None

    @property
    def answer(self) -> Eligibility:
        return self.decided or self.ruled


@dataclass(frozen=True, slots=True)
class PostYear:
    """One post in the year of a line: its ceiling for a full post, and its months.

    `ceiling` None: nobody has stated one, so nothing of the cost is decided.
    """

    ceiling: Money | None
    share_months: Fraction
    post_months: Fraction = WHOLE_YEAR
    decision: PartYearDecision | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a cost is recognised. `excess` is what of the own share the line could not pay."""

    recognition: Recognition
    excess: Money = ZERO
    question: OpenQuestion | None = None


PostKey = tuple[UUID | None, CostKind]


def verdicts_of(
    costs: Sequence[CostFact], posts: Mapping[PostKey, PostYear], available: Money
) -> tuple[Verdict, ...]:
    """Recognise all costs of one line, or of one allocation, in the order they were recorded.

    `available` is what the grant has for all of them together; the first recorded is paid first.
    """
    found: dict[UUID, Verdict] = {}
    for key in {(cost.position_id, cost.kind) for cost in costs if _is_capped(cost)}:
        of_post = [cost for cost in costs if _is_capped(cost) and _key(cost) == key]
        found |= zip((cost.id for cost in of_post), _of_post(of_post, posts[key]), strict=True)
    verdicts: list[Verdict] = []
    for cost in costs:
        verdict = _limited(found.get(cost.id) or _by_kind(cost), available)
        available -= verdict.recognition.eligible
        verdicts.append(verdict)
    return tuple(verdicts)


def _key(cost: CostFact) -> PostKey:
    return (cost.position_id, cost.kind)


def _is_capped(cost: CostFact) -> bool:
    return (
        cost.kind in KINDS_OF_POSTS
        and cost.position_id is not None
        and cost.answer is Eligibility.ELIGIBLE
    )


def _of_post(costs: Sequence[CostFact], post: PostYear) -> tuple[Verdict, ...]:
    if post.ceiling is None:
        return tuple(_undecided(cost, OpenQuestion.CEILING) for cost in costs)
    steps = steps_of(
        (cost.amount for cost in costs),
        post.ceiling,
        post.share_months,
        decision=post.decision,
        post_months=post.post_months,
    )
    return tuple(
        Verdict(step, question=OpenQuestion.PART_YEAR if step.undecided > ZERO else None)
        for step in steps
    )


def _by_kind(cost: CostFact) -> Verdict:
    if cost.answer is Eligibility.ELIGIBLE:
        return Verdict(Recognition(cost.amount, ZERO, ZERO, ZERO))
    if cost.answer is Eligibility.NOT_ELIGIBLE:
        return Verdict(Recognition(ZERO, ZERO, cost.amount, ZERO))
    return _undecided(cost, OpenQuestion.KIND)


def _undecided(cost: CostFact, question: OpenQuestion) -> Verdict:
    return Verdict(Recognition(ZERO, ZERO, ZERO, cost.amount), question=question)


def _limited(verdict: Verdict, available: Money) -> Verdict:
    wanted = verdict.recognition
    excess = max(wanted.eligible - max(available, ZERO), ZERO)
    if excess == ZERO:
        return verdict
    return replace(
        verdict,
        recognition=Recognition(
            wanted.eligible - excess,
            wanted.own_share + excess,
            wanted.ineligible,
            wanted.undecided,
        ),
        excess=excess,
    )


def refuse_foreign_cost(
    line: AwardLine,
    award_period: Period,
    days: tuple[date, ...],
    kind: CostKind,
    ruled: Eligibility,
) -> None:
    """Refuse a cost outside the line's period, or one that other money of the award is for.

    On a line for posts, kinds that are not eligible or unknown are recorded as such (F5), and so
    is a kind that only a later rule pays: no notice sets money aside for it. A line with a purpose
    takes nothing else (R-S4-11). Raises BookingOutsidePeriod, BookingOutsidePurpose.
    """
    own_kinds = COST_KIND_OF_PURPOSE[line.purpose]
    for day in days:
        refuse_foreign_booking(line, award_period, day, min(own_kinds))
    is_for_posts = line.purpose is LinePurpose.POSTS
    has_own_money = ruled is eligibility(kind, line.funding_line) is Eligibility.ELIGIBLE
    if kind not in own_kinds and (has_own_money or not is_for_posts):
        raise BookingOutsidePurpose(purpose=line.purpose.value, costKind=kind.value)


def refuse_incomplete_cost(
    kind: CostKind,
    ruled: Eligibility,
    *,
    position_id: UUID | None,
    payer: Payer | None,
    structural_finding_id: UUID | None,
) -> None:
    """Personnel names its post whatever the rules say of it.

    Raises PositionMissing, PayerMissing, StructuralFindingMissing.
    """
    is_for_post = kind in KINDS_OF_POSTS and ruled is Eligibility.ELIGIBLE
    if (is_for_post or kind is CostKind.PERSONNEL) and position_id is None:
        raise PositionMissing
    if ruled is Eligibility.NOT_ELIGIBLE and payer is None:
        raise PayerMissing
    if kind is CostKind.INTERFACE_MEASURES and structural_finding_id is None:
        raise StructuralFindingMissing
