"""The steps of a walk: what sender and recipient do, what others do to them, and what time does."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from services.referrals.operations.erasing import erase_case
from shared.kernel.caller import system_caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from tests.services.referrals.channels.person import application_of, consent_of, content_of
from tests.services.referrals.channels.walks import (
    ATTACHED,
    Decision,
    Script,
    Walk,
    begin,
    decide,
    enclosed,
    message_to,
)
from tests.services.referrals.channels.world import AUTHORITY, MACHINE, OFFICER, World


async def walk(world: World, script: Script) -> Walk:
    """From the draft through all steps of the script; a refused step is part of the walk."""
    found = await begin(world, script)
    if script.decision in {Decision.BY_THE_HEAD, Decision.REFUSED_BY_THE_HEAD}:
        await decide(found, "RELEASE" if script.decision is Decision.BY_THE_HEAD else "REFUSE")
    for step in script.steps:
        await STEPS[step](found)
    return found


async def submit(walk: Walk) -> None:
    answer = await walk.act(walk.sender, "submit")
    if answer.is_success:
        walk.release(walk.enclosed)


async def accept(walk: Walk) -> None:
    unit_id = walk.document["recipientUnit"]
    answer = await walk.act(walk.recipient, "accept")
    if answer.is_success and unit_id == AUTHORITY:
        walk.world.accepted.add(walk.number)


async def rehearse_acceptance(walk: Walk) -> None:
    """A dry run shows what would be answered; nothing is accepted by it."""
    path = f"{walk.path}/actions/accept?dryRun=true"
    await walk.recipient.post(path, {}, version=walk.document["version"])


async def forward(walk: Walk) -> None:
    await walk.act(walk.recipient, "forward", {"recipientUnit": AUTHORITY})


async def amend(walk: Walk) -> None:
    """Everything is said anew; what is enclosed names what was enclosed before."""
    content = content_of(walk.world.canaries, walk.number, walk.script.parts)
    recipient = walk.document["recipientUnit"]
    consent = consent_of(walk.world.canaries, walk.number, recipient, content)
    body = {"reason": "CORRECTION", "content": content, "legalGround": {"consent": consent}}
    if walk.enclosed:
        body["disclosureDecision"] = enclosed(walk)
    await walk.act(walk.sender, "amend", body)


async def say(walk: Walk) -> None:
    to_recipient = message_to(walk.document["recipientUnit"])
    for desk, path in ((walk.sender, to_recipient), (walk.recipient, "message.recipient")):
        if desk.token in {walk.world.token_for(one) for one in (OFFICER, MACHINE)}:
            continue  # what the authority says itself it may read
        text = f"Kommt am Montag, {walk.word(path)}"
        await desk.post(f"{walk.path}/messages", {"body": text})


async def attach(walk: Walk) -> None:
    body = {"name": f"{walk.word(ATTACHED)}.pdf", "category": "identity"}
    answer = await walk.sender.post(f"{walk.path}/attachments", body)
    if not answer.is_success:
        return
    attachment = answer.json()["id"]
    walk.world.note("attachment_id", attachment)
    await walk.sender.client.put(
        f"/v1/attachments/{attachment}/content",
        content=b"%PDF-1.7\n" + walk.word(ATTACHED).encode() + b"\n%%EOF",
        headers={"Authorization": f"Bearer {walk.sender.token}"},
    )
    await walk.look()


async def link(walk: Walk) -> None:
    answer = await walk.sender.post(f"{walk.path}/access-links")
    if answer.is_success:
        await walk.world.http.get(answer.json()["url"])


async def propose(walk: Walk) -> None:
    day = {"noteCode": "CAPACITY_FROM_DATE", "startsOn": "2099-01-01"}
    if (await walk.act(walk.recipient, "propose", day)).is_success:
        await walk.act(walk.sender, "answer-proposal", {"accept": True})


async def assign(walk: Walk) -> None:
    if walk.document["recipientUnit"] != AUTHORITY:
        await walk.act(walk.recipient, "assign", {"assignee": f"dev|{walk.word('assignee')}"})


async def reject(walk: Walk) -> None:
    """And the sender's answer to it: a corrected copy, which is a referral of its own."""
    said = "" if walk.document["recipientUnit"] == AUTHORITY else walk.word("problem.detail")
    problems = {"problems": [{"reason": "capacity", "detail": f"Im Sommer wieder. {said}"}]}
    if (await walk.act(walk.recipient, "reject", problems)).is_success:
        copy = await walk.sender.act(walk.document, "answer-rejection", {"submit": True})
        if copy.is_success:
            walk.world.note("referral_id", copy.json()["id"])


async def mistake(walk: Walk) -> None:
    """Bodies that are refused: the problem repeats nothing of what it refuses."""
    wrong = application_of(walk.world.canaries, walk.number, AUTHORITY, walk.content)
    name = walk.word("mistake")
    for part, value in (
        ("place", {"ags": name}),
        ("content", walk.content | {"health": {"summary": name}}),
        ("content", {"identity": {"familyName": f"{name}\u0000"}}),
        ("subjectReference", f"{name} mit Leerzeichen"),
        ("disputedFields", [name]),
    ):
        await walk.sender.post("/v1/referrals", wrong | {part: value, "submit": True})
    for path in ("/v1/referrals?state=", "/v1/inbox?after=", "/v1/events?type[in]="):
        await walk.recipient.get(path + name)
    headers = {"Authorization": f"Bearer {name}"}
    await walk.world.http.get(walk.path, headers=headers)


async def revoke(walk: Walk) -> None:
    ground = walk.document["sending"]["legalGround"]
    reference = ground["consent"]["reference"] if ground else None
    await walk.sender.post("/v1/consent-revocations", {"consentReference": reference})
    await walk.look()


async def erase(walk: Walk) -> None:
    caller = system_caller(tenant_id="05570", unit_id="waf-cm", part="tests")
    async with walk.world.database.transaction(caller) as tx:
        await erase_case(tx, case_id=UUID(walk.case_id), erasure_id=new_id())
    await walk.look()


async def wait(walk: Walk) -> None:
    """Four weeks: reminded, brought before deputies, expired."""
    for days in (4, 15, 28):
        await do_due_work(walk.world.database, Terms(), now() + timedelta(days=days))
    await walk.look()


Step = Callable[[Walk], Awaitable[Any]]


def _by(side: str, action: str, body: Any = None) -> Step:
    async def step(walk: Walk) -> None:
        await walk.act(walk.sender if side == "sender" else walk.recipient, action, body)

    return step


STEPS: Final[dict[str, Step]] = {
    "submit": submit,
    "pull": _by("recipient", "pull"),
    "review": _by("recipient", "start-review"),
    "rehearse": rehearse_acceptance,
    "accept": accept,
    "forward": forward,
    "amend": amend,
    "say": say,
    "attach": attach,
    "link": link,
    "propose": propose,
    "assign": assign,
    "hold": _by("recipient", "hold", {"reason": "WAITING_FOR_PERSON"}),
    "resume": _by("recipient", "resume"),
    "reject": reject,
    "withdraw": _by("sender", "withdraw", {"reason": "NO_LONGER_NEEDED"}),
    "begin": _by("recipient", "start-service", {"firstContactOn": "2026-01-05"}),
    "complete": _by("recipient", "complete", {"outcome": "SERVICE_STARTED"}),
    "return": _by("recipient", "return", {"outcome": "NO_SHOW"}),
    "decide": lambda walk: decide(walk, "RELEASE"),
    "refuse": lambda walk: decide(walk, "REFUSE"),
    "mistake": mistake,
    "revoke": revoke,
    "erase": erase,
    "wait": wait,
}
