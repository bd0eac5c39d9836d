"""The practice book as files, and the accounting programs that read them."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.demo.books.desk import PRACTICE, BookDesk, chapter, euros, say
from deploy.local.demo.books.proof import write

# What each program is asked; `{}` is the file. beancount comes with the Python packages.
CHECKS: dict[str, tuple[str, ...]] = {
    "hledger": ("hledger", "-f", "{}", "check", "--strict", "ordereddates", "payees"),
    "ledger": ("ledger", "--strict", "--pedantic", "-f", "{}", "balance"),
    "beancount": ("bean-check", "--no-cache", "{}"),
}
ENDINGS = {
    "hledger": "hledger.journal",
    "ledger": "ledger.journal",
    "beancount": "beancount",
    "csv": "csv",
    "ndjson": "ndjson",
}


async def export_books(desk: BookDesk, county: str, folder: Path) -> dict[str, Path]:
    """All forms of the practice book of a county, each told with what its program says."""
    chapter(f"Bücher {county}")
    found = await desk.get("/v1/ledger/verify", book=PRACTICE)
    state = "unversehrt" if found["isIntact"] else f"gebrochen ab {found['firstBroken']}"
    say(f"Hashkette {state}: {found['entries']} Buchungen, Kopf {found['headHash'][:16]}…")
    files: dict[str, Path] = {}
    for form, ending in ENDINGS.items():
        answer = await desk.client.get(
            desk.officer, "funding", "/v1/ledger/export", format=form, book=PRACTICE
        )
        answer.raise_for_refusal()
        files[form] = folder / f"{county.lower()}.{ending}"
        await asyncio.to_thread(write, files[form], answer.body)
        verdict = await asyncio.to_thread(checked, form, files[form]) if form in CHECKS else ""
        say(f"{form:<10} {files[form]}{verdict}")
    return files


def checked(form: str, file: Path) -> str:
    """What the program of this form says of the file, where it is installed."""
    program, *arguments = CHECKS[form]
    found = _program(program)
    if found is None:
        return f"  ({program} ist nicht installiert)"
    command = [found, *(str(file) if one == "{}" else one for one in arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"  {program}: {'stimmt' if ended.returncode == 0 else ended.stderr.strip()}"


def _program(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


async def show_balances(desk: BookDesk, award_id: str) -> None:
    """Where the lines of the award stand in the books."""
    found = await desk.get(f"/v1/awards/{award_id}/budget-lines")
    for line in found["items"]:
        say(
            f"{line['key']:<15} bewilligt {euros(line['granted']):>17}  verwendet "
            f"{euros(line['used']):>15}  frei {euros(line['free']):>15}"
        )
