"""The chain of the audit log: whole as it is written, and telling where somebody was at it."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from shared.audit.chain import FindingKind
from shared.audit.sealing import anchor_all, expire_all, seal_all
from shared.kernel.clock import berlin_date, now
from tests.shared.audit.conftest import KEEPING, Log, someone

K = FindingKind


def said(report: Any) -> list[tuple[Any, ...]]:
    return [(one.kind, one.block, one.entry_id) for one in report.findings]


@pytest.fixture
async def sealed(log: Log) -> Log:
    """Three blocks of three entries."""
    for _ in range(3):
        await log.write(3)
        await seal_all(log.relay)
    return log


async def test_what_was_written_is_sealed_and_whole(sealed: Log) -> None:
    await sealed.write(2)
    report = await sealed.verify()
    assert report.is_intact, report.findings
    assert (report.blocks, report.entries, report.waiting) == (3, 9, 2)
    assert report.last_intact is not None
    assert report.last_intact["block"] == 3


async def test_a_changed_entry_is_found_in_its_block(sealed: Log) -> None:
    changed = (await sealed.ids())[4]
    await sealed.admin.execute(
        "update audit.audit_entry set actor = 'urn:test|else' where id = $1", changed
    )
    report = await sealed.verify()
    assert said(report) == [(K.ENTRY_CHANGED, 2, str(changed))]
    assert report.last_intact is not None
    assert report.last_intact["block"] == 1


async def test_a_deleted_entry_is_found_in_its_block(sealed: Log) -> None:
    gone = (await sealed.ids())[0]
    await sealed.admin.execute("delete from audit.audit_entry where id = $1", gone)
    report = await sealed.verify()
    assert said(report) == [(K.ENTRY_MISSING, 1, str(gone))]
    assert report.last_intact is None


async def test_an_entry_deleted_with_its_seal_is_found(sealed: Log) -> None:
    gone = (await sealed.ids())[8]
    await sealed.admin.execute("delete from audit.audit_entry where id = $1", gone)
    await sealed.admin.execute("delete from audit.audit_seal where entry_id = $1", gone)
    assert said(await sealed.verify()) == [(K.SEALS_CHANGED, 3, None)]


async def test_an_entry_put_in_the_middle_is_found(sealed: Log) -> None:
    twin = await sealed.admin.fetchval(
        "insert into audit.audit_entry (id, tenant_id, at, actor, unit_id, client_id, action,"
        " record_kind, record_ids, purpose, request_id, reason)"
        " select uuidv7(), tenant_id, at - interval '1 hour', actor, unit_id, client_id, action,"
        " record_kind, record_ids, purpose, request_id, reason from audit.audit_entry"
        " where id = $1 returning id::text",
        (await sealed.ids())[4],
    )
    assert said(await sealed.verify()) == [(K.ENTRY_PUT_IN, None, twin)]


async def test_a_block_taken_out_of_the_middle_is_found(sealed: Log) -> None:
    for table, column in (("audit_block", "number"), ("audit_seal", "block")):
        await sealed.admin.execute(
            f"delete from audit.{table} where tenant_id = $1 and {column} = 2",
            sealed.tenant,
        )
    report = await sealed.verify()
    assert (K.BLOCK_MISSING, 2, None) in said(report)
    assert report.last_intact is not None
    assert report.last_intact["block"] == 1


async def test_a_block_sealed_anew_after_a_change_breaks_the_chain(sealed: Log) -> None:
    await sealed.admin.execute(
        "update audit.audit_block set root = sha256('x'), previous_hash = previous_hash"
        " where tenant_id = $1 and number = 2",
        sealed.tenant,
    )
    assert {kind for kind, *_ in said(await sealed.verify())} == {
        K.BLOCK_CHANGED,
        K.SEALS_CHANGED,
    }


async def cut_tail(log: Log, from_block: int) -> None:
    """The last blocks with all that is in them, as if they had never been."""
    await log.admin.execute(
        "delete from audit.audit_entry where id in (select entry_id from audit.audit_seal"
        " where tenant_id = $1 and block >= $2)",
        log.tenant,
        from_block,
    )
    for table, column in (("audit_block", "number"), ("audit_seal", "block")):
        await log.admin.execute(
            f"delete from audit.{table} where tenant_id = $1 and {column} >= $2",
            log.tenant,
            from_block,
        )


async def anchors(log: Log) -> list[str]:
    rows = await log.admin.fetch(
        "select statement from audit.audit_anchor where tenant_id = $1 order by day", log.tenant
    )
    return [row["statement"] for row in rows]


async def test_a_tail_that_was_cut_off_contradicts_the_anchor(sealed: Log) -> None:
    await anchor_all(sealed.relay, KEEPING, now())
    assert (await sealed.verify()).is_intact
    await cut_tail(sealed, 3)
    assert said(await sealed.verify()) == [(K.ANCHOR_CONTRADICTS, 3, None)]


async def test_an_anchor_kept_outside_tells_of_the_tail_and_of_the_anchor_that_is_gone(
    sealed: Log,
) -> None:
    await anchor_all(sealed.relay, KEEPING, now())
    kept = await anchors(sealed)
    await cut_tail(sealed, 3)
    await sealed.admin.execute("delete from audit.audit_anchor where tenant_id = $1", sealed.tenant)
    assert (await sealed.verify()).is_intact  # nothing inside tells
    assert {kind for kind, *_ in said(await sealed.verify(kept))} == {
        K.ANCHOR_CONTRADICTS,
        K.ANCHOR_MISSING,
    }


async def test_swapped_and_forged_anchors_are_found(sealed: Log) -> None:
    for days in range(3):
        await anchor_all(sealed.relay, KEEPING, now() + timedelta(days=days))
        await sealed.write(1)
        await seal_all(sealed.relay)
    assert (await sealed.verify()).is_intact
    first, second, third = await anchors(sealed)
    put = "update audit.audit_anchor set statement = $2 where tenant_id = $1 and statement = $3"
    await sealed.admin.execute(put, sealed.tenant, first, second)
    found = await sealed.verify()
    assert [(one.kind, one.day) for one in found.findings] == [
        (K.ANCHOR_FORGED, str(berlin_date(now() + timedelta(days=1)))),
        (K.ANCHOR_MISSING, str(berlin_date(now() + timedelta(days=2)))),
    ]
    await sealed.admin.execute(
        "update audit.audit_anchor set statement = $2 where tenant_id = $1 and statement = $3",
        sealed.tenant,
        third[:-8] + "AAAAAAAA",
        third,
    )
    assert K.ANCHOR_FORGED in {one.kind for one in (await sealed.verify()).findings[1:]}


async def test_many_write_while_sealers_work_and_nothing_is_left_out_or_sealed_twice(
    log: Log, audited: Any
) -> None:
    other = await asyncpg.connect(audited.relay_dsn)

    async def sealing(relay: Any) -> None:
        while not written.is_set():
            await seal_all(relay, entries_max=7)

    written = asyncio.Event()
    sealers = [asyncio.create_task(sealing(one)) for one in (log.relay, other)]
    await asyncio.gather(*(log.write(25, "read" if n % 2 else "change") for n in range(10)))
    written.set()
    await asyncio.gather(*sealers)
    await seal_all(log.relay)
    await other.close()
    report = await log.verify()
    assert report.is_intact, report.findings
    assert (report.entries, report.waiting) == (250, 0)
    assert report.blocks > 10


async def test_a_writer_waits_for_no_sealer(log: Log, audited: Any) -> None:
    await log.write(1)
    transaction = log.relay.transaction()
    await transaction.start()
    assert await log.relay.fetchval("select audit.seal($1, 'CHANGE', 10)", log.tenant) == 1
    await asyncio.wait_for(log.write(1), timeout=5)  # the sealing is not committed yet
    await transaction.commit()
    await seal_all(log.relay)
    assert (await log.verify()).entries == 2


async def test_what_was_committed_late_is_sealed_in_a_later_block(log: Log) -> None:
    async with log.database.transaction(someone(log.tenant)) as tx:
        await tx.connection.execute(
            "insert into audit.audit_entry (id, tenant_id, actor, unit_id, client_id, action,"
            " record_kind, record_ids, purpose, request_id, reason) values (uuidv7(), $1, $2, 'u',"
            " '', 'slow', 'case', '{}', 'CASE_WORK', '', '')",
            log.tenant,
            tx.caller.actor,
        )
        await log.write(2)
        await seal_all(log.relay)
    await seal_all(log.relay)
    report = await log.verify()
    assert report.is_intact
    assert (report.blocks, report.entries, report.waiting) == (2, 3, 0)


async def test_reads_end_before_changes_and_the_chain_stays_whole(log: Log) -> None:
    await log.write(3, "read")
    await log.write(2)
    await log.age(200)
    await seal_all(log.relay)
    await anchor_all(log.relay, KEEPING, now())
    assert await expire_all(log.relay, KEEPING) == 3
    await seal_all(log.relay)
    report = await log.verify()
    assert report.is_intact, report.findings
    assert (report.ended_blocks, report.entries) == (1, 3)  # two changes, and that reads ended
    left = await log.admin.fetch(
        "select action, changes from audit.audit_entry where tenant_id = $1 order by at",
        log.tenant,
    )
    assert [row["action"] for row in left] == ["change-something"] * 2 + ["expire"]
    assert await expire_all(log.relay, KEEPING) == 0


async def test_nothing_ends_before_thirty_days_whatever_is_asked(log: Log) -> None:
    with pytest.raises(asyncpg.RaiseError):
        await log.relay.fetchval("select audit.expire($1, 'READ', 1, 10)", log.tenant)


FOR_NOBODY = (
    "update audit.audit_entry set reason = 'x'",
    "delete from audit.audit_entry",
    "truncate audit.audit_entry",
    "insert into audit.audit_block select * from audit.audit_block",
    "delete from audit.audit_block",
    "delete from audit.audit_seal",
    "delete from audit.audit_anchor",
    "update audit.audit_anchor set statement = ''",
    "alter table audit.audit_entry disable row level security",
    "drop table audit.audit_seal",
    "create table audit.mine (id int)",
    "set role kim_cases_audit",
)
FOR_THE_WORKER = (
    "select audit.seal('05570', 'READ', 1)",
    "select audit.expire('05570', 'READ', 30, 1)",
)
REFUSED = [("relay_dsn", one) for one in FOR_NOBODY]
REFUSED += [("app_dsn", one) for one in (*FOR_NOBODY, *FOR_THE_WORKER)]


@pytest.mark.parametrize(("role", "statement"), REFUSED)
async def test_no_role_that_logs_in_changes_or_ends_anything(
    audited: Any, role: str, statement: str
) -> None:
    connection = await asyncpg.connect(getattr(audited, role))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    finally:
        await connection.close()


async def test_only_the_officer_of_the_tenant_reads_the_log(sealed: Log) -> None:
    tables = ("audit_entry", "audit_block", "audit_seal")
    for roles, tenant, count in (
        (("dpo",), sealed.tenant, 9),
        (("case_manager",), sealed.tenant, 0),
        (("admin", "auditor", "team_lead", "unit_head"), sealed.tenant, 0),
        (("dpo",), "05566", 0),
    ):
        async with sealed.database.transaction(someone(tenant, "waf-dp", *roles)) as tx:
            for table in tables:
                seen = await tx.connection.fetchval(
                    f"select count(*) from audit.{table} where tenant_id = $1",
                    sealed.tenant,
                )
                assert seen == (0 if not count else 3 if table == "audit_block" else count)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await sealed.relay.execute("select * from audit.audit_entry")


async def test_no_entry_is_dated_back_and_none_is_without_purpose(log: Log) -> None:
    insert = (
        "insert into audit.audit_entry (id, tenant_id, at, actor, unit_id, client_id, action,"
        " record_kind, record_ids, purpose, request_id, reason) values (uuidv7(), $1,"
        " clock_timestamp() - $3::interval, $2, 'u', '', 'x', 'case', '{}', $4, '', '')"
    )
    for age, purpose in ((timedelta(hours=1), "CASE_WORK"), (timedelta(0), "")):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with log.database.transaction(someone(log.tenant)) as tx:
                await tx.connection.execute(insert, log.tenant, tx.caller.actor, age, purpose)
    assert await log.ids() == []
