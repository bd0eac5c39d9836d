"""Record funding as its officer and approver would: find each record or create it.

Every call can be made again at any time: what is there already is found by what it is, not by a
remembered id, so that a half-loaded installation is completed.
"""

from datetime import date
from hashlib import sha256
from typing import Any

from deploy.local.demo.client import Client

# The steps of an award from its record to its force: action, who takes it, the date it brings.
# Lump sums would be granted without an application; what contains line 1 needs one.
AWARD_STEPS = {
    "EXPECTED": ("apply", "officer", None),
    "APPLIED": ("grant", "approver", None),
    "GRANTED": ("notify", "officer", "notified_on"),
    "NOTIFIED": ("make-final", "officer", "remedies_waived_on"),
    "FINAL": ("activate", "officer", "budget_released_on"),
}


class Funding:
    """The funding records of one tenant, written by its officer and released by its approver."""

    def __init__(self, client: Client, tenant: dict[str, Any]) -> None:
        self.client = client
        self.officer: str = tenant["personas"]["funding_officer"]
        self.approver: str = tenant["personas"]["funding_approver"]
        self.personas = {"officer": self.officer, "approver": self.approver}
        self.created = 0

    async def find(self, path: str, **known: Any) -> Any | None:
        """The first record that has all these values."""
        for item in await self.client.items(self.officer, "funding", path):
            if all(item[name] == value for name, value in known.items()):
                return item
        return None

    async def ensure(self, path: str, body: dict[str, Any], *known_by: str) -> Any:
        """The record that the names in `known_by` identify, created if it is not there yet."""
        identity = {name: body[name] for name in known_by}
        found = await self.find(path, **identity)
        if found is not None:
            return found
        self.created += 1
        key = sha256(repr((path, identity)).encode()).hexdigest()[:32]
        return await self.client.create(self.officer, "funding", path, body, key=f"demo-{key}")

    async def act(self, record: Any, path: str, body: dict[str, Any], *, by: str) -> Any:
        """One command on a record; the key is its state, so that a repetition is no second step."""
        key = f"demo-{record['id']}-{record['version']}-{path.rsplit('/', 1)[-1]}"
        return await self.client.act(by, "funding", path, body, key=key, on=record)

    async def award(self, body: dict[str, Any], dates: dict[str, Any]) -> Any:
        """An award, taken through its steps until it is in force."""
        award = await self.ensure("/v1/awards", body, "reference")
        path = f"/v1/awards/{award['id']}/actions"
        while award["state"] in AWARD_STEPS:
            step, role, dated = AWARD_STEPS[award["state"]]
            said = days(dates, dated) if dated else {}
            award = await self.act(award, f"{path}/{step}", said, by=self.personas[role])
        return award

    async def allocation(self, body: dict[str, Any], contract: dict[str, Any], reason: str) -> Any:
        """A share passed on directly, contracted and released by the second person."""
        share = await self.ensure("/v1/allocations", body, "recipientUnit")
        path = f"/v1/allocations/{share['id']}/actions"
        if share["state"] == "PLANNED":
            said = {"selectionReason": reason}
            share = await self.act(share, f"{path}/select-directly", said, by=self.officer)
        if share["state"] == "SELECTED":
            share = await self.act(share, f"{path}/contract", contract, by=self.officer)
        if share["state"] == "CONTRACTED":
            share = await self.act(share, f"{path}/activate", {}, by=self.approver)
        return share


def award_form(
    dates: dict[str, Any],
    total: str,
    fiscal_year: int,
    lines: list[dict[str, Any]],
    source: str,
) -> dict[str, Any]:
    """The request for an award; `dates` are the assumptions that the paper does not state."""
    form = {
        "reference": dates["reference"],
        "authority": dates["authority"],
        "awardedOn": dates["issued_on"].isoformat(),
        "fiscalYear": fiscal_year,
        "total": total,
        "lines": lines,
        "source": source,
        **days(dates, "valid_from", "valid_to"),
    }
    return form | (days(dates, "proof_due_on") if "proof_due_on" in dates else {})


def line_form(line: dict[str, Any]) -> dict[str, Any]:
    names = ("key", "funding_line", "purpose", "amount", "fte", "name_de", "name_en", "source")
    return {camel(name): line[name] for name in names if name in line}


def figures_form(row: dict[str, str]) -> dict[str, str]:
    """One row of the table of posts."""
    return {
        "approved": row["approved_fte"],
        "filled": row["filled_fte"],
        "reportedVacant": row["reported_vacant_fte"],
    }


def days(entry: dict[str, date], *names: str) -> dict[str, str]:
    """The named dates of a data file, as the interface wants them."""
    return {camel(name): entry[name].isoformat() for name in names}


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
