"""Look after the chain of one tenant: what was changed, taken away or put in, and where.

Everything is computed anew by expressions that this program brings along; what the database says
of itself is not believed. What was done before the first anchor that somebody kept outside can be
seen as well, unless all of it was rewritten.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import asyncpg

from shared.audit.digests import ENTRY_DIGEST, IS_READ
from shared.audit.sealing import Connection, statement_digest
from shared.auth.anchoring import AnchorReader, StatementForged

GENESIS: Final = bytes(32)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
FINDINGS_MAX: Final = 200
ENTRIES_AT_ONCE: Final = 100_000
BLOCKS = """
select b.*, x.days, x.expired_at from audit.audit_block b
  left join audit.audit_expiry x
    on x.tenant_id = b.tenant_id and x.kind = b.kind and x.block = b.number
 where b.tenant_id = $1 and b.number > $2 order by b.number limit 5000"""
CONTENT = f"""
select s.block, count(*)::int as seals,
       sha256(string_agg(s.digest, ''::bytea order by s.place)) as root,
       array_agg(s.entry_id order by s.place) filter (where e.id is null) as missing,
       array_agg(s.entry_id order by s.place)
         filter (where e.id is not null
                   and (s.digest <> {ENTRY_DIGEST}
                        or ({IS_READ}) <> (b.kind = 'READ'))) as changed
  from audit.audit_seal s
  join audit.audit_block b on b.tenant_id = s.tenant_id and b.number = s.block
  left join audit.audit_entry e on e.tenant_id = s.tenant_id and e.id = s.entry_id
 where s.tenant_id = $1 and s.block between $2 and $3
 group by s.block"""  # noqa: S608 - made of constants
STRAY_SEALS = """
select distinct s.block from audit.audit_seal s
 where s.tenant_id = $1 and not exists (
   select from audit.audit_block b where b.tenant_id = s.tenant_id and b.number = s.block)
 order by 1 limit 100"""
NOT_SEALED = f"""
select e.id, e.at < coalesce((
         select max(b.reached_at) from audit.audit_block b
          where b.tenant_id = $1 and b.kind = case when {IS_READ} then 'READ' else 'CHANGE' end
       ), '-infinity') - interval '15 minutes' as is_behind
  from audit.audit_entry e
 where e.tenant_id = $1 and not exists (
   select from audit.audit_seal s where s.tenant_id = e.tenant_id and s.entry_id = e.id)
 order by e.at"""  # noqa: S608 - made of constants
ANCHORS = """
select day, block, statement from audit.audit_anchor where tenant_id = $1 order by day"""


class FindingKind(StrEnum):
    BLOCK_MISSING = "BLOCK_MISSING"
    BLOCK_CHANGED = "BLOCK_CHANGED"
    SEALS_CHANGED = "SEALS_CHANGED"
    ENTRY_MISSING = "ENTRY_MISSING"
    ENTRY_CHANGED = "ENTRY_CHANGED"
    ENTRY_PUT_IN = "ENTRY_PUT_IN"
    ENDED_TOO_EARLY = "ENDED_TOO_EARLY"
    ANCHOR_FORGED = "ANCHOR_FORGED"
    ANCHOR_MISSING = "ANCHOR_MISSING"
    ANCHOR_CONTRADICTS = "ANCHOR_CONTRADICTS"


@dataclass(frozen=True, slots=True)
class Finding:
    """`block`, `entry_id` and `day` say where, as far as they apply."""

    kind: FindingKind
    block: int | None = None
    entry_id: str | None = None
    day: str | None = None


@dataclass(slots=True)
class Report:
    """What was looked at, and what is wrong; `hashes` are those of the blocks as stored."""

    tenant_id: str
    blocks: int = 0
    entries: int = 0
    ended_blocks: int = 0
    waiting: int = 0
    last_intact: Mapping[str, Any] | None = None
    anchor: Mapping[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)
    hashes: dict[int, str] = field(default_factory=dict)

    @property
    def is_intact(self) -> bool:
        return not self.findings

    def found(self, kind: FindingKind, **where: Any) -> None:
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(Finding(kind, **where))


async def verify(
    connection: Connection,
    tenant_id: str,
    reader: AnchorReader,
    kept: Sequence[str] = (),
) -> Report:
    """Look at everything, from the first block to the last entry.

    `connection` is in a transaction that sees one state and the whole log of the tenant; `kept`
    are statements that were kept outside.
    """
    report = Report(tenant_id)
    blocks = await _blocks(connection, report)
    for some in _portions(blocks):
        await _look_into(connection, report, some)
    for row in await connection.fetch(STRAY_SEALS, tenant_id):
        if row["block"] > report.blocks and row["block"] not in report.hashes:
            report.found(FindingKind.BLOCK_MISSING, block=row["block"])
    for row in await connection.fetch(NOT_SEALED, tenant_id):
        if row["is_behind"]:
            report.found(FindingKind.ENTRY_PUT_IN, entry_id=str(row["id"]))
        else:
            report.waiting += 1
    _look_at_anchors(report, reader, await connection.fetch(ANCHORS, tenant_id), kept)
    _conclude(report, blocks)
    return report


async def _blocks(connection: Connection, report: Report) -> "list[asyncpg.Record]":
    """All blocks; each must name the one before."""
    blocks: list[asyncpg.Record] = []
    number, before = 0, GENESIS
    while some := await connection.fetch(BLOCKS, report.tenant_id, number):
        for block in some:
            if block["number"] != number + 1:
                report.found(FindingKind.BLOCK_MISSING, block=number + 1)
            elif block["previous_hash"] != before:
                report.found(FindingKind.BLOCK_CHANGED, block=block["number"])
            if block["hash"] != block_hash(block):
                report.found(FindingKind.BLOCK_CHANGED, block=block["number"])
            number, before = block["number"], block["hash"]
            report.hashes[number] = before.hex()
        blocks += some
    report.blocks = len(blocks)
    return blocks


def block_hash(block: Mapping[str, Any]) -> bytes:
    """The hash of a block, as `digests.py` words it."""
    texts = [
        block["tenant_id"],
        str(block["number"]),
        block["kind"],
        str(block["entry_count"]),
        str(microseconds(block["sealed_at"])),
        block["root"].hex(),
        block["previous_hash"].hex(),
    ]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).digest()


def microseconds(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


async def _look_into(
    connection: Connection, report: Report, blocks: "list[asyncpg.Record]"
) -> None:
    """Compare the entries of some blocks in a row with their seals, and these with the blocks."""
    low, high = blocks[0]["number"], blocks[-1]["number"]
    rows = await connection.fetch(CONTENT, report.tenant_id, low, high)
    content = {row["block"]: row for row in rows}
    for block in blocks:
        number, found = block["number"], content.get(block["number"])
        if block["expired_at"] is not None:
            report.ended_blocks += 1
            if block["last_at"] + timedelta(days=block["days"]) > block["expired_at"]:
                report.found(FindingKind.ENDED_TOO_EARLY, block=number)
            continue
        report.entries += block["entry_count"]
        if found is None or (found["seals"], found["root"]) != (
            block["entry_count"],
            block["root"],
        ):
            report.found(FindingKind.SEALS_CHANGED, block=number)
        for entry_id in (found and found["missing"]) or ():
            report.found(FindingKind.ENTRY_MISSING, block=number, entry_id=str(entry_id))
        for entry_id in (found and found["changed"]) or ():
            report.found(FindingKind.ENTRY_CHANGED, block=number, entry_id=str(entry_id))


def _portions(blocks: "list[asyncpg.Record]") -> "Iterable[list[asyncpg.Record]]":
    """Some blocks in a row, of not too many entries."""
    some: list[asyncpg.Record] = []
    entries = 0
    for block in blocks:
        if some and entries + block["entry_count"] > ENTRIES_AT_ONCE:
            yield some
            some, entries = [], 0
        some.append(block)
        entries += block["entry_count"]
    if some:
        yield some


def _look_at_anchors(
    report: Report, reader: AnchorReader, rows: "Iterable[asyncpg.Record]", kept: Sequence[str]
) -> None:
    """Signatures, the order of the anchors, and what they say of the chain."""
    stored: dict[str, str] = {}
    before = None
    for row in rows:
        day = row["day"].isoformat()
        stored[day] = row["statement"]
        claims = _claims(report, reader, row["statement"], day)
        if claims is None:
            before = statement_digest(row["statement"])
            continue
        if (claims["day"], claims["block"]) != (day, row["block"]):
            report.found(FindingKind.ANCHOR_FORGED, day=day)
        elif claims["previous"] != before:
            report.found(FindingKind.ANCHOR_MISSING, day=day)
        before = statement_digest(row["statement"])
        report.anchor = {"day": day, "block": row["block"], "statement": row["statement"]}
    for statement in kept:
        claims = _claims(report, reader, statement, None)
        if claims is None:
            continue
        held = stored.get(claims["day"])
        if held is None:
            report.found(FindingKind.ANCHOR_MISSING, day=claims["day"])
        elif held != statement:
            report.found(FindingKind.ANCHOR_FORGED, day=claims["day"])


def _claims(
    report: Report, reader: AnchorReader, statement: str, day: str | None
) -> dict[str, Any] | None:
    """What a statement says, when it is ours and of this tenant; the chain must say the same."""
    try:
        claims = reader.claims(statement)
    except StatementForged:
        report.found(FindingKind.ANCHOR_FORGED, day=day)
        return None
    if claims["tenant"] != report.tenant_id:
        report.found(FindingKind.ANCHOR_FORGED, day=day or claims["day"])
        return None
    if report.hashes.get(claims["block"]) != claims["hash"]:
        report.found(FindingKind.ANCHOR_CONTRADICTS, block=claims["block"], day=claims["day"])
    return claims


def _conclude(report: Report, blocks: "list[asyncpg.Record]") -> None:
    """The last block before the first that is not as it was."""
    broken = min((one.block for one in report.findings if one.block), default=None)
    for block in blocks:
        if broken is not None and block["number"] >= broken:
            break
        report.last_intact = {
            "block": block["number"],
            "hash": block["hash"].hex(),
            "sealed_at": block["sealed_at"],
        }
