"""One GET for the tests of the deployment."""

import json
import urllib.error
import urllib.request
from typing import Any


def get_json(url: str, token: str = "", *, status: int = 200) -> dict[str, Any]:
    request = urllib.request.Request(url)  # noqa: S310 - http to loopback
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - as above
            found, body = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            found, body = refusal.code, refusal.read()
    assert found == status
    document: dict[str, Any] = json.loads(body)
    return document
