"""HTTP as a partner's software speaks it: no redirect followed, every answer kept as it came."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from joserfc.jwk import ECKey

from deploy.local.sign_in import ASSERTION_TYPE, client_assertion
from deploy.partnerkit.words import Unusable
from shared.kernel.text import Text

TIMEOUT_S: Final = 30.0
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def document(self) -> Any:
        """The body as JSON, or an empty object where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    @property
    def code(self) -> str:
        """The code of a problem, or nothing."""
        document = self.document
        return str(document.get("code", "")) if isinstance(document, dict) else ""

    @property
    def version(self) -> str:
        return self.headers.get("etag", "")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_NoRedirect)


def ask(
    method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Reply:
    """Raises Unusable when nobody answers."""
    if not url.startswith(("http://", "https://")):
        raise Unusable(Text(f"{url} ist keine Web-Adresse.", f"{url} is no web address."))
    request = urllib.request.Request(url, body, dict(headers or {}), method=method)  # noqa: S310 - checked above
    begun = time.monotonic()
    try:
        with _OPENER.open(request, timeout=TIMEOUT_S) as answer:
            return _reply(answer.status, answer, begun)
    except urllib.error.HTTPError as refused:
        with refused:
            return _reply(refused.code, refused, begun)
    except OSError as failure:
        raise Unusable(
            Text(
                f"{url} antwortet nicht ({failure}). Läuft der Dienst, stimmt die Adresse, lässt "
                "die Firewall ausgehende Verbindungen dorthin zu?",
                f"{url} does not answer ({failure}). Is the service running, is the address "
                "right, does the firewall let outgoing connections through?",
            )
        ) from failure


def _reply(status: int, answer: Any, begun: float) -> Reply:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Reply(status, headers, answer.read(), time.monotonic() - begun)


@dataclass(slots=True)
class Client:
    """One system: how it signs in, and requests with its token. `key`: private_key_jwt."""

    base_url: str
    token_url: str
    client_id: str
    secret: str = ""
    key: ECKey | None = None
    token: str = ""

    def token_reply(self, *, by_key: bool = False, secret: str | None = None) -> Reply:
        form = {"grant_type": "client_credentials", "client_id": self.client_id}
        if by_key and self.key is not None:
            assertion = client_assertion(self.token_url, self.client_id, self.key)
            form |= {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
        else:
            form["client_secret"] = self.secret if secret is None else secret
        return ask("POST", self.token_url, {"Content-Type": FORM}, urlencode(form).encode())

    def sign_in(self) -> None:
        """Raises Unusable with what the issuer said."""
        reply = self.token_reply(by_key=not self.secret)
        self.token = str(reply.document.get("access_token", ""))
        if not self.token:
            said = reply.body.decode(errors="replace")[:300]
            raise Unusable(
                Text(
                    f"Kein Token für {self.client_id}: {reply.status} {said}. Client-Id und "
                    "Geheimnis (oder Schlüssel) prüfen; die Adresse nennt --token-url.",
                    f"No token for {self.client_id}: {reply.status} {said}. Check client id and "
                    "secret (or key); --token-url names the address.",
                )
            )

    def get(self, path: str, **headers: str) -> Reply:
        return ask("GET", self.base_url + path, self._headers(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        """`body`: bytes go as they are, anything else as JSON."""
        content = body if isinstance(body, bytes) else b"" if body is None else _json(body)
        said = {"content_type": "application/json"} if content else {}
        return ask("POST", self.base_url + path, self._headers(said | headers), content)

    def delete(self, path: str, **headers: str) -> Reply:
        return ask("DELETE", self.base_url + path, self._headers(headers))

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-").title(): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}"} | named


def _json(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
