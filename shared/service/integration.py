"""What the software of partners and municipalities builds on, the same in every service."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import SQLModel

from shared.audit.listing import audit_router
from shared.audit.sealing import sealing_part
from shared.database.connection import Database
from shared.database.feed import ChangeKind, change_list
from shared.database.lists import ListView
from shared.jobs.kinds import Jobs
from shared.service.audit import chain_router, keeping_of
from shared.service.feed import feed_router
from shared.service.jobs import job_parts, job_router
from shared.service.request_log import request_log_router
from shared.service.webhooks import Webhooks, webhook_parts, webhook_routers
from shared.web.access import CallerCheck
from shared.web.settings import ServiceSettings

Part = Callable[[Database], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """One service's tables and doors for what all services offer alike.

    Each `…_reader` is a dependency: the caller, who must have the right for it. `kinds` are the
    records whose changes are told.
    """

    audit: type[SQLModel]
    anchors: type[SQLModel]
    audit_reader: CallerCheck
    feed: type[SQLModel]
    changes: type[SQLModel]
    lost: type[SQLModel]
    horizons: type[SQLModel]
    kinds: tuple[ChangeKind, ...]
    feed_reader: CallerCheck
    webhooks: Webhooks
    requests: type[SQLModel]
    requests_reader: CallerCheck
    jobs: Jobs

    def routers(self) -> list[APIRouter]:
        return [
            audit_router(self.audit, self.audit_reader),
            chain_router(self.anchors, self.audit_reader),
            feed_router(self.feed, self._told_changes(), self.horizons, self.feed_reader),
            *webhook_routers(self.webhooks),
            request_log_router(self.requests, self.requests_reader),
            job_router(self.jobs),
        ]

    def _told_changes(self) -> ListView:
        return change_list(self.changes, self.lost, self.kinds)

    def parts(self, settings: ServiceSettings) -> Mapping[str, Part]:
        """What the worker runs besides, by name."""
        dsn = settings.relay_dsn.get_secret_value()
        keeping = keeping_of(self.webhooks.service, settings)
        return {
            **webhook_parts(self.webhooks, settings),
            **job_parts(self.jobs, settings),
            "audit": sealing_part(dsn, keeping, settings.audit_timer_s),
        }
