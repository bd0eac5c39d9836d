"""The recipient's side: find it, pull it, answer it. Played by the system of the other unit."""

from deploy.partnerkit.checks.frame import Area, World, check, must, so
from services.referrals.operations.records import digest_of


@check(
    Area.RECEIVING,
    "Der Posteingang zeigt die Vorschau, nicht den Inhalt",
    "The inbox shows the preview, not the content",
)
def inbox(world: World) -> None:
    other, sent = world.other(), world.send()
    world.found["incoming"] = sent
    path = f"/v1/inbox?id={sent['id']}&state=SUBMITTED"
    items = must(other.get(path), 200).document["items"]
    so([one["id"] for one in items] == [sent["id"]], "Sie fehlt dort.", "It is missing there.")
    read = must(other.get(f"/v1/referrals/{sent['id']}"), 200)
    so(
        read.document["content"] is None and b"Testperson" not in read.body,
        "Der Inhalt ist vor der Annahme lesbar.",
        "The content can be read before acceptance.",
    )


@check(
    Area.RECEIVING,
    "Abholen einmal; danach sagt 409, was noch geht",
    "Pull once; then 409 says what is left",
)
def pull(world: World) -> None:
    other, incoming = world.other(), world.found["incoming"]
    pulled = must(world.step(other, incoming, "pull"), 200).document
    so(pulled["state"] == "DELIVERED", "Nicht abgeholt.", "Not delivered.")
    world.found["incoming"] = pulled
    again = must(world.step(other, pulled, "pull"), 409, "transition-not-allowed").document
    so(
        {"accept", "reject"} <= set(again["allowedActions"]),
        f"allowedActions {again['allowedActions']}.",
        f"allowedActions {again['allowedActions']}.",
    )


@check(
    Area.RECEIVING,
    "Annehmen öffnet den Inhalt; seine Prüfsumme ist die der Absendung",
    "Accepting opens the content; its digest is that of the sending",
)
def accept(world: World) -> None:
    other, incoming = world.other(), world.found["incoming"]
    body = {"payloadDigest": incoming["payloadDigest"]}
    accepted = must(world.step(other, incoming, "accept", body), 200).document
    so(accepted["state"] == "ACCEPTED", "Nicht angenommen.", "Not accepted.")
    read = must(other.get(f"/v1/referrals/{incoming['id']}"), 200).document
    own = digest_of(read["content"], read["disputedFields"], read["secretCategories"])
    so(
        own == incoming["payloadDigest"],
        f"Selbst gerechnet {own}.",
        f"Computed here {own}.",
    )


@check(
    Area.RECEIVING,
    "Eine Ablehnung kommt mit ihren Gründen beim Absender an",
    "A refusal reaches the sender with its reasons",
)
def reject(world: World) -> None:
    other, sent = world.other(), world.send()
    must(world.step(other, sent, "reject", {"problems": []}), 422, "fields-refused")
    body = {"problems": [{"reason": "capacity", "detail": "Frei ab 2027."}]}
    must(world.step(other, sent, "reject", body), 200)
    read = must(world.partner.get(f"/v1/referrals/{sent['id']}"), 200).document
    reasons = [one["type"] for one in read["problems"]]
    so(
        (read["state"], reasons) == ("REJECTED", ["urn:kim:problem:referral:capacity"]),
        f"{read['state']} {reasons}.",
        f"{read['state']} {reasons}.",
    )


@check(
    Area.RECEIVING,
    "Zwei zugleich: einer nimmt an, der andere erfährt den neuen Zustand",
    "Two at once: one accepts, the other learns the new state",
)
def race(world: World) -> None:
    other, sent = world.other(), world.send()
    pulled = must(world.step(other, sent, "pull"), 200).document
    must(world.step(world.partner, pulled, "withdraw", {"reason": "NO_LONGER_NEEDED"}), 200)
    problem = must(world.step(other, pulled, "accept"), 409, "transition-not-allowed").document
    so(problem["state"] == "WITHDRAWN", f"state {problem['state']}.", f"state {problem['state']}.")
