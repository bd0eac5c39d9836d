"""Refusals that belong to no single rule file."""

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text


class CaseIsNotOpen(Conflict):
    code = "case-is-not-open"
    title = Text(
        de="Der Fall ist beendet; Eintragungen sind nicht mehr möglich.",
        en="The case has ended; nothing can be recorded any more.",
    )


class ProcessingIsRestricted(Conflict):
    code = "processing-is-restricted"
    title = Text(
        de="Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO).",
        en="Processing is restricted (Art. 18 GDPR).",
    )


class NobodyNamed(RuleViolated):
    code = "nobody-named"
    title = Text(
        de="Ein Fall braucht eine Person oder ein Pseudonym.",
        en="A case needs a person or a pseudonym.",
    )


class PersonUnknown(Conflict):
    code = "person-unknown"
    title = Text(
        de="Diese Person gibt es in dieser Stelle nicht.", en="This unit has no such person."
    )


class FamilyUnknown(Conflict):
    code = "family-unknown"
    title = Text(
        de="Diese Familie gibt es in dieser Stelle nicht.", en="This unit has no such family."
    )


class CaseHasNoPerson(Conflict):
    code = "case-has-no-person"
    title = Text(
        de="Im Fall ist noch keine Person erfasst.", en="No person is recorded in the case yet."
    )


class PlanNotInWork(Conflict):
    code = "plan-not-in-work"
    title = Text(
        de="Am Hilfeplan wird nur in der Hilfeplanung gearbeitet.",
        en="The plan is worked on in the planning phase only.",
    )


class PlanDraftExists(Conflict):
    code = "plan-draft-exists"
    title = Text(
        de="Eine Fassung des Hilfeplans ist noch in Arbeit.",
        en="A version of the plan is still in work.",
    )


class GoalHasResult(Conflict):
    code = "goal-has-result"
    title = Text(de="Dieses Ziel hat schon ein Ergebnis.", en="This goal has a result already.")


class DateInFuture(RuleViolated):
    code = "date-in-future"
    title = Text(
        de="Ein Ereignis kann nicht in der Zukunft liegen.", en="An event cannot lie in the future."
    )


class MembershipEnded(Conflict):
    code = "membership-ended"
    title = Text(de="Diese Zugehörigkeit ist schon beendet.", en="This membership has ended.")
