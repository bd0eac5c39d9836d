"""`check`: every numbered check against a server, told line by line and as JSON."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from joserfc.jwk import ECKey

from deploy.partnerkit.checks import CHECKS, Outcome, Result, World, run
from deploy.partnerkit.checks.frame import NEXT
from deploy.partnerkit.words import Unusable, language, say, spoken
from shared.kernel.clock import iso_instant, now
from shared.kernel.text import Text

MARKS: Final = {
    Outcome.OK: Text("in Ordnung", "ok"),
    Outcome.FAILED: Text("FEHLER", "FAILED"),
    Outcome.NOT_ASKED: Text("nicht gefragt", "not asked"),
}


def read_key(path: Path | None) -> ECKey | None:
    """The private key of the client as JWK, alone or the first of a list. Raises Unusable."""
    if path is None:
        return None
    try:
        found = json.loads(path.read_text())
        return ECKey.import_key(found[0] if isinstance(found, list) else found)
    except (OSError, ValueError, KeyError, IndexError) as failure:
        raise Unusable(
            Text(
                f"{path} ist kein privater EC-Schlüssel als JWK: {failure}.",
                f"{path} is no private EC key as JWK: {failure}.",
            )
        ) from failure


def check(world: World, report: Path | None) -> int:
    """0: nothing failed; 1: something did. Raises Unusable when nobody can sign in."""
    world.partner.sign_in()
    if world.counterpart is not None:
        world.counterpart.sign_in()
    with ExitStack() as stack:
        if world.receiver is not None:
            stack.enter_context(world.receiver)
            default = f"http://{world.receiver.host}:{world.receiver.port}/kim"
            world.receiver_url = world.receiver_url or default
        results = []
        for result in run(CHECKS, world):
            _tell(result)
            results.append(result)
        world.tidy()
    _sum_up(results)
    if report is not None:
        report.write_text(json.dumps(as_document(world, results), ensure_ascii=False, indent=2))
    return 1 if _count(results, Outcome.FAILED) else 0


def as_document(world: World, results: Iterable[Result]) -> dict[str, Any]:
    """The report for machines."""
    return {
        "baseUrl": world.partner.base_url,
        "clientId": world.partner.client_id,
        "at": iso_instant(now()),
        "language": language(),
        "checks": [
            {
                "number": one.check.number,
                "area": one.check.area.value,
                "name": one.check.name.replace("_", "-"),
                "title": spoken(one.check.title),
                "outcome": one.outcome.value,
                "said": spoken(one.sentence) if one.sentence else None,
                "next": spoken(NEXT[one.check.area]) if one.outcome is Outcome.FAILED else None,
                "durationMs": one.duration_ms,
            }
            for one in results
        ],
    }


def _tell(result: Result) -> None:
    one = result.check
    mark = spoken(MARKS[result.outcome])
    print(f"{one.number:>2}/{len(CHECKS)}  {mark:<13}  {spoken(one.title)}", flush=True)
    if result.sentence is not None:
        print(f"       {spoken(result.sentence)}", flush=True)
    if result.outcome is Outcome.FAILED:
        print(f"       → {spoken(NEXT[one.area])}", flush=True)


def _sum_up(results: list[Result]) -> None:
    ok, failed = _count(results, Outcome.OK), _count(results, Outcome.FAILED)
    rest = _count(results, Outcome.NOT_ASKED)
    say(
        Text(
            f"{ok} in Ordnung, {failed} mit Fehler, {rest} nicht gefragt.",
            f"{ok} ok, {failed} failed, {rest} not asked.",
        )
    )


def _count(results: list[Result], outcome: Outcome) -> int:
    return sum(one.outcome is outcome for one in results)
