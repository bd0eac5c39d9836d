"""Requests of data subjects over the real processes: what is granted reaches every recipient."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Client
from deploy.local.demo.story_referral import consent_ground
from deploy.local.parts import Installation
from tests.gateway.test_main_job import TODAY, new_referral
from tests.gateway.test_people import invented
from tests.local_system import LocalSystem
from tests.waiting import until

SENDER, RECIPIENT = "rheine-lernen-foerdern-case-manager", "rheine-caritas-case-manager"
LEAD, OFFICER = "rheine-caritas-team-lead", "st-dpo"
PATIENCE_S = 120.0
REQUESTS = "/v1/rights-requests"


class Desk:
    """One persona at the services, each change in the version last read."""

    def __init__(self, people: Client, persona: str) -> None:
        self.people = people
        self.persona = persona

    async def get(self, part: str, path: str) -> Any:
        return (await self.people.get(self.persona, part, path)).accepted

    async def make(self, part: str, path: str, body: Any) -> Any:
        return await self.people.create(self.persona, part, path, body, key=uuid4().hex)

    async def put(self, part: str, record: str, name: str, body: Any) -> Any:
        version = f'"{(await self.get(part, record))["version"]}"'
        answer = await self.people.put(
            self.persona, part, f"{record}/{name}", body, version=version
        )
        return answer.accepted

    async def try_step(self, part: str, record: str, action: str, /, **body: Any) -> Any:
        version = f'"{(await self.get(part, record))["version"]}"'
        path = f"{record}/actions/{action}"
        return await self.people.post(
            self.persona, part, path, body, key=uuid4().hex, version=version
        )

    async def step(self, part: str, record: str, action: str, /, **body: Any) -> Any:
        return (await self.try_step(part, record, action, **body)).accepted


@pytest.fixture
def sender(people: Client) -> Desk:
    return Desk(people, SENDER)


@pytest.fixture
def recipient(people: Client) -> Desk:
    return Desk(people, RECIPIENT)


async def declined(holder: Desk, case_path: str) -> None:
    """A case declined where the unit has decided to keep no declined case."""
    rule = {
        "result": "DECLINED",
        "startEvent": "PROCESS_ENDED",
        "periodYears": 0,
        "legalReasonDe": "Beschluss der Stelle",
        "legalReasonEn": "Decision of the unit",
        "validFrom": TODAY,
    }
    await holder.people.create(LEAD, "cases", "/v1/deletion-rules", rule, key=uuid4().hex)
    await holder.step("cases", case_path, "decline", declineReason="WITHDRAWN")


async def reasons_against(holder: Desk, path: str) -> list[str]:
    """What the dry run of an erasure names against the one case."""
    [previewed] = (await holder.get("cases", f"{path}/erasure-preview"))["cases"]
    return [one["ground"] for one in previewed["reasonsAgainst"]]


async def open_case(sender: Desk) -> Any:
    person = {
        "familyName": invented("Widerspruch"),
        "givenNames": "Olena",
        "birthDate": "1990-05-17",
    }
    opening = {
        "origin": "SELF_CONTACT",
        "municipalityAgs": "05566076",
        "isAreaResolved": True,
        "members": [{"role": "CLIENT", "person": person}],
    }
    return await sender.make("cases", "/v1/cases", opening)


async def referred(
    sender: Desk, recipient: Desk, case_id: str, unit: str = "rheine-caritas"
) -> Any:
    """A referral of the person, sent from the case and accepted by its recipient."""
    ground = consent_ground(f"right-{uuid4().hex[:10]}", unit)
    body = new_referral(caseId=case_id, submit=True, legalGround=ground, recipientUnit=unit)
    sent = await sender.make("referrals", "/v1/referrals", body)
    for action in ("pull", "accept"):
        await recipient.step("referrals", f"/v1/referrals/{sent['id']}", action)
    return sent


async def examined(sender: Desk, person_id: str, right: str, **more: Any) -> str:
    """A recorded request whose asker has shown who they are; its path."""
    body = {
        "dataRight": right,
        "personId": person_id,
        "askedBy": "SELF",
        "receivedOn": TODAY,
        "receivedVia": "IN_PERSON",
        **more,
    }
    path = f"{REQUESTS}/{(await sender.make('cases', REQUESTS, body))['id']}"
    await sender.step("cases", path, "confirm-identity", identityCheck="IDENTITY_PAPER_SEEN")
    return path


def notice_on(desk: Desk, referral_id: str) -> Callable[[], Awaitable[Any]]:
    async def found() -> Any:
        notices = await desk.people.items(desk.persona, "referrals", "/v1/notices")
        return next((one for one in notices if one["referralId"] == referral_id), None)

    return found


async def told_and_answered(
    sender: Desk, recipient: Desk, path: str, referral_id: str, answer: str = "NOTED"
) -> Any:
    """The recipient is told over the broker and answers; until then the request stays open."""
    notice = await until(notice_on(recipient, referral_id), timeout_s=PATIENCE_S)

    async def known_here() -> bool:
        return bool((await sender.get("cases", path))["notices"])

    await until(known_here, timeout_s=PATIENCE_S)
    early = await sender.try_step("cases", path, "complete", personToldOn=TODAY)
    assert early.document["guards"] == ["recipients-confirmed"]
    notice_path = f"/v1/notices/{notice['id']}"
    await recipient.step("referrals", notice_path, "acknowledge", answer=answer)

    async def confirmed() -> bool:
        [known] = (await sender.get("cases", path))["notices"]
        return bool(known["answer"] == answer)

    await until(confirmed, timeout_s=PATIENCE_S)
    done = await sender.step("cases", path, "complete", personToldOn=TODAY)
    assert done["state"] == "COMPLETED"
    return notice


async def test_a_correction_reaches_the_recipient_over_the_broker(
    sender: Desk, recipient: Desk
) -> None:
    case = await open_case(sender)
    sent = await referred(sender, recipient, case["id"])
    path = await examined(sender, case["personId"], "RECTIFICATION", fields=["birthDate"])
    disputes = {"disputes": [{"field": "birthDate", "note": "Pass sagt 1991"}]}
    await sender.put("cases", f"/v1/persons/{case['personId']}", "disputes", disputes)
    await sender.step("cases", path, "grant", settlement="ACCURACY_DISPUTED")
    notice = await told_and_answered(sender, recipient, path, sent["id"])
    assert (notice["kind"], notice["fields"], notice["recipientUnit"]) == (
        "ACCURACY_DISPUTED",
        ["birthDate"],
        "rheine-caritas",
    )
    assert "1991" not in str(notice)


async def test_a_granted_objection_stops_the_file_and_is_told_on(
    sender: Desk, recipient: Desk
) -> None:
    case = await open_case(sender)
    sent = await referred(sender, recipient, case["id"])
    path = await examined(sender, case["personId"], "OBJECTION", askedOn="GDPR_21_1")
    await sender.step("cases", path, "grant")
    stopped = await sender.get("cases", f"/v1/cases/{case['id']}")
    assert stopped["isProcessingRestricted"] is True
    notice = await told_and_answered(sender, recipient, path, sent["id"])
    assert notice["kind"] == "OBJECTED"


async def test_a_granted_erasure_takes_person_and_case_in_every_service(
    sender: Desk, recipient: Desk, demo_system: LocalSystem
) -> None:
    holder, told = recipient, sender  # only the other unit has a lead, who sets its periods
    case = await open_case(holder)
    case_path, person_path = f"/v1/cases/{case['id']}", f"/v1/persons/{case['personId']}"
    sent = await referred(holder, told, case["id"], told_unit := "rheine-lernen-foerdern")
    note = {"kind": "CONVERSATION", "heldOn": TODAY, "text": "Bittet um Löschung."}
    await holder.make("cases", f"{case_path}/notes", note)
    postgres = Installation(demo_system.settings).postgres
    holders = f"('{case['id']}', '{case['personId']}')"
    keys = f"select count(*) from data_key where holder in {holders}"
    assert int(postgres.psql("kim_cases_keys", statement=keys)) > 0
    path = await examined(holder, case["personId"], "ERASURE", askedOn="GDPR_17_1_A")

    async def every_service_has_answered() -> bool:
        preview = await holder.get("cases", f"{path}/erasure-preview")
        return bool(preview["servicesWaitedFor"] == [])

    await until(every_service_has_answered, timeout_s=PATIENCE_S)
    assert await reasons_against(holder, path) == ["CASE_IS_OPEN"]
    await declined(holder, case_path)
    assert await reasons_against(holder, path) == ["ARCHIVE_PENDING"]
    refused = await holder.try_step("cases", path, "grant")
    assert refused.document["guards"] == ["nothing-against"]
    assert (await holder.get("cases", case_path))["state"] == "DECLINED"

    await holder.put("cases", case_path, "erasure-preparation", {"archiveAnswer": "DECLINED"})
    assert await reasons_against(holder, path) == []
    preview = await holder.get("cases", f"{path}/erasure-preview")
    assert (preview["isPossible"], preview["isPersonErased"]) == (True, True)
    assert {("cases", "PERSON"), ("referrals", "REFERRAL")} <= {
        (one["service"], one["kind"]) for one in preview["wouldGo"]
    }
    granted = await holder.step("cases", path, "grant")
    assert granted["state"] == "GRANTED"

    async def erased() -> Any:
        answer = await holder.get("cases", f"{case_path}/erasure")
        return answer if answer["erasedAt"] else None

    done = await until(erased, timeout_s=PATIENCE_S)
    assert [one["service"] for one in done["confirmations"]] == ["referrals"]
    assert (await holder.people.get(RECIPIENT, "cases", person_path)).status == 404
    assert (await holder.get("cases", case_path))["pseudonym"] is None

    async def keys_are_destroyed() -> bool:
        return postgres.psql("kim_cases_keys", statement=keys) == "0"

    await until(keys_are_destroyed, timeout_s=PATIENCE_S)
    assert (await holder.get("referrals", f"/v1/referrals/{sent['id']}"))["caseId"] is None
    notice = await told_and_answered(holder, told, path, sent["id"], answer="DELETED")
    assert (notice["kind"], notice["recipientUnit"]) == ("DATA_ERASED", told_unit)
    for service in ("cases", "referrals"):
        verified = await holder.people.get(OFFICER, service, "/v1/audit/verify")
        assert verified.accepted["isIntact"] is True


async def test_a_person_learns_who_saw_and_received_their_data(
    sender: Desk, recipient: Desk
) -> None:
    case = await open_case(sender)
    sent = await referred(sender, recipient, case["id"])
    path = await examined(sender, case["personId"], "ACCESS")

    async def every_service_has_answered() -> Any:
        request = await sender.get("cases", path)
        answered = {part["service"] for part in request["parts"]}
        return request if set(request["services"]) <= answered else None

    request = await until(every_service_has_answered, timeout_s=PATIENCE_S)
    for one in request["parts"]:
        if one["mayConcernOthers"]:
            decided = {"service": one["service"], "kind": one["kind"]}
            await sender.put("cases", path, "decisions", decided)
    await sender.step("cases", path, "grant")
    query = """query($id: ID!) { rightsRequest(id: $id) { accessReport { personId unitId
      recipients { recipientUnit referralId text { de en } }
      accesses { service unitId action text { de en } } } } }"""

    async def report() -> Any:
        asked = {"id": request["id"]}
        seen = (await sender.people.graphql(SENDER, query, asked))["rightsRequest"]
        return seen["accessReport"]

    told = await until(report, timeout_s=PATIENCE_S)
    assert (told["personId"], told["unitId"]) == (case["personId"], "rheine-lernen-foerdern")
    [receiver] = told["recipients"]
    assert (receiver["recipientUnit"], receiver["referralId"]) == ("rheine-caritas", sent["id"])
    assert receiver["text"]["de"].startswith("rheine-caritas: hat am ")
    seen = {(one["service"], one["unitId"], one["action"]) for one in told["accesses"]}
    assert {
        ("cases", "rheine-lernen-foerdern", "read"),
        ("referrals", "rheine-lernen-foerdern", "read"),
    } <= seen
    assert any(
        one["text"]["de"].startswith("rheine-lernen-foerdern: gelesen") for one in told["accesses"]
    )
    assert (await recipient.people.get(RECIPIENT, "cases", f"{path}/accesses")).status in {403, 404}
