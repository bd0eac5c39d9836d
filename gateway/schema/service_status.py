"""How the services behind the gateway are: for every person whose screen stays empty."""

import asyncio
from typing import Any

import orjson
import strawberry

from gateway.clients.conversation import Conversation
from gateway.clients.faults import ServiceDown
from gateway.clients.services import Services
from gateway.schema.codes.services import ServiceName
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime

OK = 200


@strawberry.type(
    description=both(
        "How one service is just now; it says nothing of anybody's data.",
        "Wie es um einen Dienst gerade steht; über Daten sagt es nichts.",
    )
)
class ServiceStatus(Published):
    service: ServiceName = field("Which service.", "Welcher Dienst.")
    is_reachable: bool = field(
        "It answers within the time-out.", "Er antwortet vor Ablauf der Wartezeit."
    )
    is_ready: bool = field(
        "It answers, and so do its database and broker.",
        "Er antwortet, und Datenbank und Nachrichtendienst auch.",
    )
    failing: list[str] = field("Checks that failed.", "Prüfungen, die fehlschlugen.")
    version: str | None = field(
        "Its version; null while it is not reachable.",
        "Seine Version; null, solange er nicht erreichbar ist.",
    )
    latency_ms: int = field(
        "Milliseconds until it answered, or until nobody waited any longer.",
        "Millisekunden bis zur Antwort oder bis zum Ende der Wartezeit.",
    )
    since: DateTime = field(
        "Since when this gateway knows it to be reachable, or not.",
        "Seit wann dieses Gateway weiß, dass er erreichbar ist oder nicht.",
    )


async def service_status(services: Services) -> list[ServiceStatus]:
    """One call for each service, all at the same time; none waits for another."""
    asked = (_status(name, services.of(str(name.value))) for name in ServiceName)
    return [ServiceStatus.from_record(one) for one in await asyncio.gather(*asked)]


async def _status(name: ServiceName, service: Conversation) -> dict[str, Any]:
    began_s = asyncio.get_running_loop().time()
    said: dict[str, Any] = {}
    try:
        answer = await service.health()
        said = _read(answer.body)
        is_reachable, is_ready = True, answer.status == OK and bool(said)
    except ServiceDown:
        is_reachable = is_ready = False
    taken_s = asyncio.get_running_loop().time() - began_s
    checks = said.get("checks")
    version = said.get("version")
    since = service.upstream.standing.since
    return {
        "service": name.value,
        "isReachable": is_reachable,
        "isReady": is_ready,
        "failing": sorted(one for one, is_fine in checks.items() if is_fine is not True)
        if isinstance(checks, dict)
        else [],
        "version": version if isinstance(version, str) else None,
        "latencyMs": round(taken_s * 1000),
        "since": since.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def _read(body: bytes) -> dict[str, Any]:
    """What it says; nothing where it is no health document."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) and "checks" in document else {}
