"""A document whose bytes the store has lost: said so, noted, and nothing else changed."""

from pathlib import Path
from typing import Any

from tests.engines import ServiceDatabase
from tests.services.cases.api.test_documents import PDF, announced, download, kept, upload
from tests.services.cases.conftest import Person
from tests.services.cases.erasing import as_owner

LOST = (
    "select count(*) from audit_entry where action = 'content-lost' and record_kind = 'document'"
    " and record_ids = array[$1::uuid]"
)


async def test_lost_content_is_a_problem_of_its_own_and_stands_in_the_audit_log(
    anna: Person,
    case: dict[str, Any],
    documents_folder: Path,
    cases_database: ServiceDatabase,
) -> None:
    document = await announced(anna, case["id"])
    stored = (await upload(anna, document["id"], PDF)).json()
    (lost,) = kept(documents_folder, document["id"])
    lost.unlink()
    answer = await download(anna, document["id"])
    assert (answer.status_code, answer.json()["code"]) == (404, "content-lost")
    assert await as_owner(cases_database, "audit_entry", LOST, document["id"]) == 1
    assert await anna.get(f"/v1/documents/{document['id']}") == stored
