"""Families: counselling units that people compose, part and put together again (R-S4-5).

A family is neither household nor Bedarfsgemeinschaft. Nothing is decided by the machine: whoever
parts a family says of each open case whether it stays or goes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cases.domain.errors import DateInFuture
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text


class EndsBeforeItBegins(RuleViolated):
    code = "ends-before-it-begins"
    title = Text(de="Das Ende liegt vor dem Beginn.", en="The end lies before the beginning.")


class MemberUnknown(Conflict):
    code = "family-member-unknown"
    title = Text(
        de="Zu dieser Familie gehört ein genanntes Mitglied jetzt nicht.",
        en="A named member does not belong to this family now.",
    )


class AlreadyMember(Conflict):
    code = "already-family-member"
    title = Text(
        de="Diese Person gehört schon zu dieser Familie.",
        en="This person belongs to this family already.",
    )


class SplitLeavesNobody(RuleViolated):
    code = "split-leaves-nobody"
    title = Text(
        de="Bei einer Trennung bleibt mindestens ein Mitglied, und mindestens eines geht.",
        en="In a split at least one member stays and at least one leaves.",
    )


class FamilyCasesUndecided(RuleViolated):
    """`caseIds` are the cases to decide about."""

    code = "family-cases-undecided"
    title = Text(
        de="Für jeden offenen Fall der Familie angeben, einmal: er bleibt oder er geht mit.",
        en="Say of each open case of the family, once, whether it stays or goes along.",
    )


class FamilyCaseUnknown(Conflict):
    code = "family-case-unknown"
    title = Text(
        de="Ein genannter Fall gehört nicht zu dieser Familie.",
        en="A named case does not belong to this family.",
    )


class CasePartedFromClient(RuleViolated):
    code = "case-parted-from-client"
    title = Text(
        de="Ein Fall bleibt in der Familie, in der seine Klientin oder sein Klient lebt.",
        en="A case stays in the family that its client belongs to.",
    )


class FamilyIsJoined(Conflict):
    """`joinedIntoId` is the family that goes on."""

    code = "family-is-joined"
    title = Text(
        de="Diese Familie ist in einer anderen aufgegangen; geändert wird jene.",
        en="This family has been joined to another one; change that one.",
    )


class JoinImpossible(Conflict):
    code = "join-impossible"
    title = Text(
        de="Zusammenlegen geht nur mit zwei verschiedenen Familien.",
        en="Only two different families can be joined.",
    )


class ArrivalCohortsDiffer(RuleViolated):
    code = "arrival-cohorts-differ"
    title = Text(
        de="Die Familien haben verschiedene Ankunftsgruppen; angeben, welche gilt.",
        en="The families have different arrival cohorts; say which one holds.",
    )


@dataclass(frozen=True, slots=True)
class PresentMember:
    """`person_id` is the surviving record where records were merged."""

    id: UUID
    person_id: UUID
    from_on: date


@dataclass(frozen=True, slots=True)
class FamilyCase:
    id: UUID
    client_id: UUID | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who leaves from a day on, and what becomes of the cases."""

    effective_on: date
    member_ids: frozenset[UUID]
    moving_case_ids: frozenset[UUID]
    staying_case_ids: frozenset[UUID]

    def check(
        self, members: Iterable[PresentMember], cases: Iterable[FamilyCase], *, today: date
    ) -> None:
        """Raises MemberUnknown, FamilyCaseUnknown (409), SplitLeavesNobody, DateInFuture,
        EndsBeforeItBegins, FamilyCasesUndecided, CasePartedFromClient (422).
        """
        present = {member.id: member for member in members}
        if not self.member_ids <= present.keys():
            raise MemberUnknown
        leaving = [present[one] for one in self.member_ids]
        if not leaving or len(leaving) == len(present):
            raise SplitLeavesNobody
        require_effective(self.effective_on, leaving, today=today)
        known = {case.id: case for case in cases}
        named = self.moving_case_ids | self.staying_case_ids
        if not named <= known.keys():
            raise FamilyCaseUnknown
        undecided = {one.id for one in known.values() if one.is_open} - named
        undecided |= self.moving_case_ids & self.staying_case_ids
        if undecided:
            raise FamilyCasesUndecided(caseIds=sorted(map(str, undecided)))
        leavers = {member.person_id for member in leaving}
        stayers = {member.person_id for member in present.values()} - leavers
        parted = [
            str(one)
            for one in sorted(named)
            if known[one].client_id in (stayers if one in self.moving_case_ids else leavers)
        ]
        if parted:
            raise CasePartedFromClient(caseIds=parted)


def require_effective(effective_on: date, leaving: Iterable[PresentMember], *, today: date) -> None:
    """The day is the first in the other family; the day before is the last in this one.

    Raises DateInFuture, EndsBeforeItBegins.
    """
    if effective_on > today:
        raise DateInFuture
    if any(member.from_on >= effective_on for member in leaving):
        raise EndsBeforeItBegins


def cohort_after_join(
    one: str | None, other: str | None, told: str | None, *, is_told: bool
) -> str | None:
    """The arrival cohort of the joined family; never guessed. Raises ArrivalCohortsDiffer."""
    if is_told:
        if told not in {one, other}:
            raise ArrivalCohortsDiffer
        return told
    if one != other:
        raise ArrivalCohortsDiffer
    return one
