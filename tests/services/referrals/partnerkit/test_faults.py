"""A check that cannot fail proves nothing: each notices a server that breaks its promise."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from deploy.partnerkit import http
from deploy.partnerkit.checks import CHECKS, Outcome, World, run
from deploy.partnerkit.http import Reply
from deploy.partnerkit.receiver import Arrival, Receiver

Fault = Callable[[Reply], Reply]
# What a check builds on.
BEFORE = {
    "replay": ("send",),
    "key_conflict": ("send",),
    "pending": ("send",),
    "pull": ("inbox",),
    "accept": ("inbox", "pull"),
    "test_event": ("endpoint",),
    "signature_base": ("endpoint", "test_event"),
    "event": ("endpoint",),
    "redelivery": ("endpoint", "event"),
    "remove": ("endpoint",),
}


def status(before: int, after: int) -> Fault:
    return lambda reply: replace(reply, status=after) if reply.status == before else reply


def without(header: str) -> Fault:
    return lambda reply: replace(
        reply, headers={name: v for name, v in reply.headers.items() if name != header}
    )


def document(change: Callable[[dict[str, Any]], None]) -> Fault:
    def alter(reply: Reply) -> Reply:
        found = reply.document
        if not isinstance(found, dict) or not found:
            return reply
        change(found)
        return replace(reply, body=json.dumps(found).encode())

    return alter


def member(name: str, value: Any) -> Fault:
    def change(found: dict[str, Any]) -> None:
        if name in found:
            found[name] = value

    return document(change)


def items(change: Callable[[list[Any]], list[Any]]) -> Fault:
    def alter(found: dict[str, Any]) -> None:
        if "items" in found:
            found["items"] = change(found["items"])

    return document(alter)


def bodies(before: bytes, after: bytes) -> Fault:
    return lambda reply: replace(reply, body=reply.body.replace(before, after))


class Forged(Receiver):
    """What arrives is not what was signed."""

    def of(self, event_type: str) -> list[Arrival]:
        return [replace(one, body=one.body + b" ") for one in super().of(event_type)]


class Deaf(Receiver):
    """Nothing arrives."""

    def of(self, event_type: str) -> list[Arrival]:
        return []


FAULTS: list[tuple[str, Fault | type[Receiver]]] = [
    ("no_token", without("www-authenticate")),
    ("no_token", status(401, 200)),
    ("token_by_secret", member("token_type", "mac")),
    ("token_by_key", status(200, 401)),
    ("wrong_secret", status(401, 200)),
    ("changed_token", status(401, 200)),
    ("schema", member("required", ["nonsense"])),
    ("no_key", status(400, 201)),
    ("dry_run", status(404, 200)),
    ("send", without("location")),
    ("replay", without("idempotency-replayed")),
    ("replay", lambda reply: replace(reply, body=reply.body + b" " * len(reply.headers))),
    ("key_conflict", status(422, 201)),
    ("pending", status(409, 201)),
    ("unknown_member", bodies(b"/kundennummerAlt", b"/")),
    ("unknown_member", bodies(b'"requestId"', b'"kundennummerAlt 4711"')),
    ("unreadable", status(415, 400)),
    ("guard", member("guards", ["consent-names-recipient"])),
    ("languages", member("title", "Not found.")),
    ("not_found", status(404, 403)),
    ("request_log", items(lambda _: [])),
    ("pages", member("nextCursor", None)),
    ("unknown_filter", status(400, 200)),
    ("updated_since", items(lambda found: found[1:])),
    ("fields", items(lambda found: [one | {"topic": "FAMILY"} for one in found])),
    ("not_modified", status(304, 200)),
    ("if_match", status(412, 200)),
    ("if_match", status(428, 200)),
    ("feed", items(lambda found: [one | {"type": "x"} for one in found])),
    ("inbox", member("content", {"identity": {"pseudonym": "Testperson"}})),
    ("pull", member("allowedActions", [])),
    ("accept", member("content", {"identity": {}})),
    ("reject", member("problems", [])),
    ("race", status(409, 200)),
    ("endpoint", bodies(b'"secret":null', b'"secret":"whsec_"')),
    ("test_event", Forged),
    ("test_event", Deaf),
    ("signature_base", member("base", "x")),
    ("event", Forged),
    ("event", Deaf),
    ("redelivery", status(200, 409)),
    ("remove", status(404, 200)),
]


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Fault]]:
    """What is wrong now; nothing at the beginning."""
    wrong: dict[str, Fault] = {}
    honest = http._reply

    def reply(*given: Any) -> Reply:
        found = honest(*given)
        for alter in wrong.values():
            found = alter(found)
        return found

    monkeypatch.setattr(http, "_reply", reply)
    yield wrong
    wrong.clear()


@pytest.mark.parametrize(("name", "fault"), FAULTS, ids=[name for name, _ in FAULTS])
def test_a_check_notices_a_broken_promise(
    mock_url: str,
    world_at: Callable[[str], World],
    faulty: dict[str, Fault],
    name: str,
    fault: Fault | type[Receiver],
) -> None:
    # Whoever waits in vain need not wait long; whoever is told wrongly must have been told.
    kind = fault if isinstance(fault, type) else Receiver
    wait_s = 20 if kind is Forged else 0.5
    with kind() as receiver:
        world = replace(world_at(mock_url), receiver=receiver)
        world.receiver_url = f"http://127.0.0.1:{receiver.port}/kim"
        world.partner.sign_in()
        world.other().sign_in()
        before = [one for one in CHECKS if one.name in BEFORE.get(name, ())]
        outcomes = [one.outcome for one in run(before, world)]
        assert set(outcomes) <= {Outcome.OK}
        world.wait_s = wait_s
        if not isinstance(fault, type):
            faulty["now"] = fault
        (result,) = run([one for one in CHECKS if one.name == name], world)
    assert result.outcome is Outcome.FAILED, name
    assert result.sentence is not None
    if kind is Forged:
        assert "signature" in result.sentence.en


def test_every_check_was_seen_to_fail() -> None:
    assert {name for name, _ in FAULTS} == {one.name for one in CHECKS}
