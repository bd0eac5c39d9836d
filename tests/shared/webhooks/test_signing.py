"""What proves a delivery, checked against published vectors and by receivers' own libraries."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from shared.kernel.clock import now
from shared.webhooks.signing import (
    SECRET_BYTES,
    SignatureProfile,
    headers_for,
    new_secret,
    secret_text,
    signature_base,
)
from tests.receiver import Inbox, Refused

BODY = b'{"type":"kim.referrals.referral-submitted.v1","data":{"referralId":"x"}}'
PROFILES = tuple(SignatureProfile)


def test_the_published_vector_of_standard_webhooks() -> None:
    secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, tz=UTC)
    import_key = Webhook(secret)._whsecret
    headers = headers_for(
        SignatureProfile.STANDARD,
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        at,
        b'{"test": 2432232314}',
        [import_key],
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_the_vector_of_the_fit_header_pair() -> None:
    body = (
        b'{"data":{"referralId":"018f5a3c-0001-7000-8000-000000000001"},'
        b'"type":"kim.referrals.referral-submitted.v1"}'
    )
    at = datetime.fromtimestamp(1780300800, tz=UTC)
    key = b"0123456789abcdef0123456789abcdef"
    headers = headers_for(SignatureProfile.FIT, UUID(int=7), at, body, [key])
    assert headers["webhook-id"] == str(UUID(int=7))
    assert headers["callback-timestamp"] == "1780300800"
    assert len(headers["callback-authentication"]) == 128
    assert headers["callback-authentication"].startswith("30ab0b06e1e75c4d1bab3ee6d220f007")


def test_the_time_of_a_signature_is_utc_whatever_the_machine_says() -> None:
    at = datetime.fromisoformat("2026-06-01T10:00:00+02:00")
    signed = headers_for(SignatureProfile.STANDARD, "a", at, b"{}", [b"k" * 32])
    assert signed == headers_for(
        SignatureProfile.STANDARD, "a", at.astimezone(UTC), b"{}", [b"k" * 32]
    )
    base = signature_base(SignatureProfile.STANDARD, "a", at, b"{}")
    assert base == b"a." + signed["webhook-timestamp"].encode() + b".{}"


@pytest.mark.parametrize("profile", PROFILES)
def test_f20_a_receiver_refuses_wrong_hmac_301_seconds_replay_and_changed_body(
    profile: SignatureProfile,
) -> None:
    secret = new_secret()
    inbox = Inbox(secret_text(secret), profile.value)

    def sent(
        at: datetime | None = None, key: bytes = secret, event_id: UUID | None = None
    ) -> dict[str, str]:
        return headers_for(profile, event_id or uuid4(), at or now(), BODY, [key])

    with pytest.raises(Refused):
        inbox.take(sent(key=new_secret()), BODY)
    with pytest.raises(Refused):
        inbox.take(sent(at=now() - timedelta(seconds=301)), BODY)
    with pytest.raises(Refused):
        inbox.take(sent(), BODY.replace(b'"x"', b'"y"'))
    event_id = uuid4()
    taken = inbox.take(sent(event_id=event_id), BODY)
    assert taken["data"] == {"referralId": "x"}
    with pytest.raises(Refused, match="taken before"):
        inbox.take(sent(event_id=event_id), BODY)
    assert inbox.take(sent(at=now() - timedelta(seconds=299)), BODY) == taken


def test_during_an_overlap_both_secrets_prove_the_delivery() -> None:
    newest, previous = new_secret(), new_secret()
    headers = headers_for(SignatureProfile.STANDARD, uuid4(), now(), BODY, [newest, previous])
    assert len(headers["webhook-signature"].split(" ")) == 2
    for secret in (newest, previous):
        Webhook(secret_text(secret)).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret_text(new_secret())).verify(BODY, headers)


def test_a_secret_is_long_random_and_of_the_published_form() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert len(first) == SECRET_BYTES == 32
    assert secret_text(first).startswith("whsec_")
    assert Webhook(secret_text(first))._whsecret == first
