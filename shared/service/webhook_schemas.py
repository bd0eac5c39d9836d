"""Bodies and answers of the webhook console, the same in every service."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.service.webhook_fields import Cursor, Description, EventType, Instant, ReceiverUrl
from shared.web.fields import RequestModel, ResponseModel
from shared.webhooks.codes import SwitchOffReason, WebhookDeliveryState, WebhookEndpointState
from shared.webhooks.endpoints import Wishes
from shared.webhooks.outgoing import TryOutcome
from shared.webhooks.signing import SignatureProfile

OVERLAP_HOURS_MAX = 72
OVERLAP_HOURS = 24
TYPES_MAX = 100


class WebhookEndpointBody(RequestModel):
    """`types`: none means all of this service. `includesOwn`: also what the own unit did."""

    url: ReceiverUrl
    description: Description
    types: Annotated[tuple[EventType, ...], Field(max_length=TYPES_MAX)] = ()
    includes_own: Annotated[bool, Field(strict=True)] = False
    profile: SignatureProfile = SignatureProfile.STANDARD
    silence_hours: Annotated[int, Field(ge=1, le=8760, strict=True)] | None = None

    def wishes(self) -> Wishes:
        return Wishes(
            url=self.url,
            description=self.description,
            types=self.types,
            includes_own=self.includes_own,
            profile=self.profile,
            silence_hours=self.silence_hours,
        )


class SecretRotationBody(RequestModel):
    """For how long the secret in force until now signs beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=OVERLAP_HOURS_MAX, strict=True)] = OVERLAP_HOURS


class WebhookReplayBody(RequestModel):
    """`fromCursor` and `toCursor` of the feed, both included, or `since` and `until`."""

    from_cursor: Cursor | None = None
    to_cursor: Cursor | None = None
    since: Instant | None = None
    until: Instant | None = None


class WebhookEndpointView(ResponseModel):
    """Of the unit, whoever made it. `missedUntil`: what happened until then was forgotten by the
    feed before it could be delivered here; read `/v1/changes`.
    """

    id: UUID
    version: int
    url: str
    description: str
    types: list[str]
    includes_own: bool
    profile: SignatureProfile
    state: WebhookEndpointState
    disabled_reason: SwitchOffReason | None
    silence_hours: int | None
    is_silent: bool
    last_success_at: datetime | None
    missed_until: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    previous_secret_until: datetime | None
    deliveries_waiting: int


class WebhookSecretView(WebhookEndpointView):
    """`secret` stands in the first answer alone; a replayed answer and a dry run have null."""

    secret: str | None


class WebhookEndpointPage(ResponseModel):
    items: list[WebhookEndpointView]
    cursors: list[str] | None = None
    next_cursor: str | None


class WebhookTryView(ResponseModel):
    at: datetime
    outcome: TryOutcome
    status: int | None
    duration_ms: int


class WebhookDeliveryView(ResponseModel):
    id: UUID
    endpoint_id: UUID
    event_id: UUID
    type: str
    subject: UUID
    state: WebhookDeliveryState
    attempts: int
    created_at: datetime
    first_at: datetime | None
    next_attempt_at: datetime
    replay_id: UUID | None
    is_test: bool
    tries: list[WebhookTryView]


class WebhookDeliveryPage(ResponseModel):
    items: list[WebhookDeliveryView]
    cursors: list[str] | None = None
    next_cursor: str | None


class WebhookReplayView(ResponseModel):
    """How many deliveries were planned; they can be listed by `replayId`."""

    endpoint_id: UUID
    replay_id: UUID
    deliveries: int


class SignatureBaseView(ResponseModel):
    """`base` is what was signed; compare it byte by byte with what your receiver puts together."""

    delivery_id: UUID
    profile: SignatureProfile
    algorithm: str
    timestamp: int
    signed_at: datetime
    body: str
    base: str
