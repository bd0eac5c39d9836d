"""Every rule of this folder runs against each of the three services, over HTTP."""

import importlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from shared.service.integration import Integration
from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase
from tests.integration_rules.samples import SAMPLES, Sample

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ServiceApi:
    """One running service and the noun that stands for all of its nouns."""

    sample: Sample
    client: httpx.AsyncClient = field(repr=False)
    app: FastAPI = field(repr=False)
    database: ServiceDatabase = field(repr=False)
    token_for: TokenFor = field(repr=False)
    files: Path = field(repr=False)

    async def get(self, path: str, *, persona: str = "", **query: str) -> httpx.Response:
        headers = bearer(self.token_for(persona or self.sample.persona))
        return await self.client.get(path, params=query, headers=headers)

    async def post(
        self, path: str, body: Any, *, persona: str = "", key: str = "", **headers: str
    ) -> httpx.Response:
        """With an Idempotency-Key, as machines must."""
        given = bearer(self.token_for(persona or self.sample.persona)) | headers
        given["Idempotency-Key"] = key or uuid4().hex
        return await self.client.post(path, json=body, headers=given)

    async def create(self, **changes: Any) -> Record:
        """One more record of the sample's noun."""
        answer = await self.post(self.sample.path, self.sample.body() | changes)
        assert answer.status_code == 201, answer.text
        made: Record = answer.json()
        return made

    async def step(self, record: Record) -> Record:
        """The record after the step of the sample."""
        ending, body = self.sample.step
        path = f"{self.sample.path}/{record['id']}/{ending}"
        answer = await self.post(path, body, **{"If-Match": f'"{record["version"]}"'})
        assert answer.status_code == 200, answer.text
        changed: Record = answer.json()
        return changed

    @property
    def contract(self) -> Record:
        return self.app.openapi()

    @property
    def integration(self) -> Integration:
        """What the service offers as all do."""
        module = importlib.import_module(f"services.{self.sample.service}.api.integration")
        found: Integration = module.INTEGRATION
        return found


@pytest.fixture(scope="session", params=SAMPLES, ids=lambda sample: sample.service)
async def service_api(
    request: pytest.FixtureRequest,
    database: Callable[..., ServiceDatabase],
    issuer: str,
    token_for: TokenFor,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[ServiceApi]:
    sample: Sample = request.param
    own = database(sample.service, "rules")
    files = tmp_path_factory.mktemp(f"{sample.service}-jobs")
    app = create_app(sample.service, own, issuer, jobs_location=str(files))
    async with running(app) as client:
        await sample.prepare(client, token_for)
        yield ServiceApi(sample, client, app, own, token_for, files)
