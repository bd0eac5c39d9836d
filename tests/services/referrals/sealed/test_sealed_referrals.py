"""Sealed referrals: read by the holder of the key alone, judged by what the sender declares."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from joserfc.errors import JoseError

from services.referrals.api.sealed import SealedContentView
from services.referrals.domain.receipt import text_digest
from tests.documented import documented
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, NAME
from tests.services.referrals.sealed.conftest import KEYS
from tests.services.referrals.sealed.envelopes import (
    PATHS,
    Holder,
    key_paper,
    sealed_for,
    sealed_paper,
    with_head,
)
from tests.services.referrals.test_contract import holds
from tests.services.referrals.test_forwarding import traces

SEALED = "/v1/sealed-referrals"
COUNTS = (
    "select (select count(*) from referral), (select count(*) from encrypted_content),"
    " (select count(*) from outbox_message), (select count(*) from referral_content),"
    " (select count(*) from audit_entry where action <> 'read')"
)


async def test_a_sealed_referral_is_readable_by_the_key_holder_alone(
    case_manager: Desk,
    jobcenter: Desk,
    desk_of: Callable[[str], Desk],
    holder: Holder,
    stranger: Holder,
    sent: dict[str, Any],
    owner: Any,
) -> None:
    path = f"/v1/referrals/{sent['id']}/sealed-content"
    assert (sent["state"], sent["isSealed"]) == ("SUBMITTED", True)
    assert (await jobcenter.get(path)).status_code == 404  # not before acceptance
    pulled = await jobcenter.step(sent, "pull")
    assert (await jobcenter.get(path)).status_code == 404
    accepted = await jobcenter.step(pulled, "accept")
    assert (accepted["state"], accepted["payloadDigest"]) == ("ACCEPTED", sent["payloadDigest"])

    handed = (await jobcenter.get(path)).json()
    assert handed == (await case_manager.get(path)).json()
    holds(SealedContentView, handed)
    assert (handed["kid"], handed["digest"]) == (holder.kid, sent["payloadDigest"])
    assert holder.opens(handed["jwe"]) == CONTENT
    with pytest.raises(JoseError):
        stranger.opens(handed["jwe"])
    compact = await jobcenter.get(path, Accept="application/jose")
    assert compact.headers["content-type"] == "application/jose"
    assert compact.text == handed["jwe"]
    for persona in ("waf-jugendamt-system", "st-jobcenter-system", "waf-b3-officer", "waf-admin"):
        assert (await desk_of(persona).get(path)).status_code in {403, 404}
    seen = await jobcenter.read(sent["id"])
    assert (seen["content"], seen["isSealed"]) == (None, True)
    everything = await owner.fetchval(
        "select string_agg(t, '') from (select c::text t from referral_content c union all"
        " select r::text from referral r union all select o::text from outbox_message o union all"
        " select a::text from audit_entry a) x where strpos(t, $1) > 0",
        sent["id"],
    )
    assert NAME not in everything


async def test_the_documented_ways_to_encrypt_and_decrypt_fit_together(
    case_manager: Desk, jobcenter: Desk, holder: Holder, subject: str
) -> None:
    room = documented("encrypt") | documented("decrypt")
    (offered,) = (await case_manager.get(f"{KEYS}?kid={holder.kid}")).json()["items"]
    large = CONTENT | {"need": {"summary": "ä" * 100_000}}
    paper = sealed_paper(subject, "") | room["sealed"](large, offered["jwk"])
    answer = await case_manager.post(SEALED, paper)
    assert answer.status_code == 201, answer.text
    got = await jobcenter.step(await jobcenter.step(answer.json(), "pull"), "accept")
    path = f"/v1/referrals/{got['id']}/sealed-content"
    compact = (await jobcenter.get(path, Accept="application/jose")).text
    assert room["opened"](compact, holder.key, got["payloadDigest"]) == large
    with pytest.raises(AssertionError):
        room["opened"](compact, holder.key, text_digest("another"))


async def test_both_sides_hold_a_receipt_over_the_ciphertext(
    case_manager: Desk, jobcenter: Desk, accepted: dict[str, Any], owner: Any
) -> None:
    path = f"/v1/referrals/{accepted['id']}"
    compact = (await jobcenter.get(f"{path}/sealed-content", Accept="application/jose")).text
    digest = f"sha256:{sha256(compact.encode()).hexdigest()}"
    receipt = (await jobcenter.get(f"{path}/receipt")).json()
    assert receipt == (await case_manager.get(f"{path}/receipt")).json()
    assert receipt["receipt"]["payloadDigest"] == digest
    assert receipt["receipt"]["fields"] == sorted(PATHS)
    assert receipt["receipt"]["categories"] == sorted(CONTENT)
    checked = await jobcenter.post(f"{path}/actions/verify-receipt", {"digest": digest})
    assert checked.json()["matches"] is True
    noted = await owner.fetch(
        "select action, actor from audit_entry where $1 = any(record_ids) order by at",
        UUID(accepted["id"]),
    )
    assert {"referral-submitted", "referral-accepted", "receipt-verified"} <= {
        one["action"] for one in noted
    }
    read = await owner.fetchval(
        "select count(*) from audit_entry where action = 'read' and record_kind = 'sealed-content'"
        " and $1 = any(record_ids)",
        UUID(accepted["id"]),
    )
    assert read == 1


async def test_another_digest_stops_the_acceptance(
    jobcenter: Desk, sent: dict[str, Any], owner: Any
) -> None:
    pulled = await jobcenter.step(sent, "pull")
    before = await traces(owner, sent["id"])
    other = {"payloadDigest": text_digest("another")}
    refused = await jobcenter.act(pulled, "accept", other)
    assert (refused.status_code, refused.json()["code"]) == (422, "guard-failed")
    assert await traces(owner, sent["id"]) == before
    right = {"payloadDigest": sent["payloadDigest"]}
    assert (await jobcenter.step(pulled, "accept", right))["state"] == "ACCEPTED"


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "RSA1_5"},
        {"alg": "RSA-OAEP"},
        {"alg": "dir"},
        {"enc": "A128GCM"},
        {"enc": "A256CBC-HS512"},
        {"zip": "DEF"},
        {"kid": None},
        {"cty": None},
        {"cty": "text/plain"},
        {"typ": "JWE"},
        {"kid": "another"},
        {"kid": "A" * 43},
    ],
)
async def test_a_jwe_of_other_algorithms_or_keys_is_refused(
    case_manager: Desk, holder: Holder, subject: str, owner: Any, header: dict[str, Any]
) -> None:
    before = await owner.fetchrow(COUNTS)
    refused = await case_manager.post(SEALED, sealed_paper(subject, sealed_for(holder, **header)))
    assert (refused.status_code, refused.json()["code"]) == (422, "jwe-unacceptable")
    assert await owner.fetchrow(COUNTS) == before


async def test_a_jwe_for_a_foreign_revoked_expired_or_signing_key_is_refused(
    case_manager: Desk,
    jobcenter: Desk,
    desk_of: Callable[[str], Desk],
    holder: Holder,
    stranger: Holder,
    subject: str,
    owner: Any,
) -> None:
    revoked, over, signing, theirs = (Holder.with_bits() for _ in range(4))
    await jobcenter.post(KEYS, key_paper(revoked))
    assert (await jobcenter.post(f"{KEYS}/{revoked.kid}/actions/revoke")).status_code == 200
    assert (await jobcenter.post(KEYS, key_paper(signing, use="sig"))).status_code == 201
    jugendamt = desk_of("waf-jugendamt-system")
    answer = await jugendamt.post("/v1/org-units/waf-jugendamt/keys", key_paper(theirs))
    assert answer.status_code == 201, answer.text
    future = key_paper(over, validFrom="2098-01-01T00:00:00Z", validTo="2099-01-01T00:00:00Z")
    assert (await jobcenter.post(KEYS, future)).status_code == 201
    stolen = sealed_for(stranger, kid=holder.kid)  # right name, other key: the recipient notices
    before = await owner.fetchrow(COUNTS)
    for made in (stranger, revoked, over, signing, theirs):
        refused = await case_manager.post(SEALED, sealed_paper(subject, sealed_for(made)))
        assert (refused.status_code, refused.json()["code"]) == (422, "jwe-unacceptable")
    await owner.execute(
        "update unit_key set valid_from = now() - interval '2 days',"
        " valid_to = now() - interval '1 second' where kid = $1",
        over.kid,
    )
    refused = await case_manager.post(SEALED, sealed_paper(subject, sealed_for(over)))
    assert (refused.status_code, refused.json()["code"]) == (422, "jwe-unacceptable")
    assert await owner.fetchrow(COUNTS) == before
    assert stolen.split(".")[0] == sealed_for(holder).split(".")[0]


async def test_a_jwe_in_another_spelling_is_refused(
    case_manager: Desk, holder: Holder, subject: str, owner: Any
) -> None:
    good = sealed_for(holder)
    head, key, vector, body, tag = good.split(".")
    right = (
        b'{"alg":"RSA-OAEP-256","enc":"A256GCM","cty":"application/json","kid":"%s"'
        % holder.kid.encode()
    )
    hostile = [
        ".".join(parts)
        for parts in (
            [head, key, vector, body],
            [head, key, vector, body, tag, tag],
            [head, "", vector, body, tag],
            [head, key, "", body, tag],
            [head, key, vector, "", tag],
            [head, key, vector, body, tag[:-2]],
            [head, key[:-6], vector, body, tag],
            [head, f"{key[:-1]}{'B' if key[-1] != 'B' else 'C'}", vector, body, tag],
        )
    ] + [
        with_head(good, raw)
        for raw in (
            right + b',"alg":"dir"}',
            right + b',"crit":["exp"]}',
            right + b',"kid":"x"}',
            right,
            b"[]",
            b"null",
            b"5",
            b'"text"',
            b"",
            b"\xff\xfe{}",
            (right + b"}").decode().encode("utf-16"),
            b"[" * 400,
            right + b" " * 600 + b"}",
            right.replace(holder.kid.encode(), b"\\u0000" * 43) + b"}",
            right.replace(b'"RSA-OAEP-256"', b'["RSA-OAEP-256"]') + b"}",
        )
    ]
    before = await owner.fetchrow(COUNTS)
    for compact in hostile:
        refused = await case_manager.post(SEALED, sealed_paper(subject, compact))
        assert (refused.status_code, refused.json()["code"]) == (422, "jwe-unacceptable"), compact[
            :80
        ]
    for compact in ("", "ä.b.c.d.e", "{}", "a b", 5, None, ["a"], "a\u0000"):
        refused = await case_manager.post(SEALED, sealed_paper(subject, good, jwe=compact))
        assert (refused.status_code, refused.json()["code"]) == (422, "fields-refused")
    assert await owner.fetchrow(COUNTS) == before


async def test_a_megabyte_goes_through_and_more_is_refused(
    case_manager: Desk, jobcenter: Desk, holder: Holder, subject: str, owner: Any
) -> None:
    large = CONTENT | {"need": {"summary": "x" * 1_000_000}}
    compact = sealed_for(holder, large)
    assert 1_300_000 < len(compact) <= 1_400_000
    answer = await case_manager.post(SEALED, sealed_paper(subject, compact))
    assert answer.status_code == 201, answer.text
    got = await jobcenter.step(await jobcenter.step(answer.json(), "pull"), "accept")
    path = f"/v1/referrals/{got['id']}/sealed-content"
    assert holder.opens((await jobcenter.get(path)).json()["jwe"]) == large

    before = await owner.fetchrow(COUNTS)
    too_long = sealed_for(holder, {"need": {"summary": "x" * 1_050_000}})
    refused = await case_manager.post(SEALED, sealed_paper(f"{subject}-2", too_long))
    assert (refused.status_code, refused.json()["code"]) == (422, "fields-refused")
    flood = await case_manager.post(SEALED, sealed_paper(f"{subject}-2", "a" * 1_500_001))
    assert flood.status_code == 413
    assert await owner.fetchrow(COUNTS) == before
