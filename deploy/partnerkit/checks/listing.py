"""Lists, versions and the feed: what software stays in step by."""

from typing import Any
from urllib.parse import quote

from deploy.partnerkit.checks.frame import Area, World, check, must, so, soon
from deploy.partnerkit.http import Client

PAGES_MAX = 400


def _pages(client: Client, path: str, *, first: int) -> list[Any]:
    """Every item, page by page. Raises Failed when it does not end."""
    items: list[Any] = []
    after: str | None = ""
    for _ in range(PAGES_MAX):
        more = f"&after={after}" if after else ""
        page = must(client.get(f"{path}&first={first}{more}"), 200).document
        items += page["items"]
        after = page["nextCursor"]
        if after is None:
            break
    so(after is None, "Die Liste endet nicht.", "The list does not end.")
    return items


@check(
    Area.LISTING,
    "Seiten mit Cursor: alles einmal, die gesendete dabei",
    "Pages by cursor: everything once, what was sent among it",
)
def pages(world: World) -> None:
    for _ in range(2):
        world.send()
    wanted = ",".join(world.sent)
    found = [one["id"] for one in _pages(world.partner, f"/v1/outbox?id[in]={wanted}", first=1)]
    so(
        sorted(found) == sorted(world.sent),
        f"{len(found)} statt {len(world.sent)}.",
        f"{len(found)} instead of {len(world.sent)}.",
    )


@check(
    Area.LISTING,
    "Ein unbekannter Filter wird abgewiesen, nie überhört",
    "An unknown filter is refused, never ignored",
)
def unknown_filter(world: World) -> None:
    must(world.partner.get("/v1/outbox?staet=SUBMITTED"), 400, "filter-unknown")
    must(world.partner.get("/v1/outbox?state=LOST"), 400, "filter-unreadable")
    must(world.partner.get("/v1/outbox?after=%25%25"), 400, "cursor-unreadable")


@check(
    Area.LISTING,
    "updatedSince zeigt, was sich seither geändert hat",
    "updatedSince shows what has changed since",
)
def updated_since(world: World) -> None:
    first = world.partner.get(f"/v1/referrals/{world.sent[0]}").document
    last = world.send()
    since = quote(last["updatedAt"])
    items = _pages(world.partner, f"/v1/outbox?updatedSince={since}", first=100)
    found = {one["id"] for one in items}
    so(last["id"] in found, "Die neueste fehlt.", "The newest is missing.")
    so(
        first["id"] not in found or first["updatedAt"] >= last["updatedAt"],
        "Eine ältere ist dabei.",
        "An older one is among them.",
    )


@check(Area.LISTING, "fields= kürzt die Antwort", "fields= narrows the answer")
def fields(world: World) -> None:
    path = f"/v1/outbox?id={world.sent[0]}&fields=state"
    item = must(world.partner.get(path), 200).document["items"][0]
    so(set(item) == {"id", "state"}, f"Felder {sorted(item)}.", f"Members {sorted(item)}.")


@check(
    Area.LISTING,
    "Wer die Fassung schon hat, bekommt 304",
    "Who has the version already gets 304",
)
def not_modified(world: World) -> None:
    path = f"/v1/referrals/{world.sent[0]}"
    read = must(world.partner.get(path), 200)
    must(world.partner.get(path, if_none_match=read.version), 304)


@check(
    Area.LISTING,
    "Ein Schritt braucht If-Match mit der gesehenen Fassung",
    "A step needs If-Match with the version that was seen",
)
def if_match(world: World) -> None:
    sent = world.send()
    path = f"/v1/referrals/{sent['id']}/actions/withdraw"
    body = {"reason": "SENT_BY_MISTAKE"}
    post = world.partner.post
    must(post(path, body, idempotency_key=world.key()), 428, "version-missing")
    stale = post(path, body, idempotency_key=world.key(), if_match='"1"')
    must(stale, 412, "stale-version")
    reply = must(world.step(world.partner, sent, "withdraw", body), 200)
    so(reply.document["state"] == "WITHDRAWN", "Nicht zurückgezogen.", "Not withdrawn.")


@check(
    Area.LISTING,
    "Die Ereignisse der Zusteuerung, in Reihenfolge, nach dem Cursor nichts doppelt",
    "The events of the referral, in order, nothing twice behind the cursor",
)
def feed(world: World) -> None:
    sent = world.send()
    must(world.step(world.partner, sent, "withdraw", {"reason": "SENT_BY_MISTAKE"}), 200)
    path = f"/v1/events?subject={sent['id']}"
    # What is not yet committed everywhere comes a little later.
    told = soon(world, lambda: _pages(world.partner, path, first=1), lambda found: len(found) > 1)
    kinds = [one["type"].removeprefix("kim.referrals.") for one in told]
    wanted = ["referral-submitted.v1", "referral-withdrawn.v1"]
    so(kinds == wanted, f"Ereignisse {kinds}.", f"Events {kinds}.")
    behind = f"{path}&after={told[0]['cursor']}"
    rest = must(world.partner.get(behind), 200).document["items"]
    so(
        [one["id"] for one in rest] == [told[1]["id"]],
        "Der Cursor setzt nicht dahinter fort.",
        "The cursor does not go on behind it.",
    )
    end = must(world.partner.get(f"/v1/events?after={told[1]['cursor']}"), 200).document
    so(
        all(one["id"] not in {told[0]["id"], told[1]["id"]} for one in end["items"]),
        "Ein Ereignis kam zweimal.",
        "An event came twice.",
    )
