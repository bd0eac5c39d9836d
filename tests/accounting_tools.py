"""hledger, ledger and beancount: programs that have nothing to do with this one.

They are installed by `.ci/run`; where a machine lacks one, its test is skipped, but never in CI.
"""

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from deploy.local.demo.books.export import CHECKS

__all__ = ["CHECKS", "balances", "check"]

BEAN_CHECK = Path(sys.executable).with_name("bean-check")


def program(name: str) -> str:
    found = str(BEAN_CHECK) if name == "bean-check" else shutil.which(name)
    if found is None or not Path(found).exists():
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed; .ci/run installs it.")
        pytest.skip(f"{name} is not installed.")
    return found


def run(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program(name), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},
    )


def check(form: str, path: Path) -> subprocess.CompletedProcess[str]:
    name, *arguments = CHECKS[form]
    return run(name, *(path if one == "{}" else one for one in arguments))


def balances(form: str, path: Path) -> dict[str, Decimal]:
    """What the program itself says that every account stands at; zero left out."""
    if form == "hledger":
        said = run("hledger", "-f", path, "balance", "--flat", "--no-total", "-O", "json")
        [rows, _] = json.loads(said.stdout)
        return {
            name: Decimal(amount["aquantity"]["decimalMantissa"])
            / 10 ** amount["aquantity"]["decimalPlaces"]
            for name, _, _, amounts in rows
            for amount in amounts
        }
    if form == "ledger":
        wanted = "%(account) %(quantity(scrub(display_total)))\n"
        said = run("ledger", "-f", path, "balance", "--flat", "--no-total", "--format", wanted)
        lines = (line.split(" ") for line in said.stdout.splitlines() if line)
        return {name: Decimal(amount) for name, amount in lines}
    # bean-check has compared these statements with its own sums, with no tolerance at all.
    lines = path.read_text(encoding="utf-8").splitlines()
    stated = (line.split()[2:4] for line in lines if " balance " in line)
    return {name: Decimal(amount) for name, amount in stated if Decimal(amount)}
