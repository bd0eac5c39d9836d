"""The receipt both sides hold, the notes that travel along, and what a person is told."""

import ast
import json
from collections.abc import Callable
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, NAME, referral
from tests.services.referrals.test_disclosures import FIELDS, PATHS
from tests.services.referrals.test_forwarding import application

VERSIONS = Path("services/referrals/storage/migrations/versions")
MIGRATION = next(VERSIONS.glob("*_disclosures.py"))


async def test_f29_a_disputed_field_carries_its_note_in_every_answer(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    disputed = "identity.birthDate"
    sent = (
        await jobcenter.post("/v1/referrals", referral(subject, disputedFields=[disputed]))
    ).json()
    accepted = await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    for desk in (jobcenter, case_manager):
        seen = await desk.read(accepted["id"])
        assert seen["disputedFields"] == [disputed]
        assert [one["field"] for one in seen["disputes"]] == [disputed]
        assert "§ 84 Abs. 2 SGB X" in seen["disputes"][0]["note"]["de"]
        assert "§ 84 (2) SGB X" in seen["disputes"][0]["note"]["en"]
        listed = await desk.get(f"/v1/referrals/{accepted['id']}/disclosures")
        assert [one["disputedFields"] for one in listed.json()["items"]] == [[disputed]]
        receipt = (await desk.get(f"/v1/referrals/{accepted['id']}/receipt")).json()
        assert receipt["receipt"]["disputedFields"] == [disputed]


async def test_both_sides_hold_the_same_receipt_and_it_verifies(
    jobcenter: Desk, case_manager: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    path = f"/v1/referrals/{sent['id']}/receipt"
    pulled = await case_manager.step(sent, "pull")
    # Which parts there are says something of the person: not before acceptance.
    assert (await case_manager.get(path)).status_code == 404
    assert (await case_manager.get(path.replace("receipt", "disclosures"))).json()["items"] == []
    accepted = await case_manager.step(pulled, "accept")
    mine, theirs = await jobcenter.get(path), await case_manager.get(path)
    assert mine.content == theirs.content
    receipt, digest = mine.json()["receipt"], mine.json()["digest"]
    canonical = json.dumps(receipt, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert digest == f"sha256:{sha256(canonical.encode()).hexdigest()}"
    assert receipt["payloadDigest"] == accepted["payloadDigest"]
    assert receipt["fields"] == sorted(PATHS)
    assert NAME not in mine.text
    for value, matches in (
        (digest, True),
        (receipt["payloadDigest"], True),
        (f"sha256:{'0' * 64}", False),
    ):
        for desk in (jobcenter, case_manager):
            answer = await desk.act(accepted, "verify-receipt", {"digest": value})
            assert (answer.status_code, answer.json()) == (
                200,
                {"matches": matches, "digest": digest},
            )
    strange = await desk_of("waf-cm-head").get(
        path
    )  # the head of the receiving unit decides nothing here
    assert strange.status_code == 404


async def test_an_amendment_gets_a_manifest_of_its_own(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    accepted = await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    shorter = {part: CONTENT[part] for part in ("identity", "languages")}
    changes = {"reason": "CORRECTION", "content": shorter}
    amended = await jobcenter.step(accepted, "amend", changes)
    path = f"/v1/referrals/{sent['id']}"
    listed = (await case_manager.get(f"{path}/disclosures")).json()["items"]
    assert [(one["contentVersion"], "need.summary" in one["fields"]) for one in listed] == [
        (1, True),
        (2, False),
    ]
    receipt = (await jobcenter.get(f"{path}/receipt")).json()["receipt"]
    assert receipt["payloadDigest"] == amended["payloadDigest"]
    assert (await case_manager.read(sent["id"]))["content"] == shorter


async def test_a_person_is_told_what_went_to_whom(
    case_manager: Desk, jobcenter: Desk, subject: str
) -> None:
    case_id = str(uuid4())
    sent = (await case_manager.post("/v1/referrals", application(subject, caseId=case_id))).json()
    path = f"/v1/data-subjects/disclosures?caseId={case_id}"
    told = (await case_manager.get(path)).json()["items"]
    assert [(one["referralId"], one["recipientUnit"], one["fields"]) for one in told] == [
        (sent["id"], "waf-abh", sorted(FIELDS))
    ]
    assert (await jobcenter.get(path)).json()["items"] == []


async def test_what_was_sent_before_there_were_manifests_keeps_its_recipient(
    case_manager: Desk, jobcenter: Desk, subject: str, owner: Any
) -> None:
    """The migration writes them; an authority without a decision that covers it gets none."""
    plain = (await jobcenter.post("/v1/referrals", referral(subject))).json()["id"]
    decided = (await case_manager.post("/v1/referrals", application(subject))).json()["id"]
    never = (await case_manager.post("/v1/referrals", application(f"{subject}-2"))).json()["id"]
    spec = spec_from_file_location("disclosures", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    migration = module_from_spec(spec)
    spec.loader.exec_module(migration)
    undone = owner.transaction()
    await undone.start()
    await owner.execute("set local session_replication_role = replica")
    await owner.execute("delete from disclosure; delete from disclosure_decision")
    await owner.execute(
        "update sender_record set disclosure_decision = null where id = $1", UUID(never)
    )
    await owner.execute(migration.OF_BEFORE)
    rows = await owner.fetch(
        "select d.*, n.fields as released from disclosure d"
        " left join disclosure_decision n on n.id = d.decision_id"
    )
    await undone.rollback()
    found = {str(row["referral_id"]): row for row in rows}
    assert never not in found
    assert found[plain]["fields"] == sorted(PATHS)
    assert found[plain]["categories"] == ["identity", "languages", "need"]
    assert sorted(found[decided]["released"]) == found[decided]["fields"] == sorted(FIELDS)


def test_content_is_read_in_one_module() -> None:
    """Whoever names the content's table or class stands in the storage of disclosures."""
    root = Path("services/referrals")
    storage = root / "storage"
    readers = {storage / name for name in ("disclosures.py", "attached_files.py", "parts.py")}
    # The tables of access name it among the kinds of records.
    allowed = readers | {root / "domain" / name for name in ("access_table.py", "deposits.py")}
    allowed |= set((storage / "tables").glob("*.py"))
    found = set()
    for path in set(root.rglob("*.py")) - allowed:
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = {getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")}
            text = node.value if isinstance(node, ast.Constant) else ""
            if names & {"ContentRow", "AttachmentRow"} or "referral_content" in str(text):
                found.add(str(path))
    assert found == set()
