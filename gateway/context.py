"""What every resolver of one request shares: who asks, the services, the loaders."""

from dataclasses import dataclass, field

from strawberry import Info as StrawberryInfo

from gateway.clients.conversation import CallLog
from gateway.clients.services import Services
from gateway.loaders import Loaders
from gateway.transport.documents import Prepared
from shared.kernel.caller import Caller


@dataclass(slots=True)
class GatewayContext:
    """Made for one request and gone with it; `prepared` is the document being executed."""

    caller: Caller
    services: Services
    loaders: Loaders
    calls: CallLog
    is_trial: bool = False
    prepared: Prepared | None = field(default=None, repr=False)


Info = StrawberryInfo[GatewayContext, None]
