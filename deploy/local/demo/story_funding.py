"""Chapter d: the award of Warendorf, its posts, and forwarding that must fit into it."""

from datetime import date
from typing import Any

from deploy.local.demo.narrator import Narrator
from deploy.local.demo.papers import paper
from shared.kernel.money import Money

OFFICER = "waf-funding-officer"
AACHEN_OFFICER = "ac-funding-officer"
CONFLICT = 409
UNPROCESSABLE = 422


async def control_funding(narrator: Narrator) -> None:
    narrator.chapter(
        "d",
        "Das Fördercontrolling nutzt den Bescheid; mehr als bewilligt geht nicht weiter.",
        "The controller works with the award; no more than granted can be passed on.",
    )
    reference = paper("warendorf")["award"]["assumptions"]["reference"]
    listed = await narrator.get(
        OFFICER, "funding", "/v1/awards", lambda d: f"{len(d['items'])} award(s)"
    )
    known = next(award for award in listed["items"] if award["reference"] == reference)
    path = f"/v1/awards/{known['id']}"
    award = await narrator.get(OFFICER, "funding", path, _volume)
    for line in award["lines"]:
        additional = " (additional)" if line["isAdditional"] else ""
        narrator.say(f"{_euros(line['amount']):>16}  {line['nameDe']}{additional}")
    await _read_posts(narrator)
    await _pass_on(narrator, award)
    await _aachen(narrator)


async def _read_posts(narrator: Narrator) -> None:
    """Vacant is what was reported; the residual is what the table leaves open (R-S4-1)."""
    status = await narrator.get(
        OFFICER,
        "funding",
        "/v1/reports/funding-status",
        lambda d: f"posts as reported on {d['positions']['reportedOn']}",
        asOf=paper("warendorf")["counselling"]["as_of"].isoformat(),
    )
    for row in status["positions"]["rows"]:
        narrator.say(
            f"{row['label']:<22} approved {row['approved']:>5}  filled {row['filled']:>5}  "
            f"vacant {row['reportedVacant']:>5}  residual {row['residual']:>5}"
        )


async def _pass_on(narrator: Narrator, award: Any) -> None:
    """Two of fourteen posts; then more than are left. In the end everything is free again."""
    line = next(line for line in award["lines"] if line["key"] == "b2-posts")
    planned = await narrator.post(
        OFFICER,
        "funding",
        "/v1/allocations",
        _share(line, "2.00", "110000.00", "Freier Träger (Beispiel)"),
        lambda d: f"{d['state']}: {d['fte']} posts, {_euros(d['amount'])}",
    )
    too_much = _share(line, "12.01", "660550.00", "Zweiter Träger (Beispiel)")
    problem = await narrator.refused(
        OFFICER, "funding", "/v1/allocations", too_much, status=CONFLICT
    )
    narrator.say(f"Free: {problem['freeFte']} posts, {_euros(problem['freeAmount'])}.")
    impossible = _share(line, "14.01", "770550.00", "Dritter Träger (Beispiel)")
    await narrator.refused(OFFICER, "funding", "/v1/allocations", impossible, status=UNPROCESSABLE)
    await narrator.post(
        OFFICER,
        "funding",
        f"/v1/allocations/{planned['id']}/actions/cancel",
        {},
        lambda d: f"{d['state']}: the provider withdrew, its share is free again",
        on=planned,
    )


async def _aachen(narrator: Narrator) -> None:
    """The forwarding that a paper describes: five of six posts, one kept."""
    allocations = await narrator.client.items(AACHEN_OFFICER, "funding", "/v1/allocations")
    award_id = next(one["awardId"] for one in allocations if one["recipientUnit"] == "ac-wohlfahrt")
    tree = await narrator.get(
        AACHEN_OFFICER,
        "funding",
        f"/v1/awards/{award_id}/allocation-tree",
        lambda d: f"{len(d['nodes'])} nodes",
    )
    for node in tree["nodes"]:
        name = node["recipientName"] or "StädteRegion Aachen"
        narrator.say(
            f"{'  ' * node['depth']}{name}: {node['fte']} posts, {_euros(node['amount'])}, "
            f"own use {node['ownUseFte']}, free {node['freeFte']}"
        )


def _share(line: Any, fte: str, amount: str, name: str) -> dict[str, Any]:
    year = date(2022, 1, 1)
    return {
        "awardLineId": line["id"],
        "fte": fte,
        "amount": amount,
        "recipientName": name,
        "recipientKind": "WELFARE_ASSOCIATION",
        "validFrom": year.isoformat(),
        "validTo": year.replace(month=12, day=31).isoformat(),
    }


def _volume(award: Any) -> str:
    return f"{award['reference']}: {award['state']}, {_euros(award['total'])}"


def _euros(amount: str) -> str:
    return f"{Money.parse(amount).german()} EUR"
