"""Write a referral down and send it, once however often it is asked."""

import jsonschema

from deploy.partnerkit.checks.frame import Area, Failed, World, check, must, so
from deploy.partnerkit.http import ask
from shared.kernel.text import Text


@check(
    Area.SENDING,
    "Das JSON-Schema der Art nimmt die Zusteuerung an, ohne Token lesbar",
    "The JSON Schema of the type takes the referral, readable without a token",
)
def schema(world: World) -> None:
    url = f"{world.partner.base_url}/v1/schemas/{world.referral['mode']}"
    found = must(ask("GET", url), 200).document
    try:
        jsonschema.validate(world.body(), found)
        jsonschema.validate(found["examples"][0], found)
    except jsonschema.ValidationError as misfit:
        place = "/".join(map(str, misfit.absolute_path))
        raise Failed(
            Text(
                f"Passt nicht: {misfit.validator} bei /{place}.",
                f"Does not fit: {misfit.validator} at /{place}.",
            )
        ) from misfit


@check(
    Area.SENDING,
    "Ohne Idempotency-Key nimmt der Dienst keinen POST einer Maschine",
    "Without an Idempotency-Key no POST of a machine is taken",
)
def no_key(world: World) -> None:
    must(world.partner.post("/v1/referrals", world.body()), 400, "idempotency-key-missing")


@check(
    Area.SENDING,
    "Ein Probelauf (?dryRun=true) antwortet und speichert nichts",
    "A dry run (?dryRun=true) answers and stores nothing",
)
def dry_run(world: World) -> None:
    body = world.body()
    reply = must(world.partner.post("/v1/referrals?dryRun=true", body), 200)
    so(reply.document["isDryRun"] is True, "isDryRun fehlt.", "isDryRun is missing.")
    would_be = reply.document["result"]["id"]
    must(world.partner.get(f"/v1/referrals/{would_be}"), 404)


@check(Area.SENDING, "Eine Zusteuerung wird gesendet", "A referral is sent")
def send(world: World) -> None:
    body, key = world.body(), world.key()
    reply = must(world.partner.post("/v1/referrals", body, idempotency_key=key), 201)
    sent = reply.document
    world.found |= {"body": body, "key": key, "reply": reply, "sent": sent}
    world.sent.append(sent["id"])
    so(sent["state"] == "SUBMITTED", f"Zustand {sent['state']}.", f"State {sent['state']}.")
    so(
        reply.headers.get("location") == f"/v1/referrals/{sent['id']}",
        "Location nennt die Zusteuerung nicht.",
        "Location does not name the referral.",
    )
    so(reply.version == f'"{sent["version"]}"', "ETag fehlt.", "ETag is missing.")


@check(
    Area.SENDING,
    "Derselbe Schlüssel mit demselben Inhalt: dieselbe Antwort, nichts doppelt",
    "The same key with the same body: the same answer, nothing twice",
)
def replay(world: World) -> None:
    body, key = world.found["body"], world.found["key"]
    again = must(world.partner.post("/v1/referrals", body, idempotency_key=key), 201)
    so(
        again.body == world.found["reply"].body,
        "Die Antwort ist eine andere.",
        "The answer is another one.",
    )
    so(
        again.headers.get("idempotency-replayed") == "true",
        "Idempotency-Replayed fehlt.",
        "Idempotency-Replayed is missing.",
    )


@check(
    Area.SENDING,
    "Derselbe Schlüssel mit anderem Inhalt wird abgewiesen",
    "The same key with another body is refused",
)
def key_conflict(world: World) -> None:
    other = world.found["body"] | {"urgency": "URGENT"}
    reply = world.partner.post("/v1/referrals", other, idempotency_key=world.found["key"])
    must(reply, 422, "idempotency-conflict")


@check(
    Area.SENDING,
    "Zweimal dieselbe Person und Leistung wartet nicht",
    "The same person and service does not wait twice",
)
def pending(world: World) -> None:
    reply = world.partner.post("/v1/referrals", world.found["body"], idempotency_key=world.key())
    must(reply, 409, "referral-is-pending")
