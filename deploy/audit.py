"""`python -m deploy.audit`: what others know to look for, in our code and in what it stands on.

`code` (bandit), `secrets` (detect-secrets) and `packages` (pip-audit); without a word, all three.
A finding that is not in the reviewed baselines of `.ci/` fails. The vulnerability database lies on
the network: where it cannot be reached the audit says "NOT CHECKED", and fails only when
AUDIT_NEEDS_DATABASE is set, as on a machine that releases.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CODE: Final = ("shared", "services", "gateway", "deploy")
LOCKS: Final = ("service", "gateway", "local", "dev")
BANDIT_BASELINE: Final = ".ci/bandit-baseline.json"
SECRETS_BASELINE: Final = ".ci/secrets-baseline.json"
# Made by programs, or full of hashes: what is secret cannot be told from what is random there.
NOT_SCANNED: Final = re.compile(
    r"package-lock\.json$|^requirements/.*\.txt$|/contracts/.*\.json$|/promised/|^docs/.*\.json$"
    r"|schema\.graphql$|baseline\.json$|\.(svg|png|pdf|woff2?|ico)$"
)
# Ids of migrations are random, too.
REVISION: Final = r"(evision = \"|evises: |Revision ID: |revision: str)"
TIMEOUT_S: Final = 600


class DatabaseUnreachable(Exception):
    """Nobody could be asked about these packages."""


def audit_code() -> int:
    """Exit code of bandit over everything that runs."""
    return _run(
        "bandit", "-q", "-r", "-c", "pyproject.toml", "-b", BANDIT_BASELINE, *CODE,
        "-x", "*/node_modules/*",
    ).returncode  # fmt: skip


def audit_secrets(files: list[str] | None = None) -> int:
    """1 when a file that git keeps has what looks like a secret and was not reviewed."""
    kept = (
        files if files is not None else _run("git", "ls-files", is_shown=False).stdout.split("\n")
    )
    scanned = [name for name in kept if name and not NOT_SCANNED.search(name)]
    answer = _run(
        "detect-secrets", "scan", "--no-verify", "--exclude-lines", REVISION, *scanned,
        is_shown=False,
    )  # fmt: skip
    reviewed = json.loads((ROOT / SECRETS_BASELINE).read_text(encoding="utf-8"))["findings"]
    known = {(one["file"], one["type"], one["hash"]) for one in reviewed}
    unknown = [
        f"{file}:{one['line_number']}: {one['type']}"
        for file, found in json.loads(answer.stdout)["results"].items()
        for one in found
        if (file, one["type"], one["hashed_secret"]) not in known
    ]
    print("\n".join(unknown), end="\n" if unknown else "")
    return int(bool(unknown))


def audit_packages() -> int:
    """0 when no locked package has a known vulnerability, and when nobody could be asked."""
    code = 0
    for lock in LOCKS:
        try:
            for line in vulnerable(lock):
                print(f"requirements/{lock}.txt: {line}")
                code = 1
        except DatabaseUnreachable as reason:
            print(f"NOT CHECKED: requirements/{lock}.txt, {reason}.")
            code = code or int(bool(os.environ.get("AUDIT_NEEDS_DATABASE")))
    return code


def vulnerable(lock: str) -> list[str]:
    """The locked packages with known vulnerabilities. Raises DatabaseUnreachable."""
    answer = _run(
        "pip-audit", "-r", f"requirements/{lock}.txt", "--require-hashes", "--disable-pip",
        "--progress-spinner", "off", "-f", "json",
        is_shown=False,
    )  # fmt: skip
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError) as fault:
        last = (answer.stderr.strip().splitlines() or ["no answer"])[-1]
        raise DatabaseUnreachable(f"the database did not answer ({last[:120]})") from fault
    return judged(packages)


def judged(packages: list[dict[str, object]]) -> list[str]:
    """One line for each vulnerable package. Raises DatabaseUnreachable for any not looked up.

    The program calls a package that it could not look up "skipped", and the whole a success.
    """
    found = [
        f"{one['name']} {one['version']}: {', '.join(str(v['id']) for v in vulnerabilities)}"
        for one in packages
        if isinstance(vulnerabilities := one.get("vulns"), list) and vulnerabilities
    ]
    skipped = [str(one["name"]) for one in packages if "skip_reason" in one]
    if skipped and not found:
        raise DatabaseUnreachable(
            f"{len(skipped)} of {len(packages)} packages are unknown to the database"
        )
    return found


PARTS: Final[dict[str, Callable[[], int]]] = {
    "code": audit_code,
    "secrets": audit_secrets,
    "packages": audit_packages,
}


def _run(*command: str, is_shown: bool = True) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(command[0])
    first = str(program) if program.exists() else command[0]
    ended = subprocess.run(
        [first, *command[1:]],
        cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_S, check=False,
    )  # fmt: skip
    if is_shown and ended.returncode:
        print(ended.stdout + ended.stderr)
    return ended


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.audit", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="code|secrets|packages")
    asked = parser.parse_args().parts or list(PARTS)
    failed = [part for part in asked if PARTS[part]()]
    if failed:
        sys.exit(f"The audit found something: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
