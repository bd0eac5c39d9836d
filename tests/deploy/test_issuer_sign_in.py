"""The flows over real HTTP, against the issuer that `make run` starts."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from deploy.local.issuer.personas import Persona, read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.sign_in import (
    ASSERTION_TYPE,
    SignInRefused,
    client_assertion,
    code_challenge,
    post_form,
    refresh,
    sign_in,
    sign_in_system,
)
from tests.deploy.http import get_json

VERIFIER = "a-verifier-of-the-right-length-for-rfc-7636-0123456789"
CALLBACK = "http://127.0.0.1:5173/callback"
ASKED = {
    "response_type": "code",
    "client_id": "kim-frontend",
    "redirect_uri": CALLBACK,
    "scope": "openid kim",
    "state": "s-1",
    "code_challenge": code_challenge(VERIFIER),
    "code_challenge_method": "S256",
    "persona": "waf-case-manager",
}
REDEEMED = {
    "grant_type": "authorization_code",
    "client_id": "kim-frontend",
    "redirect_uri": CALLBACK,
    "code_verifier": VERIFIER,
}


@pytest.fixture(scope="session")
def jobcenter() -> Persona:
    return read_directory(PERSONAS_FILE).systems["waf-jobcenter-system"]


def verified(issuer: str, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token whose signature matches a published key."""
    found = jwt.decode(token, KeySet.import_key_set(get_json(f"{issuer}/jwks")), ["ES256"])
    return found.header, found.claims


def answered(form: dict[str, str], issuer: str) -> dict[str, str]:
    """The query of the redirect back to the application."""
    answer = post_form(f"{issuer}/authorize", form)
    assert answer.status == 302
    assert answer.location.startswith(CALLBACK)
    return {name: value[0] for name, value in parse_qs(urlsplit(answer.location).query).items()}


def test_a_person_gets_an_access_token_with_exactly_these_claims(issuer: str) -> None:
    answer = sign_in(issuer, "waf-case-manager")
    header, claims = verified(issuer, answer["access_token"])

    assert header["typ"] == "at+jwt"
    assert header["alg"] == "ES256"
    assert answer["expires_in"] == claims["exp"] - claims["iat"] == 1800
    assert claims["nbf"] <= claims["iat"]
    times_and_ids = {"iat", "nbf", "exp", "jti"}
    assert {name: claims[name] for name in claims if name not in times_and_ids} == {
        "iss": issuer,
        "sub": "waf-case-manager",
        "aud": "kim",
        "azp": "kim-frontend",
        "client_id": "kim-frontend",
        "tenant": "05570",
        "org_unit": "waf-cm",
        "org_unit_type": "CM_TEAM",
        "roles": ["case_manager"],
        "scope": "openid profile kim",
    }


def test_the_id_token_is_for_the_application_and_names_the_person(issuer: str) -> None:
    header, claims = verified(issuer, sign_in(issuer, "waf-case-manager")["id_token"])

    assert header["typ"] == "JWT"
    assert claims["aud"] == ["kim-frontend"]
    assert claims["name"] == "Samira Overbeck"


def test_userinfo_answers_the_holder_of_a_token_and_nobody_else(issuer: str) -> None:
    token = sign_in(issuer, "st-dpo")["access_token"]
    info = get_json(f"{issuer}/userinfo", token)
    assert (info["sub"], info["tenant"], info["roles"]) == ("st-dpo", "05566", ["dpo"])

    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps(claims | {"sub": "waf-admin"}).encode()).rstrip(
        b"="
    )
    refused = get_json(f"{issuer}/userinfo", f"{head}.{forged.decode()}.{signature}", status=401)
    assert refused["error"] == "invalid_token"


def test_discovery_names_only_what_works(issuer: str) -> None:
    found = get_json(f"{issuer}/.well-known/openid-configuration")
    assert found["issuer"] == issuer
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert found["response_types_supported"] == ["code"]
    assert "password" not in found["grant_types_supported"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": "", "code_challenge_method": ""}, "Missing 'code_challenge'"),
        ({"code_challenge_method": "plain"}, "Unsupported 'code_challenge_method'"),
        ({"code_challenge_method": ""}, "Unsupported 'code_challenge_method'"),
        ({"code_challenge": "too-short"}, "Invalid 'code_challenge'"),
    ],
)
def test_signing_in_needs_a_challenge_by_s256(
    issuer: str, changed: dict[str, str], error: str
) -> None:
    answer = answered({**ASKED, **changed}, issuer)
    assert answer == {"error": "invalid_request", "error_description": error, "state": "s-1"}


@pytest.mark.parametrize(
    "verifier", ["", "x" * 43, "another-verifier-of-the-right-length-012345678"]
)
def test_a_code_without_its_verifier_is_worth_nothing(issuer: str, verifier: str) -> None:
    code = answered(ASKED, issuer)["code"]
    answer = post_form(f"{issuer}/token", {**REDEEMED, "code": code, "code_verifier": verifier})
    assert answer.status == 400
    assert "access_token" not in answer.json()


def test_a_code_used_twice_ends_the_sign_in(issuer: str) -> None:
    form = {**REDEEMED, "code": answered(ASKED, issuer)["code"]}
    first = post_form(f"{issuer}/token", form).json()

    assert post_form(f"{issuer}/token", form).json() == {
        "error": "invalid_grant",
        "error_description": "Invalid 'code' in request.",
    }
    with pytest.raises(SignInRefused, match="invalid_grant"):
        refresh(issuer, first["refresh_token"])


def test_a_code_belongs_to_its_redirect_address(issuer: str) -> None:
    form = {**REDEEMED, "code": answered(ASKED, issuer)["code"]}
    answer = post_form(f"{issuer}/token", {**form, "redirect_uri": "http://127.0.0.1:5173/other"})
    assert (answer.status, answer.json()["error"]) == (400, "invalid_grant")


def test_a_refresh_token_works_once_and_its_second_use_ends_the_sign_in(issuer: str) -> None:
    first = sign_in(issuer, "waf-coordinator")
    second = refresh(issuer, first["refresh_token"])
    _, claims = verified(issuer, second["access_token"])
    assert (claims["sub"], claims["roles"]) == ("waf-coordinator", ["coordinator"])
    assert second["refresh_token"] != first["refresh_token"]

    with pytest.raises(SignInRefused, match="invalid_grant"):
        refresh(issuer, first["refresh_token"])
    with pytest.raises(SignInRefused, match="invalid_grant"):
        refresh(issuer, second["refresh_token"])


def test_an_unknown_person_is_sent_back_without_a_code(issuer: str) -> None:
    answer = answered({**ASKED, "persona": "nobody"}, issuer)
    assert answer["error"] == "access_denied"
    assert "code" not in answer


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/callback",
        "http://127.0.0.1@elsewhere.example/",
        "http://localhost.elsewhere.example/",
        "javascript:alert(1)",
        "http://127.0.0.1/#fragment",
        "http://[::1",
    ],
)
def test_nobody_is_redirected_to_a_foreign_address(issuer: str, address: str) -> None:
    answer = post_form(f"{issuer}/authorize", {**ASKED, "redirect_uri": address})
    assert (answer.status, answer.location) == (400, "")


def test_a_system_gets_a_token_for_its_unit_by_secret(issuer: str, jobcenter: Persona) -> None:
    _, claims = verified(issuer, sign_in_system(issuer, jobcenter)["access_token"])
    assert (claims["sub"], claims["azp"]) == ("waf-jobcenter-system", "waf-jobcenter-system")
    assert (claims["org_unit"], claims["roles"]) == ("waf-jobcenter", ["partner"])


def test_a_system_may_send_its_secret_in_the_form(issuer: str, jobcenter: Persona) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": jobcenter.id,
        "client_secret": jobcenter.secret,
    }
    answer = post_form(f"{issuer}/token", form)
    assert (answer.status, answer.json()["scope"]) == (200, "kim")
    assert "refresh_token" not in answer.json()


@pytest.mark.parametrize("secret", ["", "wrong", "development-only-waf-jugendamt"])
def test_a_wrong_secret_gets_no_token(issuer: str, jobcenter: Persona, secret: str) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": jobcenter.id,
        "client_secret": secret,
    }
    answer = post_form(f"{issuer}/token", form)
    assert (answer.status, answer.json()["error"]) == (401, "invalid_client")


def test_a_signed_assertion_works_once(issuer: str, jobcenter: Persona, client_key_of: Any) -> None:
    assertion = client_assertion(issuer, jobcenter.id, client_key_of(jobcenter.id))
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    first, second = (post_form(f"{issuer}/token", form) for _ in range(2))
    assert (first.status, second.status) == (200, 400)
    assert second.json()["error_description"] == "JWT ID is used before."


def test_an_assertion_needs_the_clients_own_key_and_this_issuer(
    issuer: str, jobcenter: Persona, client_key_of: Any
) -> None:
    with pytest.raises(SignInRefused, match="invalid_client"):
        sign_in_system(issuer, jobcenter, client_key_of("waf-abh-system"))

    elsewhere = client_assertion("https://elsewhere", jobcenter.id, client_key_of(jobcenter.id))
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": elsewhere,
    }
    assert post_form(f"{issuer}/token", form).json()["error"] == "invalid_client"


def test_a_system_cannot_act_as_a_person(issuer: str, jobcenter: Persona) -> None:
    answer = post_form(f"{issuer}/authorize", {**ASKED, "client_id": jobcenter.id})
    location = parse_qs(urlsplit(answer.location).query)
    assert location["error"] == ["unauthorized_client"]


def test_the_frontend_has_no_way_to_a_token_without_a_person(issuer: str) -> None:
    form = {"grant_type": "client_credentials", "client_id": "kim-frontend"}
    assert post_form(f"{issuer}/token", form).json()["error"] == "invalid_client"
    password = {"grant_type": "password", "client_id": "kim-frontend", "username": "waf-admin"}
    assert post_form(f"{issuer}/token", password).json()["error"] == "unsupported_grant_type"
