"""What is refused is said in one form (RFC 9457), with a code to act on."""

from uuid import uuid4

from deploy.partnerkit.checks.frame import Area, World, check, must, so, soon

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "requestId"}


@check(
    Area.PROBLEMS,
    "Ein unbekanntes Feld wird mit seiner Stelle genannt",
    "An unknown member is named with its place",
)
def unknown_member(world: World) -> None:
    body = world.body(kundennummerAlt="4711")
    reply = world.partner.post("/v1/referrals", body, idempotency_key=world.key())
    problem = must(reply, 422, "fields-refused").document
    so(
        {"pointer": "/kundennummerAlt", "code": "extra-forbidden"}.items()
        <= problem["errors"][0].items(),
        f"errors nennt {problem['errors']}.",
        f"errors names {problem['errors']}.",
    )
    lacking = MEMBERS - problem.keys()
    so(not lacking, f"Es fehlen {sorted(lacking)}.", f"Lacking {sorted(lacking)}.")
    so(
        "4711" not in reply.body.decode(),
        "Die Antwort wiederholt den Wert.",
        "The answer repeats the value.",
    )


@check(
    Area.PROBLEMS,
    "Kein JSON, falscher Inhaltstyp: je ein eigener Code",
    "No JSON, a wrong content type: a code of its own each",
)
def unreadable(world: World) -> None:
    post, key = world.partner.post, world.key
    must(post("/v1/referrals", b"{", idempotency_key=key()), 400, "body-unreadable")
    reply = post("/v1/referrals", b"a=1", idempotency_key=key(), content_type="text/plain")
    must(reply, 415, "media-type-unsupported")


@check(
    Area.PROBLEMS,
    "Eine fehlende Voraussetzung wird beim Namen genannt",
    "A missing precondition is called by its name",
)
def guard(world: World) -> None:
    ground = world.referral["legalGround"]
    consent = ground["consent"] | {"validTo": ground["consent"]["givenOn"]}
    body = world.body(legalGround=ground | {"consent": consent})
    reply = world.partner.post("/v1/referrals", body, idempotency_key=world.key())
    guards = must(reply, 422, "guard-failed").document["guards"]
    so(guards == ["consent-holds-today"], f"guards {guards}.", f"guards {guards}.")


@check(
    Area.PROBLEMS,
    "Sätze auf Deutsch oder Englisch, der Code bleibt",
    "Sentences in German or English, the code stays",
)
def languages(world: World) -> None:
    path = f"/v1/referrals/{uuid4()}"
    german = world.partner.get(path, accept_language="de-DE").document
    english = world.partner.get(path, accept_language="en").document
    so(
        (german["title"], english["title"]) == ("Nicht gefunden.", "Not found."),
        f"Titel {german['title']!r} und {english['title']!r}.",
        f"Titles {german['title']!r} and {english['title']!r}.",
    )
    so(german["code"] == english["code"], "Zwei Codes.", "Two codes.")


@check(
    Area.PROBLEMS,
    "Unbekanntes und Fremdes sehen gleich aus: 404",
    "What is unknown and what is another's look alike: 404",
)
def not_found(world: World) -> None:
    must(world.partner.get(f"/v1/referrals/{uuid4()}"), 404, "not-found")
    must(world.partner.get("/v1/no-such-thing"), 404)


@check(
    Area.PROBLEMS,
    "Was schiefging, steht 90 Tage im Anfrage-Protokoll, ohne Inhalt",
    "What went wrong stands in the request log for 90 days, without content",
)
def request_log(world: World) -> None:
    asked = world.partner.get(f"/v1/referrals/{uuid4()}")
    request_id = asked.headers["x-request-id"]
    path = f"/v1/request-log?requestId={request_id}"
    # It is written when the answer has gone.
    items = soon(world, lambda: must(world.partner.get(path), 200).document["items"], bool)
    so(
        [(one["status"], one["route"]) for one in items] == [(404, "/v1/referrals/{referral_id}")],
        f"Das Protokoll nennt {len(items)} Einträge.",
        f"The log names {len(items)} entries.",
    )
