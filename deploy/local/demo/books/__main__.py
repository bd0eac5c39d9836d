"""Play a practice year of two counties, print what was booked, keep proof and books as files."""

import secrets
import sys
import time

from deploy.local.demo.books.desk import BookDesk, chapter, euros, german, say
from deploy.local.demo.books.export import export_books, show_balances
from deploy.local.demo.books.proof import prove
from deploy.local.demo.books.unna import play_unna
from deploy.local.demo.books.warendorf import play_warendorf
from deploy.local.demo.client import Client
from deploy.local.demo.funding import Funding
from deploy.local.demo.funding_papers import load_programme
from deploy.local.demo.load import reported
from deploy.local.demo.papers import paper
from deploy.local.settings import HOST, LocalSettings


async def play(settings: LocalSettings) -> None:
    """Each time a year of its own, beside the earlier ones. Raises NotAnswered, SignInRefused."""
    began, folder = time.monotonic(), settings.state_dir / "reports"
    async with Client(settings) as client:
        run = secrets.token_hex(3)
        tenants = {tenant["id"]: tenant for tenant in paper("units")["tenants"]}
        warendorf = await _desk(client, tenants["05570"], run)
        unna = await _desk(client, paper("year_unna"), run)
        year = await play_warendorf(warendorf)
        await prove(year, folder)
        await show_balances(warendorf, year.award["id"])
        award = await play_unna(unna)
        await show_balances(unna, award["id"])
        for county, desk in (("Warendorf", warendorf), ("Unna", unna)):
            await export_books(desk, county, folder / "books")
        await _foresee(warendorf)
        calls = warendorf.calls + unna.calls
    address = f"http://{HOST}:{settings.funding_port}"
    say(
        "",
        f"{calls} Aufrufe in {time.monotonic() - began:.1f} s, alles im Übungsbuch.",
        f"Bescheid:   {address}/v1/awards/{year.award['id']}",
        f"Salden:     {address}/v1/ledger/accounts?book=PRACTICE",
        f"Buchungen:  {address}/v1/journal-entries?book=PRACTICE",
        "Anmelden:   python -m deploy.local token waf-funding-officer",
    )


async def _desk(client: Client, county: dict[str, object], run: str) -> BookDesk:
    await load_programme(Funding(client, county))
    people = county["personas"]
    assert isinstance(people, dict)
    return BookDesk(client, people["funding_officer"], people["funding_approver"], run)


async def _foresee(desk: BookDesk) -> None:
    """The live book of the county is as it was: what its filled posts will leave unspent."""
    chapter("Prognose aus dem Echtbuch (Kreis Warendorf, Stand 21.11.2022)")
    found = await desk.get("/v1/forecasts", fiscalYear="2022", asOf="2022-11-21")
    for line in found["items"]:
        if line["repaymentWarning"]:
            say(
                f"{line['fundingLine'][:2]}: {german(line['filledFte'])} Stellen besetzt, "
                f"höchstens {euros(line['usableAtFilled'])} von {euros(line['granted'])} nutzbar; "
                f"voraussichtlich zu erstatten: {euros(line['expectedUnspent'])}"
            )


if __name__ == "__main__":
    sys.exit(reported(play))
