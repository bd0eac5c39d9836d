"""What services lay down for each other: the content that no event may carry.

Each service puts what it holds of a person under the request that asked for it, and the service
that answers the person takes it away. Keys are ids and codes; the unit stands in the key, so that
what one controller holds never lies with another's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from shared.objects.store import Objects

FOLDER = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFolder:
    """Where one request's parts lie, until its answer is assembled, and then the answer."""

    tenant_id: str
    unit_id: str
    request_id: UUID

    def key(self, name: str) -> str:
        return f"{FOLDER}/{self.tenant_id}/{self.unit_id}/{self.request_id}/{name}"

    async def lay_down(
        self, objects: Objects, service: str, parts: Mapping[str, list[dict[str, Any]]]
    ) -> None:
        """The records of one service, by kind; laid down again, the later ones count."""
        await objects.put(self.key(f"{service}.json"), orjson.dumps(parts))

    async def take(self, objects: Objects, service: str) -> dict[str, list[dict[str, Any]]]:
        """What a service laid down; nothing where it had nothing to say."""
        try:
            chunks = await objects.read(self.key(f"{service}.json"))
        except FileNotFoundError:
            return {}
        parts: dict[str, list[dict[str, Any]]] = orjson.loads(
            b"".join([chunk async for chunk in chunks])
        )
        return parts
