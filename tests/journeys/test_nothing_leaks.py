"""F17 over the whole system: what was written about a person turns up where it may, nowhere else.

One person is in a case and in three referrals; each word about it is a canary. Then everybody who
must not know asks everything there is to ask, and all that is written anywhere is searched.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Answer, Client
from deploy.local.parts import Installation
from deploy.local.settings import PROJECT_DIR, SERVICES
from gateway.schema import schema
from shared.kernel.clock import berlin_date, now
from shared.messaging.broker import connect
from shared.messaging.envelope import STREAM
from tests.canaries import Canaries
from tests.journeys.listening import listening
from tests.journeys.questions import one_of, operations, paths
from tests.local_system import LocalSystem
from tests.receiver import PORTS, address, deliveries, receiving
from tests.services.referrals.channels.person import Mark, application_of, content_of, paths_of
from tests.services.referrals.channels.registry import CONTENT
from tests.waiting import until

ANNA, HEAD, OFFICER, MACHINE = "waf-case-manager", "waf-cm-head", "waf-b3-officer", "waf-abh-system"
MONEY, INTEGRATOR, ADMIN = "waf-funding-officer", "waf-integrator", "waf-admin"
AUTHORITY = "waf-abh"
IN_THE_CASE, RELEASED, REFUSED, WAITING = 0, 1, 2, 3
OK = 200
NOT_ASKED = (b"QUERY_TOO_", b"TOO_MANY_", b'"GRAPHQL_')
PARTS = frozenset({"contact", "address", "residence", "educationWork"})
IDS_MAX = 2
AT_ONCE = 6
CONTRACTS = {
    part: json.loads((PROJECT_DIR / "services" / part / "contracts/openapi.json").read_text())
    for part in SERVICES
}


@dataclass
class Trial:
    """What is written about one person, with the ids of where it stands."""

    people: Client
    canaries: Canaries = field(default_factory=Canaries)
    ids: dict[str, list[str]] = field(default_factory=dict)
    leaks: set[tuple[str, Mark]] = field(default_factory=set)

    async def post(self, part: str, path: str, body: Any, persona: str = ANNA) -> Any:
        return (await self.people.post(persona, part, path, body, key=uuid4().hex)).accepted

    async def act(self, path: str, persona: str) -> Any:
        seen = (
            await self.people.get(persona, "referrals", path.rpartition("/actions")[0])
        ).accepted
        key, version = uuid4().hex, f'"{seen["version"]}"'
        answer = await self.people.post(persona, "referrals", path, {}, key=key, version=version)
        return answer.accepted

    def word(self, path: str) -> str:
        return self.canaries.word(Mark(IN_THE_CASE, path))

    def note(self, name: str, record: str) -> None:
        known = self.ids.setdefault(name, [])
        if record not in known:
            known.append(record)

    def judge(self, channel: str, content: bytes, *, may_carry: bool = False) -> set[Mark]:
        """Nothing may be found; where content may be carried, only what was released."""
        found = {mark for mark in self.canaries.in_(content) if isinstance(mark, Mark)}
        self.leaks |= {
            (channel, mark) for mark in found if not (may_carry and mark.referral == RELEASED)
        }
        return found


@pytest.fixture
async def trial(people: Client) -> AsyncIterator[Trial]:
    """The authority has bound itself to secrecy while the trial runs, and can be sent to."""
    path = f"/v1/org-units/{AUTHORITY}"
    found = (await people.get(ADMIN, "referrals", path)).accepted
    await keep(people, path, found | {"commitment78SignedOn": "2022-01-10"})
    yield Trial(people)
    await keep(people, path, found)


async def keep(people: Client, path: str, unit: dict[str, Any]) -> None:
    seen = (await people.get(ADMIN, "referrals", path)).accepted
    known = CONTRACTS["referrals"]["components"]["schemas"]["OrgUnitBody"]["properties"]
    body = {name: value for name, value in unit.items() if name in known}
    version = f'"{seen["version"]}"'
    (await people.put(ADMIN, "referrals", path, body, version=version)).raise_for_refusal()


async def write_a_case(trial: Trial) -> None:
    person = {
        "familyName": f"{trial.word('familyName')} Şahin",
        "givenNames": trial.word("givenNames"),
        "birthDate": trial.canaries.birth_date(Mark(IN_THE_CASE, "birthDate")),
    }
    opening = {
        "origin": "SELF_CONTACT",
        "language": "ukr",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [{"role": "CLIENT", "person": person}],
    }
    case = await trial.post("cases", "/v1/cases", opening)
    below = f"/v1/cases/{case['id']}"
    today = berlin_date(now()).isoformat()
    note = {"kind": "FILE", "text": f"Sagt: {trial.word('note')}.", "heldOn": today}
    task = {"title": f"Anrufen: {trial.word('task')}", "dueOn": today}
    document = {"title": trial.word("document.title"), "kind": "CERTIFICATE"}
    made = {
        name: await trial.post("cases", f"{below}/{name}s", body)
        for name, body in (("note", note), ("task", task), ("document", document))
    }
    content = b"%PDF-1.7\n" + trial.word("document.content").encode()
    path = f"/v1/documents/{made['document']['id']}/content"
    (await trial.people.upload(ANNA, "cases", path, content)).raise_for_refusal()
    for name, record in made.items():
        trial.note(f"{name}_id", record["id"])
        trial.note({"note": "Note", "task": "Task", "document": "CaseDocument"}[name], record["id"])
    for name, value in (("case_id", case["id"]), ("person_id", case["personId"])):
        trial.note(name, value)
        trial.note("record_id", value)
    trial.note("Case", case["id"])
    trial.note("Person", case["personId"])
    trial.note("any", case["id"])


async def refer(trial: Trial, number: int) -> None:
    """To the authority: released and accepted, released and waiting, or refused by the head."""
    content = content_of(trial.canaries, number, PARTS)
    body = application_of(trial.canaries, number, AUTHORITY, content)
    written = await trial.post("referrals", "/v1/referrals", body)
    path = f"/v1/referrals/{written['id']}"
    attached = {"name": f"{trial.word('attachment')}.pdf", "category": "identity"}
    if number == REFUSED:
        attachment = await trial.post("referrals", f"{path}/attachments", attached)
        trial.note("attachment_id", attachment["id"])
    decision = {
        "referralId": written["id"],
        "recipientUnit": AUTHORITY,
        "outcome": "REFUSE" if number == REFUSED else "RELEASE",
        "ground": "AUFENTHG_87_1",
        "fields": paths_of(content),
        "clientInformed": True,
        "reason": f"Anfrage, {trial.word('decision.reason')}",
    }
    decided = await trial.post("referrals", "/v1/disclosure-decisions", decision, HEAD)
    trial.note("decision_id", decided["id"])
    for name in ("referral_id", "record_id", "Referral", "any"):
        trial.note(name, written["id"])
    submit = f"{path}/actions/submit"
    sent = await trial.people.post(
        ANNA, "referrals", submit, {}, key=uuid4().hex, version=f'"{written["version"]}"'
    )
    assert (sent.status == OK) == (number != REFUSED), sent.body
    if number == RELEASED:
        await trial.act(f"{path}/actions/pull", OFFICER)
        await trial.act(f"{path}/actions/accept", OFFICER)
    if number == WAITING:  # the same once more: a constraint of the database refuses it
        again = await trial.post("referrals", "/v1/referrals", body)
        trial.note("referral_id", again["id"])
        copy = decision | {"referralId": again["id"]}
        await trial.post("referrals", "/v1/disclosure-decisions", copy, HEAD)
        refused = await trial.people.post(
            ANNA, "referrals", f"/v1/referrals/{again['id']}/actions/submit", {},
            key=uuid4().hex, version=f'"{again["version"]}"',
        )  # fmt: skip
        assert refused.problem == "referral-is-pending", refused.body


async def ask_everything(trial: Trial) -> set[Mark]:
    """The authority, person and system in turn, at the doors of all services and the gateway.

    Answers what it was told.
    """
    seen: set[Mark] = set()
    places = asyncio.Semaphore(AT_ONCE)
    turn = 0

    async def ask(persona: str, part: str, path: str, place: str) -> None:
        async with places:
            answer = await trial.people.get(persona, part, place)
        _learn(trial, part, path, answer)
        carries = part == "referrals" and path in CONTENT
        seen.update(trial.judge(f"{persona}: {part}{path}", answer.body, may_carry=carries))

    for part, contract in CONTRACTS.items():
        asked: set[str] = set()
        for _ in range(2):  # what the lists name is asked for in the second round
            todo = [one for one in paths(contract, trial.ids) if one[1] not in asked]
            asked |= {place for _, place in todo}
            jobs = []
            for path, place in todo:
                turn += 1
                jobs.append(ask((OFFICER, MACHINE)[turn % 2], part, path, place))
                if part == "funding":
                    jobs.append(ask(MONEY, part, path, place))
                elif path not in CONTENT and part == "referrals":
                    jobs.append(ask((ANNA, INTEGRATOR)[turn % 2], part, path, place))
            await asyncio.gather(*jobs)
    return seen


def _learn(trial: Trial, part: str, path: str, answer: Answer) -> None:
    parameter = one_of(CONTRACTS[part], path)
    if parameter is None or answer.is_refused or b'"items"' not in answer.body:
        return
    for item in answer.document["items"][:IDS_MAX]:
        for member in ("id", parameter):
            if member in item:
                trial.note(parameter, str(item[member]))


async def ask_the_gateway(trial: Trial, persona: str) -> list[bytes]:
    """The answers to each field of the schema, to depth three."""
    places = asyncio.Semaphore(AT_ONCE)

    async def ask(query: str) -> bytes:
        async with places:
            body, key = {"query": query}, uuid4().hex
            answer = await trial.people.post(persona, "gateway", "/graphql", body, key=key)
        assert answer.status == OK, f"{query}: {answer.body.decode()}"
        assert not any(code in answer.body for code in NOT_ASKED), answer.body.decode()
        return answer.body

    queries = list(operations(schema._schema, trial.ids))
    return await asyncio.gather(*map(ask, queries))


async def everything_on_the_broker(system: LocalSystem) -> bytes:
    client = await connect(Installation(system.settings).nats.url, name="tests")
    try:
        streams = client.jetstream()
        last = (await streams.stream_info(STREAM)).state.last_seq
        reading = await streams.subscribe("kim.>", ordered_consumer=True)
        found = b""
        while True:
            message = await reading.next_msg(timeout=10)
            found += message.subject.encode() + repr(message.headers).encode() + message.data
            if message.metadata.sequence.stream >= last:
                return found
    finally:
        await client.close()


async def test_f17_nothing_leaks_from_the_whole_system(
    trial: Trial, people: Client, demo_system: LocalSystem, tmp_path: Path
) -> None:
    endpoint = {"url": f"{address(PORTS[5])}/hook", "description": "F", "includesOwn": True}
    log = tmp_path / "heard"
    async with (
        receiving(PORTS[5], log),
        listening(demo_system.settings.gateway_url, people, (OFFICER, MACHINE, ADMIN)) as live,
    ):
        await trial.post("referrals", "/v1/webhook-endpoints", endpoint, MACHINE)
        await write_a_case(trial)
        for number in (RELEASED, REFUSED, WAITING):
            await refer(trial, number)

        async def the_acceptance_is_heard() -> bool:
            heard = [one["body"] for one in deliveries(log)]
            return any("referral-accepted" in one for one in heard)

        await until(the_acceptance_is_heard)
        await live.until_heard(OFFICER, b"referral-accepted")
    export = {"encoding": "utf-8"}  # refused where everything is handed over already
    await people.post(MONEY, "funding", "/v1/finance-exports", export, key=uuid4().hex)
    told = await ask_everything(trial)
    assert {mark.path for mark in told if mark.referral == RELEASED} >= {"identity.familyName"}
    for persona in (OFFICER, MACHINE):
        for answer in await ask_the_gateway(trial, persona):
            trial.judge(f"{persona}: gateway", answer, may_carry=True)
    known = trial.canaries.in_(b"\n".join(await ask_the_gateway(trial, ANNA)))
    reached = {mark.path for mark in known if isinstance(mark, Mark)}
    assert reached >= {"familyName", "note", "task", "document.title", "identity.familyName"}
    trial.judge("broker", await everything_on_the_broker(demo_system))
    trial.judge("webhook", log.read_bytes())
    for persona, heard in live.heard.items():
        trial.judge(f"{persona}: live", heard, may_carry=persona in {OFFICER, MACHINE})
    for written in demo_system.settings.log_dir.glob("*.log"):
        trial.judge(f"log of {written.stem}", written.read_bytes())
    assert trial.leaks == set()
