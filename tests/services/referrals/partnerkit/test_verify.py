"""A right receiver passes; whatever a wrong one does wrong is noticed."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from deploy.partnerkit.verifying import Bench, read_secret, verify
from deploy.partnerkit.words import Unusable, choose_language
from shared.webhooks.signing import SignatureProfile, new_secret, secret_text

SECRET = new_secret()
TOLERANCE_S = 300


@dataclass
class Partner:
    """A receiver, right in everything but what `flaw` names."""

    flaw: str = ""
    profile: SignatureProfile = SignatureProfile.STANDARD
    taken: list[str] = field(default_factory=list)

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        if self.flaw == "redirects":
            return 302
        if not self._is_proven(headers, body):
            return 500 if self.flaw == "crashes-on-forgeries" else 401
        event = json.loads(body)
        if headers["webhook-id"] in self.taken and self.flaw != "works-twice":
            return 409 if self.flaw == "refuses-what-it-has" else 204
        if self.flaw == "refuses-unknown-types" and "submitted" not in event["type"]:
            return 422
        if self.flaw == "refuses-unknown-members" and "kimextension" in event:
            return 400
        self.taken.append(headers["webhook-id"])
        return 204

    def _is_proven(self, headers: dict[str, str], body: bytes) -> bool:
        if self.flaw == "takes-everything":
            return "webhook-id" in headers
        fit = self.profile is SignatureProfile.FIT
        stamp = headers.get("callback-timestamp" if fit else "webhook-timestamp", "0")
        given = headers.get("callback-authentication" if fit else "webhook-signature", "")
        age_s = abs(time.time() - int(stamp))
        if age_s > TOLERANCE_S and self.flaw != "takes-the-old":
            return False
        if age_s > 200 and self.flaw == "is-impatient":
            return False
        if self.flaw == "parses-first":
            body = json.dumps(json.loads(body)).encode()
        if fit:
            wanted = hmac.new(SECRET, stamp.encode() + b"." + body, hashlib.sha512).hexdigest()
            return hmac.compare_digest(wanted, given)
        base = f"{headers['webhook-id']}.{stamp}.".encode() + body
        digest = hmac.new(SECRET, base, hashlib.sha256).digest()
        wanted = "v1," + base64.b64encode(digest).decode()
        if self.flaw == "compares-the-whole-header":
            return wanted == given
        return wanted in given.split(" ")


@contextmanager
def running(partner: Partner) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = partner.answer(headers, body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(partner.taken).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def judged(partner: Partner) -> int:
    with running(partner) as url:
        return verify(f"{url}/kim", Bench(SECRET, partner.profile), f"{url}/taken")


@pytest.mark.parametrize("profile", [*SignatureProfile])
def test_a_right_receiver_answers_everything_rightly(
    profile: SignatureProfile, capsys: pytest.CaptureFixture[str]
) -> None:
    choose_language("en")
    assert judged(Partner(profile=profile)) == 0
    said = capsys.readouterr().out
    assert "WRONG" not in said
    assert " 0 answered wrongly." in said


@pytest.mark.parametrize(
    ("flaw", "noticed"),
    [
        ("takes-everything", "Mit fremdem Geheimnis"),
        ("takes-everything", "Inhalt verändert"),
        ("takes-everything", "Mitgeschnitten, mit neuer webhook-id"),
        ("takes-the-old", "301 Sekunden alt"),
        ("takes-the-old", "306 Sekunden voraus"),
        ("is-impatient", "290 Sekunden alt"),
        ("refuses-what-it-has", "Dieselbe noch einmal, frisch signiert"),
        ("works-twice", "Verarbeitet werden soll jedes gültige Ereignis einmal"),
        ("redirects", "Wir folgen keiner Umleitung"),
        ("crashes-on-forgeries", "Ohne Signatur"),
        ("parses-first", "Dasselbe JSON, anders geschrieben"),
        ("compares-the-whole-header", "Zwei Signaturen, die zweite passt"),
        ("refuses-unknown-types", "Eine unbekannte Ereignisart"),
        ("refuses-unknown-members", "Ein unbekanntes Feld"),
    ],
)
def test_each_wrong_receiver_is_noticed(
    flaw: str, noticed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    choose_language("de")
    assert judged(Partner(flaw)) == 1
    said = capsys.readouterr().out
    lines = [line for line in said.splitlines() if noticed in line]
    assert lines, said
    assert any("FALSCH" in line or "Umleitung" in line for line in lines), said


def test_a_receiver_that_is_not_there_is_said_in_a_sentence() -> None:
    with pytest.raises(Unusable) as refused:
        verify("http://127.0.0.1:9/kim", Bench(SECRET, SignatureProfile.STANDARD))
    assert "antwortet nicht" in refused.value.sentence.de


def test_a_secret_is_read_as_it_is_handed_over() -> None:
    assert read_secret(secret_text(SECRET)) == SECRET
    bad: Callable[[], bytes] = lambda: read_secret("whsec_not base64")  # noqa: E731
    with pytest.raises(Unusable) as refused:
        bad()
    assert "whsec_" in refused.value.sentence.en
