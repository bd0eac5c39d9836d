"""Words, tokens and secrets of the trials that stand in what the programs of a run have logged."""

import base64
import binascii
import re
from pathlib import Path
from typing import Final

# What journeys write about people (tests/canaries.py), signed tokens, and invented passwords.
TOKEN: Final = "a token"
TRACES: Final = {
    "a word about a person": re.compile(rb"ztok[a-p]{16}", re.IGNORECASE),
    TOKEN: re.compile(rb"eyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    "a secret of a system": re.compile(rb"development-only-[a-z-]{3,}"),
    "a secret of a webhook": re.compile(rb"whsec_[A-Za-z0-9+/=_-]{24,}"),
    "a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a password in an address": re.compile(rb"postgres(ql)?://[^:@/\s]+:[^@/\s*]{8,}@"),
}
# The daily anchors of the audit log are logged on purpose, so that they are kept elsewhere, too:
# what they sign is a hash. No token has their type.
ANCHOR: Final = b'"typ":"kim-audit-anchor+jwt"'
LOGS: Final = ("**/logs/*.log", "*.out")


def traces_in(run_dir: Path) -> list[str]:
    """One line for each kind of trace and log file; what was found is not said again."""
    found: list[str] = []
    for path in sorted({path for pattern in LOGS for path in run_dir.glob(pattern)}):
        content = path.read_bytes()
        for what, pattern in TRACES.items():
            hits = sum(not _is_anchor(what, hit.group()) for hit in pattern.finditer(content))
            if hits:
                found.append(f"{path.relative_to(run_dir)}: {what}, {hits} times")
    return found


def _is_anchor(what: str, found: bytes) -> bool:
    if what != TOKEN:
        return False
    head = found.partition(b".")[0]
    try:
        return ANCHOR in base64.urlsafe_b64decode(head + b"=" * (-len(head) % 4))
    except binascii.Error:
        return False
