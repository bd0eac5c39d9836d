"""Requests of data subjects: the clock, the guards, the answer, what recipients are told."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest

from services.cases.domain.practice import Practice
from services.cases.messaging.rights import (
    ACKNOWLEDGED,
    MOVED,
    REPORTED,
    TOLD,
    rights_subscriptions,
)
from services.cases.operations.keep_rights_clock import keep_rights_clock
from services.cases.storage.tables import ConsumedEvent
from services.funding.domain.events.rights import PersonalDataReported as FundingReported
from services.referrals.domain.events.rights import PersonalDataReported, RecipientsTold
from shared.database.connection import Database
from shared.kernel.clock import iso_instant, now
from shared.messaging.consumer import Consumer
from shared.messaging.envelope import Envelope
from shared.objects.exchange import AccessFolder
from shared.objects.store import Objects
from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, SignedIn, today
from tests.services.cases.erasing import as_owner

REQUESTS = "/v1/rights-requests"


@pytest.fixture
def exchange(documents_folder: Path) -> Objects:
    return Objects(str(documents_folder / "exchange"))


@pytest.fixture
def hear(pool: Database, exchange: Objects) -> Callable[..., Any]:
    """Give an event to whom it is for, without a broker."""
    consumers = {
        event_type: Consumer(one, database=pool, stream=None, consumed=ConsumedEvent)  # type: ignore[arg-type]  # handles what it is given
        for one in rights_subscriptions(exchange)
        for event_type in one.handlers
    }

    async def give(event_type: str, **data: Any) -> bool:
        event = Envelope(
            specversion="1.0",
            id=uuid4(),
            source="urn:kim:tests",
            type=event_type,
            time=now(),
            subject=str(uuid4()),
            tenantid="05570",
            data={"unitId": "waf-cm", "senderUnit": "waf-cm"} | data,
        )
        return await consumers[event_type].handle(event)

    return give


async def asked(person: Person, person_id: str, right: str, **more: Any) -> dict[str, Any]:
    body = {
        "dataRight": right,
        "personId": person_id,
        "askedBy": "SELF",
        "receivedOn": today(),
        "receivedVia": "LETTER",
        **more,
    }
    made: dict[str, Any] = await person.post(REQUESTS, body)
    return made


async def step(
    person: Person, request: dict[str, Any], action: str, /, status: int = 200, **said: Any
) -> dict[str, Any]:
    now_it = await person.get(f"{REQUESTS}/{request['id']}")
    path = f"{REQUESTS}/{request['id']}/actions/{action}"
    moved: dict[str, Any] = await person.post(path, said, version=now_it["version"], status=status)
    return moved


async def identified(person: Person, request: dict[str, Any]) -> dict[str, Any]:
    return await step(person, request, "confirm-identity", identityCheck="KNOWN_IN_PERSON")


async def decide(person: Person, request_id: str, **body: Any) -> dict[str, Any]:
    version = (await person.get(f"{REQUESTS}/{request_id}"))["version"]
    path = f"{REQUESTS}/{request_id}/decisions"
    decided: dict[str, Any] = await person.put(path, body, version=version)
    return decided


async def _has_no_answer_yet(person: Person, request: dict[str, Any]) -> None:
    for path in ("export/json", "accesses"):
        not_there = await person.get(f"{REQUESTS}/{request['id']}/{path}", status=409)
        assert not_there["code"] == "access-export-not-ready"


async def _tells_who_saw_and_received(
    person: Person, request: dict[str, Any], export: dict[str, Any]
) -> None:
    report = await person.get(f"{REQUESTS}/{request['id']}/accesses")
    assert (report["personId"], report["accesses"]) == (request["personId"], export["accessLog"])
    [recipient] = report["recipients"]
    assert recipient["recipientUnit"] == "rheine-caritas"
    assert recipient["text"]["de"].startswith("rheine-caritas: hat am ")
    assert recipient["text"]["en"].startswith("rheine-caritas: received data with a referral on 2")
    assert "Kowalenko" not in str(report)


async def test_the_answer_is_put_together_from_every_service_and_read_by_people(
    anna: Person,
    case_in_monitoring: dict[str, Any],
    exchange: Objects,
    hear: Callable[..., Any],
) -> None:
    case = case_in_monitoring
    await anna.post(
        f"/v1/cases/{case['id']}/notes",
        {"kind": "CONVERSATION", "heldOn": today(), "text": "Schwester Oksana hilft.",
         "confidentiality": "NORMAL", "classReason": "Terminabsprache"},
    )  # fmt: skip
    request = await asked(anna, case["personId"], "ACCESS")
    blocked = await step(anna, request, "confirm-identity", status=422)
    assert blocked["guards"] == ["identity-checked"]
    found = await identified(anna, request)
    assert (found["state"], found["services"]) == ("EXAMINATION", ["funding", "referrals"])
    assert {part["service"] for part in found["parts"]} == {"cases"}
    early = await step(anna, request, "grant", status=422)
    assert early["guards"] == ["services-answered", "parts-decided"]

    folder = AccessFolder(tenant_id="05570", unit_id="waf-cm", request_id=request["id"])
    disclosed = {"id": str(uuid4()), "recipientUnit": "rheine-caritas",
                 "referralId": str(uuid4()), "disclosedAt": iso_instant(now())}  # fmt: skip
    seen = {"day": "2026-01-15", "unitId": "waf-cm", "action": "read", "recordKind": "referral",
            "purpose": "REFERRAL", "times": 2}  # fmt: skip
    parts = {"REFERRAL_DISCLOSURE": [disclosed], "ACCESS_LOG": [seen]}
    await folder.lay_down(exchange, "referrals", parts)
    reported = {"requestId": request["id"]}
    assert (FundingReported.event_type, PersonalDataReported.event_type) == REPORTED
    await hear(REPORTED[0], **reported, kinds=[], records=[])
    await hear(REPORTED[1], **reported, kinds=["REFERRAL_DISCLOSURE"], records=[1])
    known = (await anna.get(f"{REQUESTS}/{request['id']}"))["parts"]
    to_decide = [one for one in known if one["mayConcernOthers"]]
    assert ("cases", "NOTE") in {(one["service"], one["kind"]) for one in to_decide}
    for one in to_decide:
        ground = "RIGHTS_OF_OTHERS" if one["kind"] == "NOTE" else None
        what = {"service": one["service"], "kind": one["kind"], "ground": ground}
        await decide(anna, request["id"], **what)
    await step(anna, request, "grant")
    await _has_no_answer_yet(anna, request)
    await hear(MOVED, requestId=request["id"], dataRight="ACCESS", action="grant")

    export = await anna.get(f"{REQUESTS}/{request['id']}/export/json")
    held = {
        (service["service"], part["kind"]): part["records"]
        for service in export["services"]
        for part in service["parts"]
    }
    [person] = held["cases", "PERSON"]
    assert (person["familyName"], person["birthDate"]) == ("Kowalenko", "1990-05-17")
    assert held["cases", "NOTE"] == []
    assert "Oksana" not in orjson.dumps(export).decode()
    [withheld] = export["withheld"]
    assert (withheld["ground"], withheld["norms"][0]) == (
        "RIGHTS_OF_OTHERS",
        "Art. 15 Abs. 4 DSGVO",
    )
    assert [one["recipientUnit"] for one in export["recipients"]] == ["rheine-caritas"]
    first, *own = export["accessLog"]
    assert first == seen | {
        "service": "referrals",
        "text": {
            "de": "waf-cm: gelesen, 2-mal (Überleitung an eine andere Stelle)",
            "en": "waf-cm: read, 2 times (Referral to another agency)",
        },
    }
    assert {(one["service"], one["unitId"], one["purpose"]) for one in own} == {
        ("cases", "waf-cm", "CASE_WORK")
    }
    assert "read" in {one["action"] for one in own}
    assert "waf-case-manager" not in str(export["accessLog"])
    await _tells_who_saw_and_received(anna, request, export)
    assert not await exchange.has(folder.key("referrals.json"))
    for form in ("de.pdf", "en.pdf"):
        path = f"{REQUESTS}/{request['id']}/export/{form}"
        answer = await anna.client.get(path, headers=bearer(anna.token))
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    done = await step(anna, request, "complete", handedOverVia="IN_PERSON")
    assert (done["state"], done["handedOverVia"]) == ("COMPLETED", "IN_PERSON")


async def test_the_clock_runs_a_month_and_is_extended_once_with_a_reason(
    anna: Person, case: dict[str, Any]
) -> None:
    request = await asked(anna, case["personId"], "ACCESS", receivedOn="2026-10-30")
    assert request["dueOn"] == "2026-11-30"
    blocked = await step(anna, request, "extend", status=422)
    assert blocked["guards"] == ["extension-reason", "person-told"]
    told: dict[str, Any] = {"extensionReason": "COMPLEXITY", "personToldOn": today()}
    extended = await step(anna, request, "extend", **told)
    assert extended["dueOn"] == "2027-02-01"  # the 30th is a Saturday
    again = await step(anna, request, "extend", status=422, **told)
    assert again["guards"] == ["not-extended"]
    late = await asked(anna, case["personId"], "ACCESS", receivedOn="2026-08-03")
    assert (late["dueOn"], late["isOverdue"]) == ("2026-09-03", True)
    refused = await step(anna, late, "extend", status=422, **told)
    assert refused["guards"] == ["in-time"]


async def test_a_refusal_names_a_ground_that_stands_and_the_remedies(
    anna: Person, case: dict[str, Any]
) -> None:
    request = await asked(anna, case["personId"], "ERASURE", askedOn="GDPR_17_1_A")
    await identified(anna, request)
    preview = await anna.get(f"{REQUESTS}/{request['id']}/erasure-preview")
    [previewed] = preview["cases"]
    assert (preview["isPossible"], previewed["caseId"]) == (False, case["id"])
    assert [one["ground"] for one in previewed["reasonsAgainst"]] == ["CASE_IS_OPEN"]
    assert previewed["reasonsAgainst"][0]["norms"] == ["Art. 17 Abs. 3 b DSGVO"]
    assert preview["servicesWaitedFor"] == ["funding", "referrals"]
    assert {"CASE", "PERSON"} <= {one["kind"] for one in preview["wouldGo"]}
    blocked = await step(anna, request, "grant", status=422)
    assert blocked["guards"] == ["services-answered", "nothing-against"]
    before = await anna.get(f"{REQUESTS}/{request['id']}")
    wrong = await step(anna, request, "refuse", 422, refusalGround="DATA_ARE_CORRECT")
    assert wrong["code"] == "ground-does-not-fit"
    untrue = await step(anna, request, "refuse", 422, refusalGround="LEGAL_HOLD")
    assert untrue["guards"] == ["ground-stands", "remedies-told"]
    assert await anna.get(f"{REQUESTS}/{request['id']}") == before
    said: dict[str, Any] = {
        "refusalGround": "CASE_IS_OPEN",
        "areRemediesTold": True,
        "personToldOn": today(),
    }
    refused = await step(anna, request, "refuse", **said)
    assert (refused["state"], refused["refusalGround"]) == ("REFUSED", "CASE_IS_OPEN")
    over = await step(anna, request, "withdraw", status=409)
    assert over["code"] == "transition-not-allowed"


async def test_a_correction_is_told_to_recipients_and_waits_for_their_answer(
    anna: Person, case: dict[str, Any], hear: Callable[..., Any]
) -> None:
    request = await asked(anna, case["personId"], "RECTIFICATION", fields=["birthDate"])
    await identified(anna, request)
    early = await step(anna, request, "grant", status=422, settlement="CORRECTED")
    assert early["guards"] == ["settled"]
    disputes = {"disputes": [{"field": "birthDate", "note": "Pass sagt 1991"}]}
    person = await anna.get(f"/v1/persons/{case['personId']}")
    path = f"/v1/persons/{case['personId']}/disputes"
    await anna.put(path, disputes, version=person["version"])
    granted = await step(anna, request, "grant", settlement="ACCURACY_DISPUTED")
    assert granted["state"] == "GRANTED"
    unheard = await step(anna, request, "complete", status=422, personToldOn=today())
    assert unheard["guards"] == ["recipients-confirmed"]
    notice, referral = str(uuid4()), str(uuid4())
    assert RecipientsTold.event_type == TOLD
    await hear(
        TOLD, requestId=request["id"], change="ACCURACY_DISPUTED", noticeIds=[notice],
        referralIds=[referral], recipientUnits=["rheine-caritas"],
    )  # fmt: skip
    waiting = await step(anna, request, "complete", status=422, personToldOn=today())
    assert waiting["guards"] == ["recipients-confirmed"]
    [told] = (await anna.get(f"{REQUESTS}/{request['id']}"))["notices"]
    assert (told["recipientUnit"], told["answer"]) == ("rheine-caritas", None)
    await hear(ACKNOWLEDGED, noticeId=notice, answer="NOTED")
    done = await step(anna, request, "complete", personToldOn=today())
    assert (done["state"], done["notices"][0]["answer"]) == ("COMPLETED", "NOTED")


async def test_a_restriction_stops_the_files_and_is_lifted_after_the_person_was_told(
    anna: Person, case: dict[str, Any], hear: Callable[..., Any]
) -> None:
    bare = await asked(anna, case["personId"], "RESTRICTION")
    await identified(anna, bare)
    blocked = await step(anna, bare, "grant", status=422)
    assert blocked["guards"] == ["ground-named"]
    request = await asked(anna, case["personId"], "RESTRICTION", askedOn="GDPR_18_1_A")
    await identified(anna, request)
    await step(anna, request, "grant")
    assert (await anna.get(f"/v1/cases/{case['id']}"))["isProcessingRestricted"] is True
    still = await step(anna, request, "complete", status=422)
    assert still["guards"] == ["recipients-confirmed", "person-told", "restriction-lifted"]
    await hear(
        TOLD, requestId=request["id"], change="RESTRICTED", noticeIds=[], referralIds=[],
        recipientUnits=[],
    )  # fmt: skip
    await anna.act(case["id"], "lift-restriction")
    done = await step(anna, request, "complete", personToldOn=today())
    assert done["state"] == "COMPLETED"


async def test_the_worker_tells_of_time_limits_once_and_removes_old_answers(
    anna: Person,
    case: dict[str, Any],
    pool: Database,
    exchange: Objects,
    cases_database: ServiceDatabase,
) -> None:
    late = await asked(anna, case["personId"], "OBJECTION", receivedOn="2026-08-03")
    near = await asked(
        anna,
        case["personId"],
        "ACCESS",
        receivedOn=(date.fromisoformat(today()) - timedelta(days=27)).isoformat(),
    )
    for _ in range(2):
        await keep_rights_clock(pool, exchange, Practice())
    for request, is_over in ((late, "true"), (near, "false")):
        sql = (
            "select string_agg(payload -> 'data' ->> 'isOverdue', ',') from outbox_message"
            " where subject = 'kim.cases.rights-request-due.v1' and aggregate_id = $1"
        )
        told = await as_owner(cases_database, "outbox_message", sql, request["id"])
        assert told == is_over
    assert (await anna.get(f"{REQUESTS}/{near['id']}"))["warnedOn"] == today()


async def test_another_unit_sees_nothing_and_the_officer_only_codes(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    request = await asked(anna, case["personId"], "ACCESS")
    path = f"{REQUESTS}/{request['id']}"
    stranger = signed_in("rheine-caritas-case-manager")
    await stranger.get(path, status=404)
    await stranger.get(f"{path}/export/json", status=404)
    await stranger.get(f"{path}/accesses", status=404)
    assert all(one["id"] != request["id"] for one in (await stranger.get(REQUESTS))["items"])
    officer = signed_in("waf-dpo")
    assert (await officer.get(path))["dueOn"] == request["dueOn"]
    await officer.get(f"{path}/export/json", status=403)
    await officer.get(f"{path}/accesses", status=403)
    await officer.post(f"{path}/actions/withdraw", {}, version=1, status=403)


async def test_f18_entrusted_notes_are_handed_over_by_their_owner_alone(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    note = await anna.post(
        f"/v1/cases/{case['id']}/notes",
        {"kind": "CONVERSATION", "heldOn": today(), "text": "Streng vertraulich."},
    )
    assert note["confidentiality"] == "ENTRUSTED"
    request = await asked(anna, case["personId"], "ACCESS")
    found = await identified(anna, request)
    assert "NOTE" not in {part["kind"] for part in found["parts"] if part["records"] == 0}
    path = f"{REQUESTS}/{request['id']}/own-notes"
    mine = await anna.get(path)
    assert [one["text"] for one in mine["items"]] == ["Streng vertraulich."]
    assert (await bernd.get(path))["items"] == []
