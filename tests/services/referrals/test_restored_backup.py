"""Texts of referrals lie sealed; deleted content is forgotten in every backup as well."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import JSON, String

from deploy.local.postgres import PostgresFailed, PostgresServer
from services.referrals.operations.erasing import erase_case
from services.referrals.operations.forget_restored import forget_restored
from services.referrals.operations.withdrawing import take_back_draft
from services.referrals.storage.base import Table
from services.referrals.storage.disclosures import find_content
from services.referrals.storage.lookups import keep_case
from services.referrals.storage.readable_text import READABLE
from shared.database.connection import Database, open_database
from shared.kernel.caller import Caller, system_caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.secrecy.columns import sealed_columns
from shared.secrecy.removal import destroy_keys
from shared.secrecy.store import keys_dsn
from shared.secrecy.values import UNREADABLE
from tests.apis import create_app, running
from tests.engines import ServiceDatabase
from tests.keys import ring_of
from tests.services.cases.secrecy.stored import found, take_backup
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, TELGTE, consent
from tests.services.referrals.test_attachments import announced
from tests.services.referrals.test_clocks import sent
from tests.services.referrals.test_forwarding import DECISION

# Nothing that fits here tells anything about somebody that its code does not.
LENGTH_MAX = 63
ACTOR_LENGTH_MAX = 520


def is_free(kind: Any) -> bool:
    text = getattr(kind, "impl", kind)
    if isinstance(kind, JSON):
        return True
    return isinstance(text, String) and (
        text.length is None or LENGTH_MAX < text.length != ACTOR_LENGTH_MAX
    )


def test_every_free_text_of_referrals_is_sealed_or_readable_for_a_reason() -> None:
    columns = {
        (table.key, column.name): column
        for table in Table.metadata.sorted_tables
        for column in table.columns
    }
    sealed = {
        (table.key, name)
        for table in Table.metadata.sorted_tables
        for name in sealed_columns(table)
    }
    free = {place for place, column in columns.items() if is_free(column.type)}
    assert len(sealed) > 1
    assert free - sealed - READABLE.keys() == set()
    assert READABLE.keys() - (free - sealed) == set()


async def test_a_restored_backup_is_forgotten_again_before_it_is_served(
    jobcenter: Desk,
    subject: str,
    app_database: Database,
    referrals_database: ServiceDatabase,
    postgres: PostgresServer,
    issuer: str,
    tmp_path: Path,
) -> None:
    """What was deleted since is unreadable to everybody at once, and gone before anybody is served:
    content, what a draft knew, the cases of both sides. What stays is read as ever.
    """
    gone, stays, case_id = f"getilgt{uuid4().hex}", f"bleibt{uuid4().hex}", new_id()
    first, second = [
        await sent(jobcenter, f"{subject}-{word[:2]}", content=content_with(word))
        for word in (gone, stays)
    ]
    of_case = await sent(jobcenter, f"{subject}-case", caseId=str(case_id))
    draft = await sent(jobcenter, f"{gone}-draft", submit=False)
    received = UUID(second["id"])
    async with app_database.transaction(unit("waf-cm")) as tx:
        await keep_case(tx, received, case_id)
    restore = take_backup(postgres, "referrals", referrals_database.name, tmp_path)
    withdrawn = await jobcenter.step(first, "withdraw", {"reason": "SENT_BY_MISTAKE"})
    assert withdrawn["state"] == "WITHDRAWN"
    async with app_database.transaction(unit("waf-jobcenter")) as tx:
        assert await take_back_draft(tx, UUID(draft["id"]), now(), now())
    for name in ("waf-jobcenter", "waf-cm"):
        async with app_database.transaction(unit(name)) as tx:
            assert await erase_case(tx, case_id=case_id, erasure_id=uuid4()) == 1
    await destroy_keys(app_database)

    restored = restore()
    assert found(postgres, restored.name, [gone, stays]) == {gone}
    assert await summary(restored, first) == UNREADABLE
    states = "select string_agg(state, ' ' order by id) from referral where id in ({})"
    ids = ", ".join(f"'{one['id']}'" for one in (first, second, of_case, draft))
    before = postgres.psql(restored.name, statement=states.format(ids))
    assert before == "SUBMITTED SUBMITTED SUBMITTED DRAFT"

    keys = SecretStr(keys_dsn(referrals_database.app_dsn))
    async with running(create_app("referrals", restored, issuer, keys_dsn=keys)) as client:
        again = Desk(client, jobcenter.token)
        shown = await again.read(second["id"])
        assert shown["content"]["need"] == {"summary": stays}
        assert (await again.read(first["id"]))["content"] is None
        assert (await client.get("/health/ready")).json()["checks"]["erasures"] is True
    after = postgres.psql(restored.name, statement=states.format(ids))
    assert after == "WITHDRAWN SUBMITTED WITHDRAWN WITHDRAWN"
    assert found(postgres, restored.name, [gone]) == set()
    left = (
        f"select count(*) from (select case_id from sender_record union all select case_id from"
        f" recipient_record) c where case_id = '{case_id}'"
    )
    assert postgres.psql(restored.name, statement=left) == "0"
    back = await opened(restored)
    assert await forget_restored(back) == 0
    await back.close()
    assert await forget_restored(app_database) == 0


async def test_nobody_reads_reasons_names_of_files_and_houses_in_the_database(
    jobcenter: Desk, subject: str, referrals_database: ServiceDatabase, postgres: PostgresServer
) -> None:
    """Reasons beside a legal ground; what the database judges of it stays readable."""
    names = ("formReason", "reason", "notDiscussedReason", "notInformedReason", "file", "house")
    words = {name: f"{name[:6]}{uuid4().hex[:12]}" for name in names}
    form = {"form": "ELECTRONIC", "formReason": words["formReason"]}
    steps = {"discussedWithFamily": False, "specialistConsulted": True, "familyInformed": False}
    made = await sent(
        jobcenter,
        subject,
        submit=False,
        recipientUnit="waf-cm",
        legalGround={"consent": consent(**form)},
        disclosureDecision=DECISION | {"reason": words["reason"]},
        protectionSteps=steps | {name: words[name] for name in names[2:4]},
        place={"ags": TELGTE, "street": "Steinstraße", "houseNumber": words["house"]},
    )
    file = await announced(jobcenter, made["id"], name=f"{words['file']}.pdf")
    shown = (await jobcenter.read(made["id"]))["sending"]
    assert shown["legalGround"]["consent"]["formReason"] == words["formReason"]
    assert shown["disclosureDecision"]["reason"] == words["reason"]
    assert [shown["protectionSteps"][name] for name in names[2:4]] == [
        words["notDiscussedReason"], words["notInformedReason"]
    ]  # fmt: skip
    listed = (await jobcenter.get(f"/v1/referrals/{made['id']}/attachments")).json()["items"]
    assert [one["name"] for one in listed] == [file["name"]] == [f"{words['file']}.pdf"]
    assert found(postgres, referrals_database.name, words.values()) == set()
    ground = (
        f"select legal_ground #>> '{{consent,form}}' from sender_record where id = '{made['id']}'"
    )
    assert postgres.psql(referrals_database.name, statement=ground) == "ELECTRONIC"
    # Whoever writes past the service is refused by the table.
    for column in ("legal_ground", "disclosure_decision"):
        path = "{consent,formReason}" if column == "legal_ground" else "{reason}"
        plain = (
            f"update sender_record set {column} = jsonb_set({column}, '{path}', '\"offen\"')"
            f" where id = '{made['id']}'"
        )
        with pytest.raises(PostgresFailed, match=f"ck_sender_record_{column}_is_sealed"):
            postgres.psql(referrals_database.name, statement=plain)


def unit(name: str) -> Caller:
    return system_caller(tenant_id="05570", unit_id=name, part="tests")


async def opened(restored: ServiceDatabase) -> Database:
    """With the keys, which were not restored."""
    ring = await ring_of(restored.app_dsn.removesuffix("_back"))
    return await open_database(restored.app_dsn, application="tests", ring=ring)


async def summary(restored: ServiceDatabase, referral: dict[str, Any]) -> Any:
    """As the service reads it that has every key there is, and has not yet forgotten."""
    database = await opened(restored)
    async with database.transaction(unit("waf-jobcenter")) as tx:
        row = await find_content(tx, UUID(referral["id"]))
    await database.close()
    assert row is not None
    content = row["content"]
    return content["need"]["summary"] if isinstance(content["need"], dict) else content["need"]


def content_with(word: str) -> dict[str, Any]:
    return {**CONTENT, "need": {"summary": word}}
