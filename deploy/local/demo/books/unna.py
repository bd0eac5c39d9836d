"""Kreis Unna 2023 in the practice book: a tree of recipients, paid in instalments."""

from typing import Any

from deploy.local.demo.books.desk import (
    PRACTICE,
    BookDesk,
    chapter,
    euros,
    german,
    german_day,
    say,
)
from deploy.local.demo.books.warendorf import terms
from deploy.local.demo.funding import award_form, camel, days, line_form
from deploy.local.demo.papers import paper

REASON = "Kommune des Mittelkreises, im Konzept benannt"


async def play_unna(desk: BookDesk) -> Any:
    """Answers the award. Raises NotAnswered."""
    chapter("Kreis Unna 2023 (Übungsbuch)")
    said = paper("year_unna")
    award = await _grant(desk, said["award"])
    [paid] = await desk.lump_sums(award, said["lump_sum_paid_on"])
    say(
        f"Fachbezogene Pauschale: {euros(paid['paidAmount'])} eingegangen am "
        f"{german_day(paid['valueDate'])}"
    )
    top, below = await _pass_down(desk, award, said)
    await _refuse_more(desk, top, said)
    await _pay(desk, top, said["instalments"])
    for one in said["passed_on"]:
        body = {"childId": below[one["to"]]["id"], "amount": one["amount"]} | {
            "paidOn": one["day"].isoformat()
        }
        path = f"/v1/allocations/{top['id']}"
        await desk.act(f"{path}/actions/pass-on", body, on=await desk.get(path))
        say(
            f"{top['recipientName']} gibt {euros(one['amount'])} an "
            f"{below[one['to']]['recipientName']} weiter ({german_day(one['day'])})"
        )
    await _show_tree(desk, award)
    return award


async def _grant(desk: BookDesk, said: dict[str, Any]) -> Any:
    dates = said["assumptions"] | {"reference": f"{said['reference']}-{desk.run}"}
    line = line_form(said["line"]) | {"rate": said["line"]["rate"]}
    body = award_form(dates, said["total"], said["fiscal_year"], [line], said["source"])
    award = await desk.award(body | {"book": PRACTICE, "permitsForwarding": True}, [], dates)
    [line] = award["lines"]
    say(
        f"Bescheid {award['reference']} vom {german_day(award['awardedOn'])} für "
        f"{german_day(award['validFrom'])} bis {german_day(award['validTo'])}: "
        f"{german(line['fte'])} Stellen, {euros(award['total'])}"
    )
    return award


async def _pass_down(
    desk: BookDesk, award: Any, said: dict[str, Any]
) -> tuple[Any, dict[str, Any]]:
    """The town below the county, and the two below the town by their unit."""
    tree, line_id = said["tree"], award["lines"][0]["id"]
    top = await _share(desk, {"awardLineId": line_id}, tree, said)
    below = {
        one["unit"]: await _share(desk, {"parentAllocationId": top["id"]}, one, said)
        for one in tree["below"]
    }
    return top, below


async def _share(
    desk: BookDesk, parent: dict[str, str], node: dict[str, Any], said: dict[str, Any]
) -> Any:
    contract = said["contract"]
    body = _form(parent, node) | {
        "recipientUnit": node["unit"],
        "recipientKind": "MUNICIPALITY",
        "authorityConsentRef": contract["authority_consent_ref"],
        **days(contract, "double_funding_checked_on"),
    }
    conditions = terms(["PERSONNEL"], node) | days(contract, "proof_due_on")
    share = await desk.allocation(body, REASON, conditions)
    say(
        f"Weiterleitung an {share['recipientName']}: {german(share['fte'])} Stellen, "
        f"{euros(share['amount'])}"
    )
    return share


def _form(parent: dict[str, str], node: dict[str, Any]) -> dict[str, Any]:
    return {
        **parent,
        "fte": node["fte"],
        "amount": node["amount"],
        "recipientName": node["name"],
        "territory": {"included": [{"key": node["ags"]}]},
        "validFrom": "2023-01-01",
        "validTo": "2023-12-31",
    }


async def _refuse_more(desk: BookDesk, top: Any, said: dict[str, Any]) -> None:
    parent = {"parentAllocationId": top["id"]}
    problem = await desk.refused("/v1/allocations", _form(parent, said["too_much"]))
    say(
        f"Abgelehnt: {german(said['too_much']['fte'])} Stellen mehr unter "
        f"{top['recipientName']}: {problem['title']}"
    )


async def _pay(desk: BookDesk, top: Any, instalments: list[dict[str, Any]]) -> None:
    path = f"/v1/allocations/{top['id']}"
    plan = [
        {camel(name): one[name] for name in ("number", "amount")} | days(one, "due_on")
        for one in instalments
    ]
    planned = await desk.put(f"{path}/instalments", {"instalments": plan}, on=await desk.get(path))
    known = {one["number"]: one["id"] for one in planned["instalments"]}
    for one in instalments:
        run = await desk.pay(
            top, one["amount"], one["sent_on"], one["paid_on"], instalmentId=known[one["number"]]
        )
        say(
            f"Rate {one['number']} an {top['recipientName']}: {euros(run['total'])}, "
            f"von der Bank bestätigt"
        )


async def _show_tree(desk: BookDesk, award: Any) -> None:
    tree = await desk.get(f"/v1/awards/{award['id']}/allocation-tree")
    for node in tree["nodes"]:
        name = node["recipientName"] or "Kreis Unna"
        say(
            f"{'  ' * node['depth']}{name}: {german(node['fte'])} Stellen, "
            f"{euros(node['amount'])}, frei {german(node['freeFte'])}"
        )
