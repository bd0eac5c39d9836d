"""Chapters a and b: a job centre refers people, case managers receive them."""

from datetime import date, timedelta
from typing import Any

from deploy.local.demo.narrator import Narrator
from deploy.local.demo.papers import paper
from shared.kernel.clock import berlin_date, now

JOBCENTER = "st-jobcenter-system"
COORDINATION = "rheine-coordinator"
CASE_MANAGER = "rheine-caritas-case-manager"
CATEGORIES = ["identity", "contact", "languages", "address", "family", "need"]
PERSON = {
    "identity": {
        "familyName": "Aydoğan",
        "givenNames": "Elif",
        "birthDate": "1988-03-14",
        "nationalities": ["163"],
    },
    "contact": {"phone": "05971 000000", "preferredWay": "Telefon, vormittags"},
    "languages": {"spoken": ["tur"], "germanLevel": "A2"},
    "family": {"adults": 1, "children": 2},
    "need": {
        "summary": "Kinderbetreuung, Anerkennung des Abschlusses und Wohnung gleichzeitig offen.",
        "topics": ["SCHOOL_CHILDCARE", "HOUSING", "RECOGNITION_OF_QUALIFICATIONS"],
    },
}


async def refer_people(narrator: Narrator) -> Any:
    """Three addresses in Rheine: left of the Ems, right of it, nowhere to be found.

    Answers the referral that goes to the left side.
    """
    narrator.chapter(
        "a",
        "Das Jobcenter steuert drei Personen zu; die Seite der Ems entscheidet.",
        "The job centre refers three people; the side of the Ems decides.",
    )
    left, right = paper("rheine_areas")["areas"]
    to_caritas = await _refer(narrator, f"{left['streets_from_paper'][0]} 140", "left")
    await _refer(narrator, f"{right['streets_from_paper'][0]} 140", "right")
    await _refer_to_nowhere(narrator)
    return to_caritas


async def _refer(narrator: Narrator, address: str, side: str) -> Any:
    found = await narrator.get(
        JOBCENTER,
        "referrals",
        "/v1/routing",
        lambda d: f"{d['unitId']} ({d['targets'][0]['reason']['de']})",
        service="CASE_MANAGEMENT",
        municipality=paper("rheine_areas")["municipality_ags"],
        address=address,
    )
    narrator.say(f"The client consents to {found['unitId']} by name; nobody else is covered.")
    reference = f"{narrator.run}-{side}"
    body = referral_body(reference, address) | {
        "legalGround": consent_ground(reference, found["unitId"]),
        "submit": True,
    }
    key = f"story-{reference}"
    sent = await narrator.post(JOBCENTER, "referrals", "/v1/referrals", body, _routed, key=key)
    if side == "left":
        narrator.say("The connection broke? The same key sends the same referral, once:")
        await narrator.post(JOBCENTER, "referrals", "/v1/referrals", body, _routed, key=key)
    return sent


async def _refer_to_nowhere(narrator: Narrator) -> None:
    """What no rule can place waits for a person; there is no default provider (R-S3-6)."""
    reference = f"{narrator.run}-nowhere"
    body = referral_body(reference, "Am Weg ohne Schild 3") | {"submit": True}
    waiting = await narrator.post(JOBCENTER, "referrals", "/v1/referrals", body, _routed)
    path = f"/v1/manual-queue/{waiting['id']}"
    seen = await narrator.get(
        COORDINATION,
        "referrals",
        path,
        lambda d: f"{d['manualReason']}, {d['place']['street']}; names nobody",
    )
    assigned = await narrator.post(
        COORDINATION,
        "referrals",
        f"{path}/actions/assign",
        {"recipientUnit": "rheine-lernen-foerdern"},
        lambda d: f"assigned to {d['recipientUnit']}",
        on=seen,
    )
    ground = {"legalGround": consent_ground(reference, assigned["recipientUnit"])}
    path = f"/v1/referrals/{waiting['id']}/actions/submit"
    await narrator.post(JOBCENTER, "referrals", path, ground, _routed, on=assigned)


async def receive_referral(narrator: Narrator, sent: Any) -> Any:
    """Little before acceptance, more after it; then a case appears. Answers that case."""
    narrator.chapter(
        "b",
        "Die Caritas sieht vor der Annahme wenig und danach mehr; ein Fall entsteht.",
        "Caritas sees little before acceptance and more after it; a case appears.",
    )
    path = f"/v1/referrals/{sent['id']}"
    seen = await narrator.get(CASE_MANAGER, "referrals", path, _sight)
    for action in ("pull", "accept"):
        step = f"{path}/actions/{action}"
        body: dict[str, Any] | None = {} if action == "accept" else None
        seen = await narrator.post(CASE_MANAGER, "referrals", step, body, _state, on=seen)
    content = await narrator.get(CASE_MANAGER, "referrals", path, _sight)
    case = await narrator.until("the event has made a case", lambda: _case_of(narrator, sent["id"]))
    narrator.say(f"{case['reference']} is {case['state']} and nameless: the event told ids only.")
    return await _take_over(narrator, case, content["content"])


async def _case_of(narrator: Narrator, referral_id: str) -> Any | None:
    answer = await narrator.client.get(CASE_MANAGER, "cases", "/v1/cases", referralId=referral_id)
    return next(iter(answer.accepted["items"]), None)


async def _take_over(narrator: Narrator, case: Any, content: Any) -> Any:
    """Person data come from the referral by the case manager's own hand, never by an event."""
    identity = content["identity"]
    person = {
        "familyName": identity["familyName"],
        "givenNames": identity["givenNames"],
        "birthDate": identity["birthDate"],
        "nationalities": identity["nationalities"],
        "languages": content["languages"]["spoken"],
    }
    recorded = await narrator.post(
        CASE_MANAGER,
        "cases",
        "/v1/persons",
        person,
        lambda d: f"{d['givenNames']} {d['familyName']}, read in the referral",
    )
    known = await narrator.client.get(CASE_MANAGER, "cases", f"/v1/cases/{case['id']}")
    particulars = {
        "pseudonym": None,
        "contact": content["contact"]["phone"],
        "language": content["languages"]["spoken"][0],
        "municipalityAgs": paper("rheine_areas")["municipality_ags"],
        "isAreaResolved": True,
        "isStaffRelated": False,
        "isChildProtection": False,
        "personId": recorded["id"],
        "familyId": None,
    }
    return await narrator.put(
        CASE_MANAGER,
        "cases",
        f"/v1/cases/{case['id']}/particulars",
        particulars,
        lambda d: f"{d['reference']} has its client; area settled",
        on=known.accepted,
    )


async def tell_outcome(narrator: Narrator, sent: Any) -> None:
    """First contact and outcome: the sender learns one code, because the consent covers that."""
    path = f"/v1/referrals/{sent['id']}"
    seen = (await narrator.client.get(CASE_MANAGER, "referrals", path)).accepted
    for action, body in (
        ("start-service", {"firstContactOn": _today().isoformat()}),
        ("complete", {"outcome": "SERVICE_STARTED"}),
    ):
        step = f"{path}/actions/{action}"
        seen = await narrator.post(CASE_MANAGER, "referrals", step, body, _state, on=seen)
    await narrator.get(
        JOBCENTER, "referrals", path, lambda d: f"the sender sees {d['state']}: {d['outcome']}"
    )


def referral_body(reference: str, address: str) -> dict[str, Any]:
    street, number = address.rsplit(" ", 1)
    town = {"street": street, "houseNumber": number, "town": "Rheine"}
    return {
        "mode": "ZUSTEUERUNG_IN",
        "serviceCode": "CASE_MANAGEMENT",
        "topic": "SCHOOL_CHILDCARE",
        "purpose": "CASE_MANAGEMENT",
        "language": "tur",
        "interpreterNeeded": True,
        "subjectReference": reference,
        "place": {
            "ags": paper("rheine_areas")["municipality_ags"],
            "street": street,
            "houseNumber": number,
        },
        "content": PERSON | {"address": town},
    }


def consent_ground(reference: str, unit: str) -> dict[str, Any]:
    """A consent that names one unit, one purpose and the parts of the content (R-C1)."""
    return {
        "consent": {
            "reference": f"E-{reference}",
            "givenOn": _today().isoformat(),
            "validTo": (_today() + timedelta(days=180)).isoformat(),
            "purpose": "CASE_MANAGEMENT",
            "recipientUnit": unit,
            "categories": CATEGORIES,
        },
        "coversFeedback": True,
    }


def _routed(referral: Any) -> str:
    if referral["recipientUnit"] is None:
        return f"{referral['state']}, waits for a person: {referral['manualReason']}"
    return f"{referral['state']} to {referral['recipientUnit']}"


def _state(referral: Any) -> str:
    return str(referral["state"])


def _sight(referral: Any) -> str:
    known = f"{referral['topic']}, {referral['language']}, {referral['ageBand']}"
    content = referral["content"]
    if content is None:
        return f"{referral['state']}: {known}; no name, no content"
    names = f"{content['identity']['givenNames']} {content['identity']['familyName']}"
    return f"{referral['state']}: {known}; {names}, {', '.join(content)}"


def _today() -> date:
    return berlin_date(now())
