"""In whose name an open connection asks, for as long as it is open."""

import time
from dataclasses import dataclass

from starlette.datastructures import Headers

from gateway.clients.conversation import CallLog
from gateway.clients.services import Services, Upstreams, is_dry_run, passed_on
from gateway.context import GatewayContext, Live
from gateway.live.hub import Hub
from gateway.loaders import loaders_for
from gateway.settings import Settings
from shared.auth.tokens import TokenVerifier
from shared.kernel.caller import Caller
from shared.web.access import bearer_token


@dataclass(slots=True)
class Session:
    """`headers` are those of the request, or what a WebSocket's client sent in their place."""

    caller: Caller
    headers: Headers
    upstreams: Upstreams
    settings: Settings
    hub: Hub

    @property
    def seconds_left(self) -> float:
        """Until the token expires."""
        return max(0.0, self.caller.expires_at_s - time.time())

    def context(self) -> GatewayContext:
        """For one operation. Raises DryRunUnreadable."""
        caller, services, calls = self.asking()
        return GatewayContext(
            caller,
            services,
            loaders_for(services),
            calls,
            is_dry_run(self.headers),
            live=Live(self.hub, self.asking),
        )

    def asking(self) -> tuple[Caller, Services, CallLog]:
        log = CallLog(limit_s=self.settings.operation_timeout_s)
        services = self.upstreams.speaking(
            passed_on(self.headers["authorization"]),
            log,
            self.settings,
            is_trial=is_dry_run(self.headers),
        )
        return self.caller, services, log

    async def renew(self, headers: Headers, verifier: TokenVerifier) -> bool:
        """Take a newer token of the same person in the same unit; False for anybody else's.

        Raises TokenRefused, UnitMissing, KeysUnavailable.
        """
        caller = await verifier.verify(bearer_token(headers))
        is_same = (caller.actor, caller.tenant_id, caller.unit_id) == (
            self.caller.actor,
            self.caller.tenant_id,
            self.caller.unit_id,
        )
        if is_same:
            self.caller = caller
            self.headers = Headers({**self.headers, "authorization": headers["authorization"]})
        return is_same
