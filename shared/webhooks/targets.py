"""Where a delivery may go: https to public addresses. What is exempt, the operator names."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

URL_LENGTH_MAX: Final = 2000
# Printable ASCII without blank, quotation marks, brackets of markup, backslash and fragment.
URL_PATTERN: Final = r"^https?://[!$-;=?-\[\]_a-z~]{1,1990}$"
HTTPS_PORT: Final = 443
FIRST_FREE_PORT: Final = 1024
# `2130706433`, `127.1`, `0x7f.1`: names to us, addresses to some resolvers.
NUMBER: Final = re.compile(r"(^|\.)(0[xX][0-9a-fA-F]*|[0-9]+)\.?$")
HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.?")

# Python calls them global, but they lead to other networks or into the own one.
NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2002::/16",  # 6to4
        "2001::/32",  # Teredo
        "::/96",  # IPv4 inside IPv6
        "192.0.0.0/24",
        "192.88.99.0/24",
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # once site-local
    )
)


class ReceiverAddressRefused(RuleViolated):
    code = "receiver-address-refused"
    title = Text(
        de="Dorthin liefert unser System nicht: nur per https an öffentliche Adressen.",
        en="Our system does not deliver to this address: only https to public addresses.",
    )


@dataclass(frozen=True, slots=True)
class Target:
    """A receiver's URL, read and found in order; its name is not yet resolved."""

    url: str
    host: str
    port: int
    is_exempt: bool


def read_target(url: str, plain_hosts: Iterable[str]) -> Target:
    """Read a receiver's URL strictly. `plain_hosts` are `host:port` that the operator allows
    without encryption and at private addresses. Raises ReceiverAddressRefused.
    """
    if len(url) > URL_LENGTH_MAX or not re.fullmatch(URL_PATTERN, url):
        raise ReceiverAddressRefused(reason="form")
    try:
        parts = urlsplit(url)
        host, given_port = parts.hostname or "", parts.port
    except ValueError as unreadable:
        raise ReceiverAddressRefused(reason="form") from unreadable
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise ReceiverAddressRefused(reason="userinfo")
    if not _is_literal(host) and (not HOST.fullmatch(host) or NUMBER.search(host)):
        raise ReceiverAddressRefused(reason="host")
    port = given_port if given_port is not None else HTTPS_PORT if parts.scheme == "https" else 80
    if f"{host}:{port}" in set(plain_hosts):
        return Target(url, host, port, is_exempt=True)
    if parts.scheme != "https":
        raise ReceiverAddressRefused(reason="scheme")
    if port != HTTPS_PORT and port < FIRST_FREE_PORT:
        raise ReceiverAddressRefused(reason="port")
    if _is_literal(host) and not is_public(host):
        raise ReceiverAddressRefused(reason="address")
    return Target(url, host, port, is_exempt=False)


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public internet, whatever form it is written in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if not found.is_global or found.is_multicast:
        return False
    return not any(found in net for net in NOT_PUBLIC if net.version == found.version)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
