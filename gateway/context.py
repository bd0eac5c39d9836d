"""What every resolver of one request shares: who asks, the services, the loaders."""

from collections.abc import Callable
from dataclasses import dataclass, field

from strawberry import Info as StrawberryInfo

from gateway.clients.conversation import CallLog
from gateway.clients.services import Services
from gateway.live.hub import Hub
from gateway.loaders import Loaders, loaders_for
from gateway.transport.documents import Prepared
from shared.kernel.caller import Caller


@dataclass(slots=True)
class GatewayContext:
    """Made for one request and gone with it; `prepared` is the document being executed.

    A subscription begins anew for every event, so that nothing is answered from what an earlier
    event has read; `live` says how.
    """

    caller: Caller
    services: Services
    loaders: Loaders
    calls: CallLog
    is_trial: bool = False
    prepared: Prepared | None = field(default=None, repr=False)
    live: "Live | None" = field(default=None, repr=False)

    def begin_anew(self) -> None:
        """Ask in the name that the connection has by now, with new loaders and a new count."""
        assert self.live is not None
        self.caller, self.services, self.calls = self.live.asking()
        self.loaders = loaders_for(self.services)


@dataclass(frozen=True, slots=True)
class Live:
    """What a subscription is fed by, and in whose name its events are asked for."""

    hub: Hub
    asking: Callable[[], tuple[Caller, Services, CallLog]]


Info = StrawberryInfo[GatewayContext, None]
