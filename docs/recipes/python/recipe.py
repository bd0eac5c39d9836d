"""Sign in, send a referral, follow feed and inbox, check a delivery. Needs: pip install httpx."""

import base64
import hashlib
import hmac
import os
import time
import uuid
from datetime import date, timedelta

import httpx

BASE = os.environ.get("KIM_BASE_URL", "http://127.0.0.1:8003")
TOKEN_URL = os.environ.get("KIM_TOKEN_URL", "http://127.0.0.1:8009/token")
CLIENT = os.environ.get("KIM_CLIENT_ID", "waf-jobcenter-system")
SECRET = os.environ.get("KIM_CLIENT_SECRET", "development-only-waf-jobcenter")
RECIPIENT, CATEGORIES = "waf-jugendamt", ["identity", "languages", "need"]


class Problem(Exception):
    """A refusal (RFC 9457). Act on `code`; `title` is for people, in the language you ask for."""

    def __init__(self, document: dict) -> None:
        self.code, self.document = document["code"], document
        super().__init__(f"{document['status']} {self.code}: {document['title']}")


class Kim:
    def __init__(self) -> None:
        self.http = httpx.Client(base_url=BASE, headers={"Accept-Language": "de"}, timeout=30)

    def sign_in(self) -> None:
        form = {"grant_type": "client_credentials"}
        answer = self.http.post(TOKEN_URL, data=form, auth=(CLIENT, SECRET))
        answer.raise_for_status()
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def call(self, method: str, path: str, **said) -> httpx.Response:
        """One request; again, with the same key, after 401, 429 and 503."""
        for tries_left in reversed(range(5)):
            answer = self.http.request(method, path, **said)
            if answer.status_code == 401 and tries_left:  # the token has run out
                self.sign_in()
            elif answer.status_code in {429, 503} and tries_left:
                time.sleep(int(answer.headers.get("Retry-After", "2")))
            elif answer.status_code >= 400:
                raise Problem(answer.json())
            else:
                return answer
        raise AssertionError

    def post(self, path: str, body=None, *, key: str, version: int | None = None) -> dict:
        headers = {"Idempotency-Key": key}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.call("POST", path, json=body, headers=headers).json()


def referral(reference: str) -> dict:
    today = date.today()
    consent = {
        "reference": "E-2026-17", "purpose": "YOUTH_WELFARE", "recipientUnit": RECIPIENT,
        "givenOn": str(today), "validTo": str(today + timedelta(days=30)), "categories": CATEGORIES,
    }  # fmt: skip
    return {
        "mode": "ZUSTEUERUNG_IN", "serviceCode": "YOUTH_WELFARE", "topic": "FAMILY",
        "purpose": "YOUTH_WELFARE", "language": "tur", "recipientUnit": RECIPIENT,
        "subjectReference": reference, "place": {"ags": "05570044"}, "submit": True,
        "content": {
            "identity": {"familyName": "Şahin", "givenNames": "Yıldız"},
            "languages": {"spoken": ["tur"]}, "need": {"summary": "Sucht einen Kitaplatz."},
        },
        "legalGround": {"consent": consent},
    }  # fmt: skip


def is_ours(headers: dict, body: bytes, secret: str, taken: set) -> bool:
    """Whether a delivery is from KIM, fresh and new. `body`: the bytes, before any parser."""
    event_id, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{event_id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    wanted = base64.b64encode(digest).decode()
    given = [one.removeprefix("v1,") for one in headers["webhook-signature"].split(" ")]
    is_signed = any(hmac.compare_digest(wanted, one) for one in given)
    return is_signed and abs(time.time() - int(stamp)) <= 300 and event_id not in taken


def main() -> None:
    kim = Kim()
    kim.sign_in()
    body, key = referral(f"R-{uuid.uuid4()}"), str(uuid.uuid4())  # keep it with your record
    sent = kim.post("/v1/referrals", body, key=key)
    print("sent", sent["id"], sent["state"])
    print("again", kim.post("/v1/referrals", body, key=key)["id"])  # after a broken connection
    try:
        kim.post("/v1/referrals", body | {"surname": "Şahin"}, key=str(uuid.uuid4()))
    except Problem as problem:
        print("problem", problem.code, problem.document["errors"][0]["pointer"])
    cursor, more = os.environ.get("KIM_CURSOR", ""), True  # keep it with your own data
    while more:
        after = {"after": cursor} if cursor else {}
        page = kim.call("GET", "/v1/events", params={"first": 100, **after}).json()
        for event in page["items"]:
            print("event", event["type"], event["subject"])
            cursor = event["cursor"]
        more = page["nextCursor"]
    for one in kim.call("GET", "/v1/inbox", params={"state": "SUBMITTED"}).json()["items"]:
        path = f"/v1/referrals/{one['id']}/actions/pull"
        pulled = kim.post(path, key=f"pull-{one['id']}", version=one["version"])
        print("pulled", pulled["id"], pulled["state"])
    if "KIM_DELIVERY" in os.environ:
        head, _, content = os.environ["KIM_DELIVERY"].partition("\n\n")
        headers = dict(line.split(": ", 1) for line in head.splitlines())
        ours = is_ours(headers, content.encode(), os.environ["KIM_WEBHOOK_SECRET"], set())
        print("delivery", "ours" if ours else "refused")


if __name__ == "__main__":
    main()
