"""The proof of use of the practice year: made from the books, confirmed, submitted, accepted."""

import asyncio
from pathlib import Path
from typing import Any

from deploy.local.demo.books.desk import chapter, euros, german_day, say
from deploy.local.demo.books.warendorf import Year
from deploy.local.demo.papers import paper

HEAD = "waf-hvb"
SHOWN = ("granted", "received", "used", "used/b2-posts", "own-share/b2-posts", "repaid/b2-posts")


async def prove(year: Year, folder: Path) -> Any:
    """Keeps the PDF in `folder`; answers the accepted proof. Raises NotAnswered."""
    chapter("Verwendungsnachweis")
    desk = year.desk
    sections = paper("year_warendorf")["narrative"]
    proof = await desk.prepared_proof({"awardId": year.award["id"]}, sections)
    path = f"/v1/proofs/{proof['id']}"
    proof = await desk.act(f"{path}/actions/sign", {}, on=proof, by=HEAD)
    proof = await desk.decided_proof(proof, f"UEB-ANERKENNUNG-{desk.run}")
    printed = await desk.get(f"{path}/versions/1.json")
    figures = {one["key"]: one for one in printed["figures"]}
    for key in SHOWN:
        of_line = key.partition("/")[2]
        label = figures[key]["labelDe"] + (f" ({of_line})" if of_line else "")
        say(f"{label:<60} {euros(figures[key]['amount']):>18}")
    say(
        f"Fällig am {german_day(proof['dueOn'])}, anerkannt am {german_day(proof['acceptedOn'])}: "
        f"Fassung {proof['versions'][0]['number']} nach Buchung "
        f"{proof['versions'][0]['ledgerSequence']}"
    )
    await _keep(year, f"{path}/versions/1.pdf", folder / "verwendungsnachweis-warendorf-2022.pdf")
    return proof


async def _keep(year: Year, path: str, file: Path) -> None:
    answer = await year.desk.client.get(year.desk.officer, "funding", path)
    answer.raise_for_refusal()
    await asyncio.to_thread(write, file, answer.body)
    say(f"PDF: {file}")


def write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
