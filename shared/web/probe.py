"""`python -m shared.web.probe live|ready`: how a process does, asked from inside its container.

Where callers must show a certificate (mutual TLS), an orchestrator has none to show. This asks
over loopback with the certificate of the process itself, and needs nothing but Python.
"""

import argparse
import http.client
import os
import ssl
import sys
from typing import Final

HOST: Final = "localhost"
TIMEOUT_S: Final = 4.0


def answer(kind: str, prefix: str, port: int) -> tuple[int, str]:
    """Status and body of `/health/<kind>`; the settings `<PREFIX>_TLS_…` say how to ask.

    Raises OSError where nobody answers, or somebody with another certificate.
    """
    connection = _connection(prefix, port)
    try:
        connection.request("GET", f"/health/{kind}")
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def _connection(prefix: str, port: int) -> http.client.HTTPConnection:
    certificate = os.environ.get(f"{prefix}_TLS_CERTIFICATE_FILE", "")
    if not certificate:
        return http.client.HTTPConnection(HOST, port, timeout=TIMEOUT_S)
    context = ssl.create_default_context(cafile=os.environ.get(f"{prefix}_TLS_CA_FILE") or None)
    context.load_cert_chain(certificate, os.environ[f"{prefix}_TLS_KEY_FILE"])
    return http.client.HTTPSConnection(HOST, port, timeout=TIMEOUT_S, context=context)


def main(arguments: list[str] | None = None) -> int:
    """0 where the answer is 200, else 1, with what was said or went wrong on standard error."""
    parser = argparse.ArgumentParser(prog="python -m shared.web.probe", description=__doc__)
    parser.add_argument("kind", choices=("live", "ready"))
    parser.add_argument("--prefix", required=True, help="of the settings, for example CASES")
    parser.add_argument("--port", required=True, type=int)
    given = parser.parse_args(arguments)
    try:
        status, body = answer(given.kind, given.prefix, given.port)
    except (OSError, http.client.HTTPException) as fault:
        sys.stderr.write(f"No answer at {HOST}:{given.port}: {fault!r}\n")
        return 1
    if status != http.client.OK:
        sys.stderr.write(f"{body}\n")
    return int(status != http.client.OK)


if __name__ == "__main__":
    sys.exit(main())
