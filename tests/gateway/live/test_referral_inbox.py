"""A referral is sent: who receives it hears of it at once, and nobody else ever does."""

from typing import Any

from deploy.local.demo.client import Client
from tests.gateway.conftest import As
from tests.gateway.live.lines import INBOX, Serving, socket_to, stream_of
from tests.gateway.test_main_job import SUBMIT, change, new_referral, step

RECIPIENT = "rheine-caritas-case-manager"


async def send(as_: As, **changes: Any) -> Any:
    sent = await change(as_("st-jobcenter-system"), SUBMIT, **new_referral(**changes))
    return sent["referral"]


async def test_the_recipient_hears_of_a_new_referral_over_a_websocket(
    live: Serving, people: Client, as_: As
) -> None:
    async with socket_to(live.url) as opened:
        await (await opened.begin(await people.token(RECIPIENT))).subscribe("1", INBOX)
        sent = await send(as_)

        told = await opened.next()

    assert (told["id"], told["type"]) == ("1", "next")
    assert told["payload"]["data"]["referralInbox"]["event"]["type"] == (
        "kim.referrals.referral-submitted.v1"
    )
    assert told["payload"]["data"]["referralInbox"]["referral"] == {
        "id": sent["id"],
        "state": "SUBMITTED",
        "recipientUnit": "rheine-caritas",
        "side": "RECIPIENT",
    }
    assert told["payload"]["extensions"]["upstreamCalls"] == 1


async def test_the_recipient_hears_of_it_over_an_event_stream(
    live: Serving, people: Client, as_: As
) -> None:
    async with stream_of(live.url, await people.token(RECIPIENT), INBOX) as stream:
        assert stream.answer.status == 200
        assert stream.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        sent = await send(as_)

        name, document = await stream.next()

        assert name == "next"
        assert document["data"]["referralInbox"]["referral"]["id"] == sent["id"]
        pulled = await step(as_(RECIPIENT), "pullReferral", "ReferralStepInput", sent)
        assert pulled["referral"]["state"] == "DELIVERED"
        name, document = await stream.next()
        assert document["data"]["referralInbox"]["referral"]["state"] == "DELIVERED"
