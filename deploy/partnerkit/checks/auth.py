"""Who may come in."""

from deploy.partnerkit.checks.frame import Area, NotAsked, World, check, must, so
from deploy.partnerkit.http import ask
from shared.kernel.text import Text

PROBLEM_JSON = "application/problem+json"


@check(Area.AUTH, "Ohne Token wird niemand eingelassen", "Without a token nobody comes in")
def no_token(world: World) -> None:
    reply = must(ask("GET", world.partner.base_url + "/v1/outbox"), 401)
    kind = reply.headers.get("content-type", "")
    so(kind.startswith(PROBLEM_JSON), f"Inhaltstyp {kind}.", f"Content type {kind}.")
    so(
        "bearer" in reply.headers.get("www-authenticate", "").lower(),
        "WWW-Authenticate fehlt.",
        "WWW-Authenticate is missing.",
    )


@check(Area.AUTH, "Ein Token mit dem Geheimnis des Clients", "A token by the client's secret")
def token_by_secret(world: World) -> None:
    if not world.partner.secret:
        raise NotAsked(Text("Kein --client-secret genannt.", "No --client-secret given."))
    reply = must(world.partner.token_reply(), 200)
    so(
        str(reply.document["token_type"]).lower() == "bearer" and reply.document["expires_in"] > 0,
        "Die Antwort nennt weder Bearer noch Ablauf.",
        "The answer names neither Bearer nor an end.",
    )


@check(
    Area.AUTH,
    "Ein Token mit signierter Zusicherung (private_key_jwt)",
    "A token by private_key_jwt",
)
def token_by_key(world: World) -> None:
    if world.partner.key is None:
        raise NotAsked(Text("Kein --client-key genannt.", "No --client-key given."))
    must(world.partner.token_reply(by_key=True), 200)


@check(Area.AUTH, "Ein falsches Geheimnis gibt kein Token", "A wrong secret gives no token")
def wrong_secret(world: World) -> None:
    reply = world.partner.token_reply(secret="not-the-secret")  # noqa: S106 - that is the point
    so(
        reply.status in {400, 401} and reply.document.get("error") == "invalid_client",
        f"Erhalten {reply.status} {reply.body[:120]!r}.",
        f"Got {reply.status} {reply.body[:120]!r}.",
    )


@check(Area.AUTH, "Ein verändertes Token wird abgewiesen", "A changed token is refused")
def changed_token(world: World) -> None:
    head, claims, signature = world.partner.token.split(".")
    other = "A" if signature[10] != "A" else "B"
    changed = f"{head}.{claims}.{signature[:10]}{other}{signature[11:]}"
    url = world.partner.base_url + "/v1/outbox"
    must(ask("GET", url, {"Authorization": f"Bearer {changed}"}), 401)
