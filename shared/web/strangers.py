"""Requests without a valid token: so many of one address in a minute, in bounded memory.

Each process counts by itself: a flood of strangers must not become one of a shared store.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from shared.observability.metrics import RATE_LIMITED
from shared.web.limits import WINDOW_S, Count, OverQuota, Quota

ADDRESSES_MAX: Final = 50_000
ADDRESS_CHARS_MAX: Final = 64
IPV6_PREFIX: Final = 64
"""What one customer of a provider has: whoever owns it can change addresses within at will."""


class Strangers:
    """How often each address has come without a valid token; one for all doors of a process."""

    def __init__(
        self,
        per_minute: int,
        *,
        addresses_max: int = ADDRESSES_MAX,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`per_minute` 0: no limit. Beyond `addresses_max` the oldest are forgotten."""
        self._quota = Quota("strangers", per_minute)
        self._addresses_max = addresses_max
        self._now_s = now_s
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def count(self, client: tuple[str, int] | None) -> None:
        """Count one request of `client`, as ASGI names it. Raises OverQuota."""
        if not self._quota.per_minute:
            return
        now_s = self._now_s()
        self._forget(now_s)
        key = network_of(client[0] if client else "")
        began_s, count = self._seen.get(key, (now_s, 0))
        if count >= self._quota.per_minute:
            RATE_LIMITED.labels(self._quota.name).inc()
            wait_s = max(1, math.ceil(began_s + WINDOW_S - now_s))
            raise OverQuota(Count(self._quota, remaining=0, reset_s=wait_s))
        self._seen[key] = (began_s, count + 1)
        if len(self._seen) > self._addresses_max:
            self._seen.popitem(last=False)

    def _forget(self, now_s: float) -> None:
        """They lie in the order in which their minutes began."""
        while self._seen:
            began_s, _ = next(iter(self._seen.values()))
            if began_s + WINDOW_S > now_s:
                return
            self._seen.popitem(last=False)


def network_of(host: str) -> str:
    """What is counted as one: an address of IPv4, a network of IPv6."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:  # a socket of this machine, or what a trusted proxy made of it
        return host[:ADDRESS_CHARS_MAX]
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, IPV6_PREFIX), strict=False))
