"""The case service in this process, spoken to in the name of invented people."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from services.cases.domain.practice import Practice
from services.cases.messaging.erasure import erasure_subscription
from services.cases.storage.tables import ConsumedEvent
from shared.database.connection import Database
from shared.kernel.clock import berlin_date, now
from shared.messaging.consumer import Consumer
from shared.objects.intake import Archive
from shared.objects.scanner import Scanner
from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase
from tests.keys import open_with_keys

EVIDENCE = b"%PDF-1.7\nunterschrieben\n"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in: what they send and what they get back."""

    client: httpx.AsyncClient
    token: str

    async def get(self, path: str, status: int = 200, **query: str) -> Any:
        answer = await self.client.get(path, params=query, headers=bearer(self.token))
        assert answer.status_code == status, answer.text
        return answer.json()

    async def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        version: int | None = None,
        status: int = 200,
        language: str = "de",
    ) -> Any:
        headers = bearer(self.token) | {
            "Idempotency-Key": uuid4().hex,
            "Accept-Language": language,
        }
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        answer = await self.client.request(method, path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def post(self, path: str, body: object = None, **how: Any) -> Any:
        return await self.send("POST", path, body, **{"status": 201} | how)

    async def put(self, path: str, body: object = None, **how: Any) -> Any:
        return await self.send("PUT", path, body, **how)

    async def act(self, case_id: str, action: str, status: int = 200, **body: Any) -> Any:
        """One step of a case, in the version that it has now."""
        version = (await self.get(f"/v1/cases/{case_id}"))["version"]
        return await self.send(
            "POST",
            f"/v1/cases/{case_id}/actions/{action}",
            body or None,
            version=version,
            status=status,
        )

    async def answer(self, case_id: str, part: str, body: object) -> Any:
        """One of the answers that the guards of a case ask for."""
        version = (await self.get(f"/v1/cases/{case_id}"))["version"]
        return await self.put(f"/v1/cases/{case_id}/{part}", body, version=version)

    async def prove(self, consent: dict[str, Any]) -> None:
        """Upload the evidence that a drafted consent announced; without it nobody gives it."""
        answer = await self.client.put(
            f"/v1/documents/{consent['evidenceDocumentId']}/content",
            content=EVIDENCE,
            headers=bearer(self.token),
        )
        assert answer.status_code == 200, answer.text

    async def give(self, consent: dict[str, Any]) -> dict[str, Any]:
        """The consent in force, its evidence stored."""
        await self.prove(consent)
        path = f"/v1/consents/{consent['id']}/actions/give"
        given: dict[str, Any] = await self.post(path, version=consent["version"], status=200)
        return given


SignedIn = Callable[[str], Person]


@pytest.fixture(scope="session")
def documents_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="session")
def cases_database(database: Callable[[str], ServiceDatabase]) -> ServiceDatabase:
    return database("cases")


@pytest.fixture(scope="session")
def app(cases_database: ServiceDatabase, issuer: str, documents_folder: Path) -> FastAPI:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CASES_DOCUMENTS_LOCATION", str(documents_folder))
        environment.setenv("CASES_EXCHANGE_LOCATION", str(documents_folder / "exchange"))
        environment.setenv("CASES_DOCUMENT_BYTES_MAX", "2000000")
        return create_app("cases", cases_database, issuer)


@pytest.fixture(scope="session")
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with running(app) as client:
        yield client


@pytest.fixture
async def pool(cases_database: ServiceDatabase) -> AsyncIterator[Database]:
    """Connections as the worker has them."""
    opened = await open_with_keys(
        cases_database.app_dsn,
        connections_max=4,
    )
    yield opened
    await opened.close()


@pytest.fixture
def consumer(pool: Database) -> Consumer:
    """What listens to erasures and rules, without a broker."""
    subscription = erasure_subscription(Practice())
    return Consumer(subscription, database=pool, stream=None, consumed=ConsumedEvent)  # type: ignore[arg-type]  # handles what it is given


@pytest.fixture
def use_scanner(app: FastAPI) -> Iterator[Callable[[Scanner], None]]:
    """Put another scanner in place until the test ends."""
    before: Archive = app.state.archive

    def use(scanner: Scanner) -> None:
        app.state.archive = replace(before, scanner=scanner)

    yield use
    app.state.archive = before


@pytest.fixture(scope="session")
def signed_in(client: httpx.AsyncClient, token_for: TokenFor) -> SignedIn:
    return lambda persona: Person(client, token_for(persona))


@pytest.fixture(scope="session")
async def anna(signed_in: SignedIn) -> Person:
    """A case manager of Kreis Warendorf, bound to secrecy."""
    person = signed_in("waf-case-manager")
    await person.put("/v1/staff-members", {"boundToSecrecyOn": "2021-02-01"})
    return person


@pytest.fixture(scope="session")
async def bernd(signed_in: SignedIn) -> Person:
    """Her colleague in the same unit, bound to secrecy as well."""
    person = signed_in("waf-case-manager-2")
    await person.put("/v1/staff-members", {"boundToSecrecyOn": "2021-03-01"})
    return person


def client_named(family_name: str, given_names: str = "Olena", **more: Any) -> dict[str, Any]:
    person = {"familyName": family_name, "givenNames": given_names, **more}
    return {"role": "CLIENT", "person": person}


@pytest.fixture
async def case(anna: Person) -> dict[str, Any]:
    """A fresh case of one client, in REQUESTED."""
    opening = {
        "origin": "SELF_CONTACT",
        "language": "ukr",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [client_named("Kowalenko", birthDate="1990-05-17")],
    }
    opened: dict[str, Any] = await anna.post("/v1/cases", opening)
    return opened


def consent_for(person_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "consentType": "EINWILLIGUNG",
        "subjectPersonId": person_id,
        "giver": "SELF",
        "purpose": "CASE_MANAGEMENT",
        "dataCategories": ["IDENTITY", "CONTACT", "ASSESSMENT", "PLAN"],
        "discloserUnit": "waf-cm",
        "recipientUnit": "waf-cm",
        "direction": "BOTH",
        "form": "SCHRIFTLICH",
        "language": "ukr",
        "informationTextVersion": "2022-03",
        "isRefusalExplained": True,
        "isRevocabilityExplained": True,
        "givenOn": today(),
        "validFrom": today(),
        "evidenceDocumentId": str(uuid4()),
        **changes,
    }


async def actor_of(person: Person, ending: str) -> str:
    """The key of a member of staff, as the unit keeps it."""
    staff = (await person.get("/v1/staff-members"))["items"]
    return next(str(one["actor"]) for one in staff if one["actor"].endswith(ending))


def today() -> str:
    return berlin_date(now()).isoformat()


@pytest.fixture
async def case_in_monitoring(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    """A case with an active consent and an agreed plan of two goals, one measure each started."""
    case_id = case["id"]
    await anna.act(case_id, "assign")
    await anna.answer(
        case_id,
        "indication-checklist",
        {
            "problemAreas": 3,
            "hasSeveralProviders": True,
            "doStandardPathsFail": True,
            "lacksOwnResources": True,
            "doesClientAgree": True,
            "judgement": "Drei Problembereiche.",
        },
    )
    notice = {"textVersion": "2022-03", "language": "ukr", "givenOn": today()}
    await anna.post(f"/v1/cases/{case_id}/information-notices", notice)
    await anna.post(f"/v1/cases/{case_id}/double-care-checks")
    consent = await anna.post(f"/v1/cases/{case_id}/consents", consent_for(case["personId"]))
    await anna.give(consent)
    await anna.act(case_id, "open")
    entry = {
        "fieldOfAction": "WORK",
        "need": "MEDIUM",
        "situation": "Sucht Arbeit.",
        "resources": "Ausbildung.",
        "hasClientTakenPart": True,
        "assessedOn": today(),
    }
    await anna.post(f"/v1/cases/{case_id}/assessment-entries", entry)
    await anna.act(case_id, "finish-assessment")
    goals = [
        {
            "fieldOfAction": field,
            "text": f"Ziel {field}",
            "measures": [{"text": f"Maßnahme {field}", "responsibleKind": "CASE_MANAGER"}],
        }
        for field in ("LANGUAGE", "WORK")
    ]
    plan = await anna.post(f"/v1/cases/{case_id}/plan-versions", {"goals": goals})
    agreement = {"agreedOn": today(), "language": "ukr"}
    plan = await anna.post(
        f"/v1/plan-versions/{plan['id']}/actions/agree",
        agreement,
        version=plan["version"],
        status=200,
    )
    await anna.act(case_id, "agree-plan")
    for goal in plan["goals"]:
        path = f"/v1/measures/{goal['measures'][0]['id']}/actions/start"
        await anna.post(path, {"onDate": today()}, status=200)
    moved: dict[str, Any] = await anna.act(case_id, "start-measures")
    assert moved["state"] == "MONITORING"
    return moved
