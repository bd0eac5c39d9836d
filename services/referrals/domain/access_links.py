"""Links for agencies without software: who they open for, how long, and when they are over.

A link is read before any table is asked: what it says of itself is signed.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final, Self
from uuid import UUID

from services.referrals.domain.agencies import NotForAuthorities
from shared.kernel.errors import Conflict, NotFound, Refusal
from shared.kernel.text import Text

LINK_DAYS_MAX: Final = 8
SESSION_MINUTES: Final = 30
REFUSALS_MAX: Final = 5
SECRET_BYTES: Final = 32
_HEAD: Final = struct.Struct(">BB5s16sQ")
_MAC_BYTES: Final = 32
_VERSION: Final = 1


class LinkUsed(Refusal):
    status = 410
    code = "link-used"
    title = Text(
        de="Dieser Link wurde schon einmal geöffnet.", en="This link was opened once already."
    )


class LinkOver(Refusal):
    status = 410
    code = "link-over"
    title = Text(de="Dieser Link gilt nicht mehr.", en="This link is over.")


class LinksAreOff(Conflict):
    code = "links-are-off"
    title = Text(
        de="Links für Stellen ohne Software sind hier nicht eingerichtet.",
        en="Links for agencies without software are not set up here.",
    )


class LinkNeedsSending(Conflict):
    code = "link-needs-sending"
    title = Text(
        de="Einen Link gibt es nur für eine gesendete und noch laufende Zusteuerung.",
        en="There is a link only for a referral that was sent and is under way.",
    )


class Kind(IntEnum):
    """What a ticket opens; one is never taken for the other."""

    LINK = 1
    SESSION = 2


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link or the session opened by it says of itself.

    Written as base64url over head, HMAC-SHA-256 of the head, and 32 random bytes, of which the
    database keeps the digest alone: neither the key nor the database is enough to make one.
    """

    kind: Kind
    tenant_id: str
    link_id: UUID
    ends_at: datetime

    def written(self, key: bytes, secret: bytes) -> str:
        """`secret` are 32 bytes from the random source of the system."""
        assert len(secret) == SECRET_BYTES
        head = self._head()
        return base64.urlsafe_b64encode(head + _mac(key, head) + secret).rstrip(b"=").decode()

    @classmethod
    def read(cls, text: str, key: bytes, kind: Kind, at: datetime) -> Self:
        """Raises NotFound for what was never given out, LinkOver past its end."""
        raw = _decoded(text)
        head, mac = raw[: _HEAD.size], raw[_HEAD.size : _HEAD.size + _MAC_BYTES]
        if not hmac.compare_digest(mac, _mac(key, head)):
            raise NotFound
        version, found, tenant, link_id, ends_s = _HEAD.unpack(head)
        if (version, found) != (_VERSION, kind):
            raise NotFound
        ends_at = datetime.fromtimestamp(ends_s, UTC)
        if ends_at <= at:
            raise LinkOver
        return cls(kind, tenant.decode(), UUID(bytes=link_id), ends_at)

    def _head(self) -> bytes:
        return _HEAD.pack(
            _VERSION,
            self.kind,
            self.tenant_id.encode(),
            self.link_id.bytes,
            int(self.ends_at.timestamp()),
        )


def link_end(at: datetime, days: int) -> datetime:
    """To the second, as the ticket says it."""
    return (at + timedelta(days=days)).replace(microsecond=0)


def session_end(at: datetime) -> datetime:
    return (at + timedelta(minutes=SESSION_MINUTES)).replace(microsecond=0)


def ticket_digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def form_token(session: str, key: bytes) -> str:
    """What every form of a session carries: a page of somebody else cannot know it."""
    return _mac(key, b"form" + session.encode()).hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What is known of a link when somebody stands before the door."""

    is_right: bool
    is_used: bool
    is_revoked: bool
    is_for_authority: bool
    ends_at: datetime


def refusal_of(facts: LinkFacts, at: datetime) -> Refusal | None:
    """Why the door stays shut. A wrong secret learns nothing of the link but that it is wrong."""
    if not facts.is_right:
        return NotFound()
    if facts.is_revoked or facts.ends_at <= at:
        return LinkOver()
    if facts.is_for_authority:
        return NotForAuthorities()
    return LinkUsed() if facts.is_used else None


def is_revoked_after(refusals: int) -> bool:
    """Whether so many wrong tries end a link."""
    return refusals >= REFUSALS_MAX


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _decoded(text: str) -> bytes:
    """Raises NotFound unless it is exactly what `written` makes."""
    size = _HEAD.size + _MAC_BYTES + SECRET_BYTES
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError) as unreadable:
        raise NotFound from unreadable
    if len(raw) != size or base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise NotFound
    return raw
