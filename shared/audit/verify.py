"""`python -m shared.audit.verify --service cases --tenant 05570`: whether an audit log is whole.

Prints the report as JSON; ends with 0 when nothing is wrong, with 1 when something is.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shared.audit.chain import Report, verify
from shared.auth.anchoring import AnchorKeys, AnchorReader
from shared.database.connection import open_database
from shared.kernel.caller import Caller

EPILOG = """
Settings by environment, as for the service: <SERVICE>_DATABASE_DSN and
<SERVICE>_AUDIT_ANCHOR_KEYS, or --keys with the key set of GET /v1/audit/keys.
"""


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    report = asyncio.run(_run(chosen))
    sys.stdout.write(json.dumps(shown(report), indent=2, default=str) + "\n")
    return 0 if report.is_intact else 1


def shown(report: Report) -> dict[str, Any]:
    found = asdict(report)
    del found["hashes"]
    return {"is_intact": report.is_intact, **found}


async def _run(chosen: argparse.Namespace) -> Report:
    prefix = chosen.service.upper()
    published = (
        json.loads(chosen.keys.read_text())
        if chosen.keys
        else AnchorKeys(os.environ.get(f"{prefix}_AUDIT_ANCHOR_KEYS", "")).published()
    )
    own = f"{chosen.service}-{chosen.tenant}-*.jws"
    kept = [text for path in chosen.anchors for text in _statements(path, own)]
    database = await open_database(
        os.environ[f"{prefix}_DATABASE_DSN"],
        application="kim-audit-verify",
        statement_timeout_ms=600_000,
    )
    try:
        async with database.snapshot(_officer(chosen.tenant)) as tx:
            return await verify(tx.connection, chosen.tenant, AnchorReader(published), kept)
    finally:
        await database.close()


def _officer(tenant_id: str) -> Caller:
    """Whoever has the address of the database reads as the officer of the tenant does."""
    return Caller(
        tenant_id=tenant_id,
        unit_id="system",
        unit_type="SYSTEM",
        issuer="urn:kim:system",
        subject="audit-verify",
        roles=frozenset({"dpo"}),
    )


def _statements(path: Path, own: str) -> Iterator[str]:
    """Of a folder, in which all services keep those of all tenants, only the tenant's own."""
    for file in sorted(path.glob(own)) if path.is_dir() else [path]:
        yield from file.read_text().split()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m shared.audit.verify", description=__doc__, epilog=EPILOG
    )
    parser.add_argument("--service", required=True, choices=("cases", "funding", "referrals"))
    parser.add_argument("--tenant", required=True, help="key of the county, five digits")
    parser.add_argument("--keys", type=Path, help="key set (JWKS) that verifies the anchors")
    parser.add_argument(
        "--anchors", type=Path, nargs="*", default=[], help="files or folders of kept anchors"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
