"""A port in use is named before anything starts."""

import errno
import socket
from collections.abc import Iterable
from contextlib import ExitStack

import psutil

from deploy.local.settings import HOST


class PortInUse(Exception):
    """Somebody else listens where a part wants to."""


def demand_free(ports: dict[str, int]) -> None:
    """Raises PortInUse naming every taken port, its user if known, and the setting to change."""
    taken = [(name, port) for name, port in ports.items() if not is_free(port)]
    if not taken:
        return
    lines = [
        f"  {port} ({name.removesuffix('_port').replace('_', '-')}){_user_of(port)}: "
        f"stop it or set KIM_{name.upper()}"
        for name, port in taken
    ]
    raise PortInUse(
        "Ports are in use:\n" + "\n".join(lines) + "\nKIM_PORT_BASE moves all ports at once."
    )


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as failure:
            if failure.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def free_ports(names: Iterable[str]) -> dict[str, int]:
    """A different port for each name that nobody listens on now."""
    with ExitStack() as held:
        ports: dict[str, int] = {}
        for name in names:
            probe = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            probe.bind((HOST, 0))
            ports[name] = probe.getsockname()[1]
        return ports


def _user_of(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            is_listening = connection.status == psutil.CONN_LISTEN
            if is_listening and connection.pid and getattr(connection.laddr, "port", 0) == port:
                return f" by {psutil.Process(connection.pid).name()}, pid {connection.pid}"
    except psutil.Error:
        pass  # not allowed to see other users' processes
    return ""
