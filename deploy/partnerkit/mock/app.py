"""The referral service without its engines: its own app, whose database is a book in memory."""

import asyncio
import base64
import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from alembic.config import Config
from alembic.script import ScriptDirectory
from fastapi import FastAPI
from pydantic import SecretStr

from deploy.local.demo.agencies import NO_AGENCY, RULES_VALID_FROM, entry_of, rules_of
from deploy.local.demo.papers import paper
from deploy.partnerkit.mock.book import Book, MemoryDatabase
from deploy.partnerkit.mock.reading import current_memory
from deploy.partnerkit.mock.webhooks import Disturbance, NearbyHttp, deliver
from services.referrals.api.directory_schemas import NewOrgUnit, RuleSetBody
from services.referrals.api.integration import WEBHOOKS
from services.referrals.main import MIGRATIONS, create_app
from services.referrals.settings import Settings
from services.referrals.storage.tables import OrgUnitRow, RoutingRuleSetRow
from shared.auth.issuers import TrustedIssuer
from shared.kernel.caller import system_caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.desk import current_reading
from shared.service.webhooks import sealing_keys
from shared.webhooks.sending import Sender

KEY_BYTES = 32


def mock_settings(issuer_url: str, *, reads: int = 3000, writes: int = 1200) -> Settings:
    """`reads` and `writes` are how many a machine may do in a minute; 0: as many as it likes."""
    key = base64.b64encode(os.urandom(KEY_BYTES)).decode()
    return Settings(
        environment="development",
        oidc_issuers=(
            TrustedIssuer(issuer=issuer_url, audience="kim", units=("*",), tenants=("*",)),
        ),
        sealing_keys=SecretStr(key),
        machine_reads_per_minute=reads,
        machine_writes_per_minute=writes,
    )


def create_mock(
    settings: Settings,
    *,
    speed: float = 1.0,
    disturbances: frozenset[Disturbance] = frozenset(),
) -> FastAPI:
    """The app; `speed` divides every wait of the back-off. Its book begins with the directory of
    the demonstration and ends with the process.
    """
    app = create_app(settings, forget=None)
    app.dependency_overrides[current_reading] = current_memory
    served = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with served(app):
            unused, database = app.state.database, MemoryDatabase(Book(speed=speed), _revision())
            await _fill(database)
            http = NearbyHttp(disturbances)
            app.state.database, app.state.book = database, database.book
            app.state.outgoing_http = http
            sender = Sender(database, WEBHOOKS.tables, http, sealing_keys(settings), now)
            delivering = asyncio.create_task(deliver(database, sender))
            yield
            delivering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await delivering
            app.state.database = unused

    app.router.lifespan_context = lifespan
    return app


async def _fill(database: MemoryDatabase) -> None:
    for tenant in paper("units")["tenants"]:
        caller = system_caller(tenant_id=tenant["id"], unit_id="partnerkit", part="partnerkit")
        async with database.transaction(caller) as tx:
            for unit in tenant["units"]:
                if unit["type"] in NO_AGENCY:
                    continue
                entry = NewOrgUnit.model_validate(entry_of(unit, tenant["id"]))
                made = {"id": new_id(), "version": 1, "created_at": now(), "updated_at": now()}
                await tx.insert(OrgUnitRow, **made, **entry.model_dump())
            rules = RuleSetBody.model_validate(
                {"validFrom": RULES_VALID_FROM, "rules": rules_of(tenant)}
            )
            await tx.insert(
                RoutingRuleSetRow,
                id=new_id(),
                version=1,
                valid_from=date.fromisoformat(RULES_VALID_FROM),
                rules=rules.forms(),
                created_at=now(),
            )


def _revision() -> str:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return str(ScriptDirectory.from_config(config).get_current_head())
