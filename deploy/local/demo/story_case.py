"""Chapter c: a case goes through its phases, and is refused one that it is not ready for."""

from typing import Any

from deploy.local.demo.narrator import Narrator, Told
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id

CASE_MANAGER = "rheine-caritas-case-manager"
UNIT = "rheine-caritas"
SIGNED_FORM = b"%PDF-1.7\n% Invented: a signed form of consent.\n"
UNPROCESSABLE = 422


class CaseStory:
    """One case in the hands of its case manager; `case` is the record as last seen."""

    def __init__(self, narrator: Narrator, case: Any) -> None:
        self.narrator = narrator
        self.case = case
        self.path = f"/v1/cases/{case['id']}"
        self.today = berlin_date(now()).isoformat()

    async def step(self, action: str, body: dict[str, Any] | None = None) -> None:
        self.case = await self.narrator.post(
            CASE_MANAGER,
            "cases",
            f"{self.path}/actions/{action}",
            body or {},
            lambda d: str(d["state"]),
            on=await self._current(),
        )

    async def refused_step(self, action: str) -> None:
        path = f"{self.path}/actions/{action}"
        await self.narrator.refused(
            CASE_MANAGER, "cases", path, {}, on=await self._current(), status=UNPROCESSABLE
        )
        seen = await self._current()
        self.narrator.say(f"Nothing has changed: the case is still in {seen['state']}.")

    async def record(self, what: str, body: dict[str, Any] | None, tell: Told) -> Any:
        """Something that belongs to the case, with the version of the case."""
        return await self.narrator.post(
            CASE_MANAGER,
            "cases",
            f"{self.path}/{what}",
            body,
            tell,
            on=await self._current(),
        )

    async def write(self, what: str, body: dict[str, Any], told: str) -> None:
        path = f"{self.path}/{what}"
        known = await self._current()
        await self.narrator.put(CASE_MANAGER, "cases", path, body, lambda _: told, on=known)

    async def act(self, path: str, body: dict[str, Any], told: str, *, on: Any = None) -> Any:
        """A command on a consent, a plan version, a goal or a measure."""
        known = on or await self._current()
        return await self.narrator.post(CASE_MANAGER, "cases", path, body, lambda _: told, on=known)

    async def _current(self) -> Any:
        return (await self.narrator.client.get(CASE_MANAGER, "cases", self.path)).accepted


async def work_on_case(narrator: Narrator, case: Any) -> None:
    narrator.chapter(
        "c",
        "Der Fall geht durch seine Phasen; ein verfrühter Schritt wird abgelehnt.",
        "The case goes through its phases; a step that comes too early is refused.",
    )
    story = CaseStory(narrator, case)
    await story.step("assign")
    await story.refused_step("open")
    await _take_in(story)
    await story.step("open")
    await _assess(story)
    await story.step("finish-assessment")
    plan = await _plan(story)
    await story.step("agree-plan")
    goal = plan["goals"][0]
    measure = goal["measures"][0]
    on_day = {"onDate": story.today}
    await story.act(f"/v1/measures/{measure['id']}/actions/start", on_day, "measure started")
    await story.step("start-measures")
    await story.act(f"/v1/measures/{measure['id']}/actions/finish", on_day, "measure done")
    result = {"result": "REACHED"}
    await story.act(f"/v1/goals/{goal['id']}/actions/record-result", result, "goal reached")
    await story.step("evaluate")
    answer = {"finding": "FOUND", "fieldOfAction": "SCHOOL_CHILDCARE"}
    await story.write("structural-finding-answer", answer, "a hint at a gap in structures")
    await story.step("close", {"closingReason": "GOALS_REACHED"})
    way = " → ".join(phase["toState"] for phase in story.case["phases"])
    narrator.say(f"{story.case['reference']}: {way}")


async def _take_in(story: CaseStory) -> None:
    """What intake must have on record before a case may be opened (C4)."""
    checklist = {
        "problemAreas": 3,
        "hasSeveralProviders": True,
        "doStandardPathsFail": True,
        "lacksOwnResources": True,
        "doesClientAgree": True,
        "judgement": "Drei Handlungsfelder greifen ineinander, mehrere Stellen sind beteiligt.",
    }
    await story.write("indication-checklist", checklist, "five criteria documented")
    notice = {"textVersion": "2026-1", "language": "tur", "givenOn": story.today}
    await story.record("information-notices", notice, _said("Art. 13 information given in Turkish"))
    await story.record("double-care-checks", None, _double_care)
    consent = await story.record("consents", _consent(story), _said("consent drafted"))
    await story.narrator.upload(
        CASE_MANAGER,
        "cases",
        f"/v1/documents/{consent['evidenceDocumentId']}/content",
        SIGNED_FORM,
        _said("signed form stored"),
    )
    await story.act(f"/v1/consents/{consent['id']}/actions/give", {}, "consent given", on=consent)


def _consent(story: CaseStory) -> dict[str, Any]:
    return {
        "consentType": "EINWILLIGUNG",
        "subjectPersonId": story.case["personId"],
        "giver": "SELF",
        "purpose": "CASE_MANAGEMENT",
        "dataCategories": ["IDENTITY", "CONTACT", "LANGUAGE", "FAMILY", "ASSESSMENT", "PLAN"],
        "discloserUnit": UNIT,
        "recipientUnit": UNIT,
        "direction": "IN",
        "form": "SCHRIFTLICH",
        "language": "tur",
        "informationTextVersion": "2026-1",
        "isRefusalExplained": True,
        "isRevocabilityExplained": True,
        "givenOn": story.today,
        "validFrom": story.today,
        # Announces the document; the signed paper follows as its content.
        "evidenceDocumentId": str(new_id()),
    }


async def _assess(story: CaseStory) -> None:
    entry = {
        "fieldOfAction": "SCHOOL_CHILDCARE",
        "need": "HIGH",
        "situation": "Für das jüngere Kind fehlt ein Kitaplatz.",
        "resources": "Nachbarschaft hilft an zwei Nachmittagen.",
        "hasClientTakenPart": True,
        "assessedOn": story.today,
    }
    told = _said("field of action assessed, client took part")
    await story.record("assessment-entries", entry, told)


async def _plan(story: CaseStory) -> Any:
    measure = {
        "text": "Anmeldung im Kita-Portal, Begleitung zum Gespräch",
        "responsibleKind": "CASE_MANAGER",
    }
    goal = {
        "fieldOfAction": "SCHOOL_CHILDCARE",
        "text": "Ein Kitaplatz zum nächsten Monat",
        "measures": [measure],
    }
    plan = await story.record("plan-versions", {"goals": [goal]}, _said("plan drafted"))
    agreed = {"agreedOn": story.today, "language": "tur"}
    path = f"/v1/plan-versions/{plan['id']}/actions/agree"
    return await story.act(path, agreed, "client agrees, in Turkish", on=plan)


def _said(sentence: str) -> Told:
    return lambda _: sentence


def _double_care(check: Any) -> str:
    """The whole answer of a blind check: whom to call, never about what."""
    units = ", ".join(check["contactUnits"])
    return f"contact {units}" if units else "no other unit cares for this person"
