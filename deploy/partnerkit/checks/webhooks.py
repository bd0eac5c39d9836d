"""Deliveries to a receiver: announced once, signed, provable, sent again on demand."""

from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from deploy.partnerkit.checks.frame import Area, NotAsked, World, check, fail, must, so, soon
from deploy.partnerkit.receiver import Arrival, Receiver
from shared.kernel.text import Text

TEST = "kim.referrals.webhook-test.v1"
SUBMITTED = "kim.referrals.referral-submitted.v1"
PATH = "/v1/webhook-endpoints"


def _receiver(world: World) -> Receiver:
    if world.receiver is None or "endpoint" not in world.found:
        raise NotAsked(
            Text(
                "Ohne Empfangsadresse: hier --receiver-port und --receiver-url nennen.",
                "Without a receiver: name --receiver-port and --receiver-url.",
            )
        )
    return world.receiver


@check(
    Area.WEBHOOKS,
    "Eine Empfangsadresse; ihr Geheimnis steht genau einmal in einer Antwort",
    "An endpoint; its secret stands in one answer and never again",
)
def endpoint(world: World) -> None:
    if world.receiver is None:
        _receiver(world)
    url = world.receiver_url
    body = {"url": url, "description": "partnerkit", "includesOwn": True}
    key = world.key()
    reply = world.partner.post(PATH, body, idempotency_key=key)
    if reply.code == "receiver-address-refused":
        raise NotAsked(
            Text(
                f"Der Dienst liefert nicht an {url}; eine öffentliche https-Adresse mit "
                "--receiver-url nennen oder den Betreiber bitten, sie freizugeben.",
                f"The service does not deliver to {url}; name a public https address with "
                "--receiver-url, or ask the operator to allow it.",
            )
        )
    made = must(reply, 201).document
    world.found |= {"endpoint": made["id"], "secret": made["secret"]}
    so(made["secret"].startswith("whsec_"), "Kein whsec_.", "No whsec_.")
    again = must(world.partner.post(PATH, body, idempotency_key=key), 201).document
    so(again["secret"] is None, "Das Geheimnis kam zweimal.", "The secret came twice.")


@check(
    Area.WEBHOOKS,
    "Das Testereignis kommt an und seine Signatur stimmt",
    "The test event arrives and its signature is right",
)
def test_event(world: World) -> None:
    receiver = _receiver(world)
    path = f"{PATH}/{world.found['endpoint']}/actions/test"
    made = must(world.partner.post(path, idempotency_key=world.key()), 201).document
    arrived = soon(world, lambda: receiver.of(TEST), bool)
    so(arrived, "Nichts kam an.", "Nothing arrived.")
    _prove(world, arrived[0])
    world.found |= {"delivery": made["id"], "arrival": arrived[0]}


@check(
    Area.WEBHOOKS,
    "Die signierten Bytes lassen sich nachlesen",
    "The signed bytes can be looked up",
)
def signature_base(world: World) -> None:
    _receiver(world)
    arrival: Arrival = world.found["arrival"]
    path = f"/v1/webhook-deliveries/{world.found['delivery']}/signature-base"
    found = must(world.partner.get(path), 200).document
    so(found["body"].encode() == arrival.body, "Ein anderer Inhalt.", "Another body.")
    stamp, identity = arrival.headers["webhook-timestamp"], arrival.headers["webhook-id"]
    wanted = f"{identity}.{stamp}.".encode() + arrival.body
    so(found["base"].encode() == wanted, "Eine andere Zeichenfolge.", "Another base.")


@check(
    Area.WEBHOOKS,
    "Ein Ereignis wird zugestellt: Nummern und Codes, sonst nichts",
    "An event is delivered: ids and codes, nothing else",
)
def event(world: World) -> None:
    receiver = _receiver(world)
    sent = world.send()

    def told() -> list[Arrival]:
        return [one for one in receiver.of(SUBMITTED) if sent["id"].encode() in one.body]

    arrived = soon(world, told, bool)
    so(arrived, "Nichts kam an.", "Nothing arrived.")
    envelope = _prove(world, arrived[0])
    so(
        envelope["subject"] == sent["id"] and b"Testperson" not in arrived[0].body,
        "Mehr als Nummern und Codes.",
        "More than ids and codes.",
    )
    world.found["told"] = envelope["id"]


@check(
    Area.WEBHOOKS,
    "Erneut zugestellt: dieselbe webhook-id, frische Zeit und Signatur",
    "Delivered again: the same webhook-id, a fresh time and signature",
)
def redelivery(world: World) -> None:
    receiver = _receiver(world)
    listed = f"{PATH}/{world.found['endpoint']}/deliveries?eventId={world.found['told']}"
    items = soon(
        world,
        lambda: must(world.partner.get(listed), 200).document["items"],
        lambda found: found and found[0]["state"] == "DELIVERED",
    )
    so(items and items[0]["state"] == "DELIVERED", "Nicht zugestellt.", "Not delivered.")
    told = world.found["told"]

    def same() -> list[Arrival]:
        return [one for one in receiver.arrived if one.headers.get("webhook-id") == told]

    before = len(same())
    path = f"/v1/webhook-deliveries/{items[0]['id']}/actions/redeliver"
    must(world.partner.post(path, idempotency_key=world.key()), 200)
    again = soon(world, same, lambda found: len(found) > before)
    so(len(again) > before, "Nichts kam ein zweites Mal.", "Nothing came a second time.")
    _prove(world, again[-1])


@check(Area.WEBHOOKS, "Die Empfangsadresse geht wieder", "The endpoint goes again")
def remove(world: World) -> None:
    _receiver(world)
    path = f"{PATH}/{world.found['endpoint']}"
    version = must(world.partner.get(path), 200).version
    must(world.partner.delete(path, if_match=version, idempotency_key=world.key()), 200)
    must(world.partner.get(path), 404)


def _prove(world: World, arrival: Arrival) -> Any:
    """The event. Raises Failed when the signature is not by the endpoint's secret."""
    try:
        return Webhook(world.found["secret"]).verify(arrival.body, dict(arrival.headers))
    except WebhookVerificationError as wrong:
        fail(f"Signatur falsch: {wrong}.", f"Wrong signature: {wrong}.")
