"""`verify`: deliveries good and bad to a partner's receiver, and whether it answered rightly."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from deploy.partnerkit.http import Reply, ask
from deploy.partnerkit.words import Unusable, say, spoken
from shared.kernel.clock import iso_instant, now
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.webhooks.outgoing import TIMEOUT_S, USER_AGENT
from shared.webhooks.signing import SECRET_PREFIX, SignatureProfile, headers_for, new_secret

STALE: Final = timedelta(seconds=301)
KNOWN: Final = "kim.referrals.referral-submitted.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is posted: a body, and the headers that prove it or do not."""

    event_id: UUID
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Trial:
    """One delivery and what a right receiver answers: 2xx (`is_good`) or 4xx."""

    title: Text
    delivery: Delivery
    is_good: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Judged:
    trial: Trial
    reply: Reply | None
    is_right: bool


@dataclass(slots=True)
class Bench:
    """Makes deliveries for one secret. `clock` is the moment that is signed."""

    secret: bytes
    profile: SignatureProfile
    clock: Callable[[], datetime] = now
    made: list[UUID] = field(default_factory=list)

    def delivery(
        self,
        *,
        kind: str = KNOWN,
        event_id: UUID | None = None,
        age: timedelta = timedelta(),
        secrets: tuple[bytes, ...] = (),
        indent: int | None = None,
        **more: Any,
    ) -> Delivery:
        identity = event_id or new_id()
        subject = str(new_id())
        document = {
            "specversion": "1.0",
            "id": str(identity),
            "source": "urn:kim:referrals",
            "type": kind,
            "time": iso_instant(self.clock()),
            "subject": subject,
            "tenantid": "05570",
            "datacontenttype": "application/json",
            "data": {"referralId": subject, "senderUnit": "waf-cm"},
        } | more
        body = json.dumps(document, indent=indent).encode()
        at = self.clock() - age
        headers = headers_for(self.profile, identity, at, body, secrets or (self.secret,))
        return Delivery(event_id=identity, body=body, headers=headers)


def read_secret(text: str) -> bytes:
    """The bytes behind `whsec_…`. Raises Unusable."""
    try:
        found = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except (ValueError, binascii.Error) as unreadable:
        found, text = b"", f"{text[:8]}… ({unreadable})"
    if not found:
        raise Unusable(
            Text(
                f"Kein Geheimnis: {text}. Es beginnt mit {SECRET_PREFIX} und ist base64.",
                f"No secret: {text}. It begins with {SECRET_PREFIX} and is base64.",
            )
        )
    return found


def trials(bench: Bench) -> Iterator[Trial]:
    """The good ones first; then what an attacker, a slow network or a rotation brings."""
    good = bench.delivery()
    ours = Text("Sie ist von uns: mit 2xx bestätigen.", "It is ours: confirm it with 2xx.")
    forged = Text(
        "Sie beweist nichts: mit 4xx ablehnen, nichts tun.",
        "It proves nothing: refuse it with 4xx, do nothing.",
    )
    yield Trial(Text("Eine richtige Zustellung", "A right delivery"), good, True, ours)
    again = replace(good, headers=_signed_again(bench, good))
    yield Trial(
        Text("Dieselbe noch einmal, frisch signiert", "The same again, signed afresh"),
        again,
        is_good=True,
        why=Text(
            "Schon bekannt: wieder 2xx, sonst kommt sie 72 Stunden lang; nur einmal verarbeiten.",
            "Known already: 2xx again, or it comes for 72 hours; work on it once.",
        ),
    )
    yield from _good(bench, ours)
    yield from _bad(bench, good, forged)


def _good(bench: Bench, ours: Text) -> Iterator[Trial]:
    unknown = bench.delivery(kind="kim.referrals.referral-something-new.v1")
    tolerant = Text(
        "Neue Ereignisse und Felder kommen ohne neue Version: bestätigen und übergehen.",
        "New events and members come without a new version: confirm and pass over.",
    )
    yield Trial(
        Text("Eine unbekannte Ereignisart", "An unknown type of event"), unknown, True, tolerant
    )
    wider = bench.delivery(kimextension="new")
    spelt = bench.delivery(indent=2)
    yield Trial(
        Text("Dasselbe JSON, anders geschrieben", "The same JSON in another spelling"),
        spelt,
        is_good=True,
        why=Text(
            "Signiert sind die Bytes des Inhalts: erst prüfen, dann lesen.",
            "The bytes of the body are signed: verify first, then parse.",
        ),
    )
    yield Trial(Text("Ein unbekanntes Feld", "An unknown member"), wider, True, tolerant)
    if bench.profile is SignatureProfile.STANDARD:
        both = bench.delivery(secrets=(new_secret(), bench.secret))
        yield Trial(
            Text("Zwei Signaturen, die zweite passt", "Two signatures, the second fits"),
            both,
            is_good=True,
            why=Text(
                "Während eines Wechsels genügt eine von beiden.",
                "During a rotation one of the two is enough.",
            ),
        )
    old = bench.delivery(age=STALE - timedelta(seconds=11))
    yield Trial(Text("290 Sekunden alt", "290 seconds old"), old, True, ours)


def _bad(bench: Bench, good: Delivery, forged: Text) -> Iterator[Trial]:
    other = bench.delivery(secrets=(new_secret(),))
    yield Trial(Text("Mit fremdem Geheimnis", "By another secret"), other, False, forged)
    fresh = bench.delivery()
    changed = replace(fresh, body=fresh.body.replace(b"waf-cm", b"waf-xx"))
    yield Trial(Text("Inhalt verändert", "Body changed"), changed, False, forged)
    stale = Text(
        "Mehr als 300 Sekunden entfernt: ablehnen, sonst kann jeder sie wiederholen.",
        "More than 300 seconds away: refuse, or anybody can repeat it.",
    )
    for age, title in (
        (STALE, Text("301 Sekunden alt", "301 seconds old")),
        (-STALE - timedelta(seconds=5), Text("306 Sekunden voraus", "306 seconds ahead")),
    ):
        yield Trial(title, bench.delivery(age=age), is_good=False, why=stale)
    other_id = new_id()
    replayed = replace(good, event_id=other_id, headers=good.headers | _identity(other_id))
    if bench.profile is SignatureProfile.STANDARD:
        yield Trial(
            Text("Mitgeschnitten, mit neuer webhook-id", "Recorded, with a new webhook-id"),
            replayed,
            is_good=False,
            why=forged,
        )
    bare = {name: v for name, v in bench.delivery().headers.items() if name == "webhook-id"}
    yield Trial(
        Text("Ohne Signatur", "Without a signature"),
        replace(bench.delivery(), headers=bare),
        is_good=False,
        why=forged,
    )


def _identity(event_id: UUID) -> dict[str, str]:
    return {"webhook-id": str(event_id)}


def _signed_again(bench: Bench, known: Delivery) -> dict[str, str]:
    at = bench.clock()
    return headers_for(bench.profile, known.event_id, at, known.body, (bench.secret,))


def judge(url: str, trial: Trial) -> Judged:
    """Post it. A redirect is never followed and never right."""
    sent = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
    reply = ask("POST", url, sent | trial.delivery.headers, trial.delivery.body)
    wanted = range(200, 300) if trial.is_good else range(400, 500)
    return Judged(trial, reply, reply.status in wanted and reply.seconds <= TIMEOUT_S)


def verify(url: str, bench: Bench, taken_url: str = "") -> int:
    """0: every answer was right; 1: at least one was not."""
    results = []
    for number, trial in enumerate(trials(bench), 1):
        judged = judge(url, trial)
        results.append(judged)
        _tell(number, judged)
    wrong = sum(not one.is_right for one in results)
    if taken_url:
        wrong += not _counted(taken_url, results)
    else:
        say(
            Text(
                f"Ob das Ereignis {results[0].trial.delivery.event_id} genau einmal verarbeitet "
                "wurde, sehen nur Sie; --taken-url lässt es prüfen.",
                f"Whether the event {results[0].trial.delivery.event_id} was worked on exactly "
                "once only you can see; --taken-url lets it be checked.",
            )
        )
    say(
        Text(
            f"{len(results)} Zustellungen, {wrong} falsch beantwortet.",
            f"{len(results)} deliveries, {wrong} answered wrongly.",
        )
    )
    return 1 if wrong else 0


def _tell(number: int, judged: Judged) -> None:
    assert judged.reply is not None
    mark = Text("richtig", "right") if judged.is_right else Text("FALSCH", "WRONG")
    answered = f"{judged.reply.status}, {judged.reply.seconds:.1f} s"
    print(f"{number:>2}  {spoken(mark):<8} {spoken(judged.trial.title)} ({answered})", flush=True)
    if not judged.is_right:
        print(f"    → {spoken(judged.trial.why)}", flush=True)
        if 300 <= judged.reply.status < 400:  # noqa: PLR2004 - redirects
            say(
                Text(
                    "    → Wir folgen keiner Umleitung: die Adresse selbst muss antworten.",
                    "    → We follow no redirect: the address itself has to answer.",
                )
            )


def _counted(url: str, results: list[Judged]) -> bool:
    """Whether the receiver says that it took each good event once and no other."""
    try:
        taken = [str(one) for one in ask("GET", url).document]
    except TypeError:
        taken = []
    good = {str(one.trial.delivery.event_id) for one in results if one.trial.is_good}
    ours = {str(one.trial.delivery.event_id) for one in results}
    is_right = sorted(one for one in taken if one in ours) == sorted(good)
    if not is_right:
        say(
            Text(
                "FALSCH: Verarbeitet werden soll jedes gültige Ereignis einmal und sonst keines; "
                f"genommen wurden {len(taken)} statt {len(good)}.",
                "WRONG: each valid event is to be worked on once and no other; "
                f"{len(taken)} were taken instead of {len(good)}.",
            )
        )
    return is_right
