"""What a check is, what it knows, and how its end is told."""

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, NoReturn, TypeVar

from deploy.partnerkit.http import Client, Reply
from deploy.partnerkit.receiver import Receiver
from deploy.partnerkit.words import Unusable
from shared.kernel.clock import berlin_date, now
from shared.kernel.text import Text

ASK_AGAIN_S: Final = 0.1
T = TypeVar("T")


class Area(StrEnum):
    AUTH = "auth"
    SENDING = "sending"
    PROBLEMS = "problems"
    LISTING = "listing"
    RECEIVING = "receiving"
    WEBHOOKS = "webhooks"


NEXT: Final = {
    Area.AUTH: Text(
        "Client-Id, Geheimnis und --token-url prüfen; die Uhr des Rechners stellen.",
        "Check client id, secret and --token-url; set the clock of this machine.",
    ),
    Area.SENDING: Text(
        "Mit dem JSON-Schema vergleichen: GET /v1/schemas/{mode}; dann mit ?dryRun=true fragen.",
        "Compare with the JSON Schema: GET /v1/schemas/{mode}; then ask with ?dryRun=true.",
    ),
    Area.PROBLEMS: Text(
        "Die Liste der Fehler lesen: GET /v1/problems, docs/problems.md.",
        "Read the list of problems: GET /v1/problems, docs/problems.md.",
    ),
    Area.LISTING: Text(
        "Schritt 7 in docs/integration.de.md: Listen, Cursor, Ereignisse.",
        "Step 7 in docs/integration.md: lists, cursors, events.",
    ),
    Area.RECEIVING: Text(
        "Schritt 8 in docs/integration.de.md: abholen, annehmen, ablehnen.",
        "Step 8 in docs/integration.md: pull, accept, refuse.",
    ),
    Area.WEBHOOKS: Text(
        "Abschnitt Webhooks in docs/integration.de.md; der Betreiber gibt Adressen im eigenen Netz "
        "frei (REFERRALS_WEBHOOK_PLAIN_HOSTS).",
        "Section Webhooks in docs/integration.md; the operator allows addresses in the own network "
        "(REFERRALS_WEBHOOK_PLAIN_HOSTS).",
    ),
}
"""What to do when a check of the area failed."""


class Failed(Exception):
    """The server did not do what is promised; the sentence says what it did."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


class NotAsked(Exception):
    """The check needs something that was not given."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


class Found(dict[str, Any]):
    """What one check leaves for those behind it."""

    def __missing__(self, name: str) -> NoReturn:
        raise NotAsked(
            Text(
                f"Braucht eine frühere Prüfung, die nichts ergab ({name}).",
                f"Needs an earlier check that came to nothing ({name}).",
            )
        )


class Outcome(StrEnum):
    OK = "ok"
    FAILED = "failed"
    NOT_ASKED = "not-asked"


@dataclass
class World:
    """Who asks whom."""

    partner: Client
    referral: dict[str, Any]
    counterpart: Client | None = None
    receiver: Receiver | None = None
    receiver_url: str = ""
    wait_s: float = 20.0
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    found: Found = field(default_factory=Found)
    sent: list[str] = field(default_factory=list)
    _count: int = 0

    def key(self) -> str:
        """An Idempotency-Key that nobody used."""
        self._count += 1
        return f"partnerkit-{self.run}-{self._count}"

    def body(self, **changes: Any) -> dict[str, Any]:
        """A referral for a person of its own."""
        self._count += 1
        reference = {"subjectReference": f"PK-{self.run}-{self._count}"}
        return self.referral | reference | {"submit": True} | changes

    def send(self, **changes: Any) -> Any:
        """A referral that was taken. Raises Failed."""
        reply = self.partner.post("/v1/referrals", self.body(**changes), idempotency_key=self.key())
        must(reply, 201)
        self.sent.append(reply.document["id"])
        return reply.document

    def other(self) -> Client:
        """The recipient's system. Raises NotAsked where nobody plays it."""
        if self.counterpart is None:
            raise NotAsked(
                Text(
                    "Braucht das System der Gegenseite: --counterpart-id und --counterpart-secret.",
                    "Needs the other side's system: --counterpart-id and --counterpart-secret.",
                )
            )
        return self.counterpart

    def step(self, client: Client, referral: Any, action: str, body: Any = None) -> Reply:
        return client.post(
            f"/v1/referrals/{referral['id']}/actions/{action}",
            body,
            idempotency_key=self.key(),
            if_match=f'"{referral["version"]}"',
        )

    def tidy(self) -> None:
        """Take back what still waits for an answer."""
        for referral_id in self.sent:
            found = self.partner.get(f"/v1/referrals/{referral_id}").document
            if "withdraw" in found.get("allowedActions", ()):
                self.step(self.partner, found, "withdraw", {"reason": "SENT_BY_MISTAKE"})


def standard_referral(recipient_unit: str, ags: str) -> dict[str, Any]:
    """Invented; complete and under a consent of yesterday."""
    today = berlin_date(now())
    return {
        "mode": "ZUSTEUERUNG_IN",
        "serviceCode": "YOUTH_WELFARE",
        "topic": "FAMILY",
        "purpose": "YOUTH_WELFARE",
        "language": "tur",
        "interpreterNeeded": True,
        "recipientUnit": recipient_unit,
        "place": {"ags": ags},
        "content": {
            "identity": {"pseudonym": "Testperson Zwölf"},
            "languages": {"spoken": ["tur"]},
            "need": {"summary": "Erfunden: Prüfung der Schnittstelle."},
        },
        "legalGround": {
            "consent": {
                "reference": "PK-CONSENT",
                "givenOn": (today - timedelta(days=1)).isoformat(),
                "validTo": (today + timedelta(days=30)).isoformat(),
                "purpose": "YOUTH_WELFARE",
                "recipientUnit": recipient_unit,
                "categories": ["identity", "languages", "need"],
            }
        },
    }


def must(reply: Reply, status: int, code: str = "") -> Reply:
    """Raises Failed when the answer is another one."""
    wanted, got = f"{status} {code}".strip(), f"{reply.status} {reply.code}".strip()
    if reply.status != status or (code and reply.code != code):
        said = "" if reply.code else reply.body.decode(errors="replace")[:200]
        guards = reply.document.get("guards") if isinstance(reply.document, dict) else None
        more = f" {said}{guards or ''}".rstrip()
        raise Failed(
            Text(
                f"Erwartet {wanted}, erhalten {got}.{more}", f"Expected {wanted}, got {got}.{more}"
            )
        )
    return reply


def so(is_so: object, de: str, en: str) -> None:
    """Raises Failed with the sentence when it is not so."""
    if not is_so:
        raise Failed(Text(de, en))


def fail(de: str, en: str) -> NoReturn:
    raise Failed(Text(de, en))


def soon(world: World, probe: Callable[[], T], is_there: Callable[[T], object]) -> T:
    """What the probe finds as soon as it is there, or when the time to wait is over."""
    deadline = time.monotonic() + world.wait_s
    found = probe()
    while not is_there(found) and time.monotonic() < deadline:
        time.sleep(ASK_AGAIN_S)
        found = probe()
    return found


@dataclass(frozen=True, slots=True)
class Check:
    number: int
    area: Area
    name: str
    title: Text
    act: Callable[[World], None]


@dataclass(frozen=True, slots=True)
class Result:
    check: Check
    outcome: Outcome
    sentence: Text | None
    duration_ms: int


Act = Callable[[World], None]
_ACTS: list[tuple[Area, str, Text, Act]] = []


def check(area: Area, de: str, en: str) -> Callable[[Act], Act]:
    """This function is a check; its number follows from its area and its place in the module."""

    def register(act: Act) -> Act:
        _ACTS.append((area, act.__name__, Text(de, en), act))
        return act

    return register


def catalogue() -> tuple[Check, ...]:
    """Every check that was declared, area by area."""
    areas = list(Area)
    ordered = sorted(_ACTS, key=lambda one: areas.index(one[0]))
    return tuple(Check(number, *one) for number, one in enumerate(ordered, 1))


def run(checks: Iterable[Check], world: World) -> Iterator[Result]:
    """One check after the other; each result as soon as it is known."""
    for one in checks:
        begun = time.monotonic()
        outcome, sentence = Outcome.OK, None
        try:
            one.act(world)
        except Failed as failed:
            outcome, sentence = Outcome.FAILED, failed.sentence
        except NotAsked as lacking:
            outcome, sentence = Outcome.NOT_ASKED, lacking.sentence
        except Unusable as silent:
            outcome, sentence = Outcome.FAILED, silent.sentence
        except (KeyError, IndexError, TypeError, AttributeError) as missing:
            outcome = Outcome.FAILED
            sentence = Text(
                f"Der Antwort fehlt etwas: {missing!r}.",
                f"The answer lacks something: {missing!r}.",
            )
        yield Result(one, outcome, sentence, round((time.monotonic() - begun) * 1000))
