"""The funding desk of one county in a practice year: who records, who releases, what is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from deploy.local.demo.client import Answer, Client, NotAnswered
from deploy.local.demo.funding import days
from shared.kernel.money import Money

PRACTICE = "PRACTICE"
REFUSED = 422


@dataclass(slots=True)
class BookDesk:
    """`run` marks this performance: its references are its own, however often it plays."""

    client: Client
    officer: str
    approver: str
    run: str
    calls: int = 0

    async def get(self, path: str, **query: str) -> Any:
        self.calls += 1
        return (await self.client.get(self.officer, "funding", path, **query)).accepted

    async def create(self, path: str, body: Any, *, on: Any = None) -> Any:
        """What the officer records. Raises NotAnswered."""
        return (await self._post(self.officer, path, body, on)).accepted

    async def act(self, path: str, body: Any, *, on: Any, by: str = "") -> Any:
        """A step on the record as last seen; the record afterwards. Raises NotAnswered."""
        return (await self._post(by or self.officer, path, body, on)).accepted

    async def put(self, path: str, body: Any, *, on: Any) -> Any:
        self.calls += 1
        version = f'"{on["version"]}"'
        answer = await self.client.put(self.officer, "funding", path, body, version=version)
        return answer.accepted

    async def refused(self, path: str, body: Any) -> Any:
        """The problem of what must be refused. Raises NotAnswered when it is not."""
        answer = await self._post(self.officer, path, body, None)
        if not answer.is_refused:
            raise NotAnswered(f"{answer.request}: {answer.status} and should be refused")
        return answer.document

    async def award(self, body: dict[str, Any], conditions: list[Any], dates: Any) -> Any:
        """A notice from its record until its money may be used."""
        award = await self.create("/v1/awards", body)
        path = f"/v1/awards/{award['id']}"
        if conditions:
            award = await self.put(f"{path}/conditions", {"items": conditions}, on=award)
        act = f"{path}/actions"
        award = await self.act(f"{act}/apply", {}, on=award)
        award = await self.act(f"{act}/grant", {}, on=award, by=self.approver)
        for step, day in (
            ("notify", "notified_on"),
            ("make-final", "remedies_waived_on"),
            ("activate", "budget_released_on"),
        ):
            award = await self.act(f"{act}/{step}", days(dates, day), on=award)
        return award

    async def allocation(self, body: dict[str, Any], reason: str, terms: dict[str, Any]) -> Any:
        """A share passed on directly, contracted and released by the second person."""
        share = await self.create("/v1/allocations", body)
        act = f"/v1/allocations/{share['id']}/actions"
        share = await self.act(f"{act}/select-directly", {"selectionReason": reason}, on=share)
        share = await self.act(f"{act}/contract", terms, on=share)
        return await self.act(f"{act}/activate", {}, on=share, by=self.approver)

    async def lump_sums(self, award: Any, paid_on: date) -> list[Any]:
        """All lump sums of the award on their day, and what the bank says of them."""
        path = f"/v1/awards/{award['id']}/actions/schedule-lump-sum"
        current = await self.get(f"/v1/awards/{award['id']}")
        scheduled = await self.create(path, {"dueOn": paid_on.isoformat()}, on=current)
        return [await self._received(one, paid_on) for one in scheduled["items"]]

    async def drawdown(self, line_id: str, needs: list[dict[str, str]], on: date) -> Any:
        """Money called with its need list, released by the second person, and received."""
        amount = sum((Money.parse(need["amount"]) for need in needs), Money(0))
        body = {"awardLineId": line_id, "amount": str(amount), "needs": needs}
        drawdown = await self.create("/v1/drawdowns", body)
        act = f"/v1/drawdowns/{drawdown['id']}/actions"
        asked = {"requestedOn": on.isoformat()}
        drawdown = await self.act(f"{act}/submit", asked, on=drawdown, by=self.approver)
        drawdown = await self.act(f"{act}/approve", {}, on=drawdown, by=self.approver)
        return await self._received(drawdown, on)

    async def _received(self, drawdown: Any, on: date) -> Any:
        said = {"valueDate": on.isoformat(), "bankReference": f"LK-{on:%Y%m%d}"}
        return await self.act(f"/v1/drawdowns/{drawdown['id']}/actions/pay", said, on=drawdown)

    async def pay(
        self, allocation: Any, amount: str, sent_on: date, paid_on: date, **more: str
    ) -> Any:
        """One payment to a recipient in a run of its own; the run as the bank confirmed it."""
        body = {"allocationId": allocation["id"], "amount": amount, "payeeNumber": "70001", **more}
        payment = await self.create("/v1/payments", body)
        release = f"/v1/payments/{payment['id']}/actions/release"
        payment = await self.act(release, {}, on=payment, by=self.approver)
        run = await self.create(
            "/v1/payment-runs", {"paymentIds": [payment["id"]], "sentOn": sent_on.isoformat()}
        )
        said = {
            "paymentId": payment["id"],
            "isPaid": True,
            "valueDate": paid_on.isoformat(),
            "bankReference": f"SPK-{paid_on:%Y%m%d}",
        }
        return await self.create(f"/v1/payment-runs/{run['id']}/confirmations", {"items": [said]})

    async def prepared_proof(self, subject: dict[str, str], sections: list[Any]) -> Any:
        """A proof of use with its first version, not yet signed."""
        proof = await self.create("/v1/proofs", subject)
        path = f"/v1/proofs/{proof['id']}"
        proof = await self.act(f"{path}/actions/open", {}, on=proof)
        return await self.create(f"{path}/versions", {"narrative": sections}, on=proof)

    async def decided_proof(self, proof: Any, reference: str) -> Any:
        """Submitted by the second person, reviewed and accepted as it is."""
        act = f"/v1/proofs/{proof['id']}/actions"
        proof = await self.act(f"{act}/submit", {}, on=proof, by=self.approver)
        proof = await self.act(f"{act}/review", {}, on=proof)
        accepted = {"reference": reference}
        return await self.act(f"{act}/accept", accepted, on=proof, by=self.approver)

    async def spend(self, cost: dict[str, Any], number: str) -> Any:
        """A cost with its voucher. `cost` is the request without its voucher."""
        return await self.create("/v1/expenditures", await self._cost(cost, number))

    async def refused_cost(self, cost: dict[str, Any], number: str) -> Any:
        return await self.refused("/v1/expenditures", await self._cost(cost, number))

    async def _cost(self, cost: dict[str, Any], number: str) -> dict[str, Any]:
        body = {
            "number": f"{number}-{self.run.upper()}",
            "voucherDate": cost["valueDate"],
            "amount": cost["amount"],
            "documentRef": f"UEB/{self.run}/{number}",
        }
        voucher = await self.create("/v1/vouchers", body)
        return {**cost, "voucherId": voucher["id"]}

    async def _post(self, who: str, path: str, body: Any, on: Any) -> Answer:
        self.calls += 1
        version = f'"{on["version"]}"' if on else ""
        key = f"books-{self.run}-{self.officer}-{self.calls}"
        return await self.client.post(who, "funding", path, body, key=key, version=version)


def say(*lines: str) -> None:
    for line in lines:
        print(f"    {line}", flush=True)


def chapter(title: str) -> None:
    print(f"\n{title}\n", flush=True)


def euros(amount: str) -> str:
    return f"{Money.parse(amount).german()} EUR"


def german(number: str) -> str:
    return number.replace(".", ",")


def german_day(day: str | date) -> str:
    return date.fromisoformat(str(day)).strftime("%d.%m.%Y")
