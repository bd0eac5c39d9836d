"""Signing out at the issuer ends what signing in began (OpenID Connect RP-Initiated Logout 1.0)."""

import base64
import json
from typing import Any

import pytest

from deploy.local.sign_in import SignInRefused, post_form, refresh, sign_in
from tests.deploy.http import get_json

HOME = "http://127.0.0.1:8000/"


def leaving(answer: dict[str, Any], **changes: str) -> dict[str, str]:
    return {
        "client_id": "kim-frontend",
        "id_token_hint": str(answer["id_token"]),
        "post_logout_redirect_uri": HOME,
    } | changes


def test_discovery_names_where_to_sign_out(issuer: str) -> None:
    found = get_json(f"{issuer}/.well-known/openid-configuration")
    assert found["end_session_endpoint"] == f"{issuer}/end-session"


def test_who_signed_out_goes_back_and_has_no_token_to_come_again(issuer: str) -> None:
    gone = sign_in(issuer, "waf-case-manager", scope="openid offline_access kim")
    stays = sign_in(issuer, "waf-team-lead", scope="openid offline_access kim")
    answer = post_form(f"{issuer}/end-session", leaving(gone, state="s 1"))
    assert (answer.status, answer.location) == (303, f"{HOME}?state=s+1")
    with pytest.raises(SignInRefused):
        refresh(issuer, gone["refresh_token"])
    assert refresh(issuer, stays["refresh_token"])["access_token"]


@pytest.mark.parametrize("address", ["https://kim.example/", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_an_address_that_is_not_the_applications(
    issuer: str, address: str
) -> None:
    gone = sign_in(issuer, "waf-case-manager")
    answer = post_form(f"{issuer}/end-session", leaving(gone, post_logout_redirect_uri=address))
    assert (answer.status, answer.location) == (200, "")


def test_a_forged_or_foreign_hint_signs_nobody_out(issuer: str) -> None:
    kept = sign_in(issuer, "waf-case-manager", scope="openid offline_access kim")
    head, body, signature = str(kept["id_token"]).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps(claims | {"name": "X"}).encode()).rstrip(b"=")
    for changes in (
        {"id_token_hint": f"{head}.{forged.decode()}.{signature}"},
        {"id_token_hint": ""},
        {"id_token_hint": str(kept["access_token"])},
        {"client_id": "waf-jobcenter-system"},
        {"client_id": ""},
    ):
        assert post_form(f"{issuer}/end-session", leaving(kept, **changes)).status == 400
    assert refresh(issuer, kept["refresh_token"])["access_token"]
