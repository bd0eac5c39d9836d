"""What a partner can practise with the mock beyond the checks."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from deploy.partnerkit.checks import World
from deploy.partnerkit.checks.frame import must, soon
from deploy.partnerkit.mock.app import create_mock, mock_settings
from deploy.partnerkit.mock.webhooks import Disturbance
from deploy.partnerkit.receiver import Receiver
from deploy.partnerkit.words import choose_language
from services.referrals.api.referral_views import ReferralDetail
from shared.service.webhook_schemas import WebhookDeliveryView, WebhookEndpointView
from tests.services.referrals.partnerkit.conftest import served
from tests.services.referrals.test_contract import holds

NOBODY = "http://127.0.0.1:9/kim"


@contextmanager
def practising(world: World) -> Iterator[World]:
    choose_language("en")
    world.partner.sign_in()
    receiver = Receiver()
    with receiver:
        yield replace(world, receiver=receiver)


def subscribe(world: World, url: str, **wishes: Any) -> Any:
    body = {"url": url, "description": "Practice", "includesOwn": True} | wishes
    reply = world.partner.post("/v1/webhook-endpoints", body, idempotency_key=world.key())
    return must(reply, 201).document


def test_a_delivery_nobody_takes_is_tried_again_and_ends_as_dead_letter(
    issuer: str, world_at: Callable[[str], World]
) -> None:
    with (
        served(create_mock(mock_settings(issuer), speed=3_000_000)) as url,
        practising(world_at(url)) as world,
    ):
        made = subscribe(world, NOBODY, types=["kim.referrals.referral-submitted.v1"])
        world.send()
        path = f"/v1/webhook-endpoints/{made['id']}/deliveries"
        items = soon(
            world,
            lambda: must(world.partner.get(path), 200).document["items"],
            lambda found: found and found[0]["state"] == "DEAD",
        )
        assert [one["state"] for one in items] == ["DEAD"]
        assert items[0]["attempts"] >= 2
        assert {one["outcome"] for one in items[0]["tries"]} == {"CONNECTION"}
        told = must(world.partner.get("/v1/events"), 200).document["items"]
        assert told[-1]["type"] == "kim.referrals.webhook-dead-lettered.v1"


def test_disturbed_deliveries_come_twice_and_after_newer_ones(
    issuer: str, world_at: Callable[[str], World]
) -> None:
    app = create_mock(mock_settings(issuer), disturbances=frozenset(Disturbance))
    with served(app) as url, practising(world_at(url)) as world:
        assert world.receiver is not None
        subscribe(world, f"http://127.0.0.1:{world.receiver.port}/kim")
        arrived = world.receiver.arrived
        first = world.send()
        soon(world, lambda: list(arrived), lambda found: len(found) >= 2)
        second = world.send()
        soon(world, lambda: list(arrived), lambda found: len(found) >= 5)
    subjects = [json.loads(one.body)["subject"] for one in arrived]
    assert subjects == [first["id"]] * 2 + [second["id"]] * 2 + [first["id"]]
    assert len({one.headers["webhook-id"] for one in arrived}) == 2


def test_the_quota_of_a_client_can_be_practised(
    issuer: str, world_at: Callable[[str], World]
) -> None:
    settings = mock_settings(issuer, reads=2)
    with served(create_mock(settings)) as url, practising(world_at(url)) as world:
        statuses = [world.partner.get("/v1/outbox") for _ in range(3)]
        assert [one.status for one in statuses] == [200, 200, 429]
        assert int(statuses[-1].headers["retry-after"]) > 0


def test_the_mock_builds_documents_as_they_are_published(
    mock_url: str, world_at: Callable[[str], World]
) -> None:
    with practising(world_at(mock_url)) as world:
        sent = world.send()
        read = world.partner.get(f"/v1/referrals/{sent['id']}").document
        holds(ReferralDetail, read)
        assert read["content"] == world.referral["content"]
        assert read["sending"]["legalGround"]["consent"]["reference"] == "PK-CONSENT"
        made = subscribe(world, NOBODY, profile="FIT")
        path = f"/v1/webhook-endpoints/{made['id']}"
        holds(WebhookEndpointView, world.partner.get(path).document)
        test = must(world.partner.post(f"{path}/actions/test", idempotency_key=world.key()), 201)
        holds(WebhookDeliveryView, test.document)


def test_the_mock_routes_by_the_rules_of_the_directory(
    mock_url: str, world_at: Callable[[str], World]
) -> None:
    with practising(world_at(mock_url)) as world:
        body = world.body(serviceCode="CASE_MANAGEMENT", submit=False)
        del body["recipientUnit"]
        reply = world.partner.post("/v1/referrals", body, idempotency_key=world.key())
        draft = must(reply, 201).document
        assert (draft["state"], draft["recipientUnit"]) == ("DRAFT", "waf-cm")
        asked = "/v1/routing?service=CASE_MANAGEMENT&ags=05570044"
        assert world.partner.get(asked).document["unitId"] == "waf-cm"


@pytest.mark.parametrize("recipient", ["waf-abh", "waf-nowhere"])
def test_the_mock_lets_nothing_through_that_the_service_would_refuse(
    mock_url: str, world_at: Callable[[str], World], recipient: str
) -> None:
    with practising(world_at(mock_url)) as world:
        reply = world.partner.post(
            "/v1/referrals", world.body(recipientUnit=recipient), idempotency_key=world.key()
        )
        assert reply.code == {"waf-abh": "guard-failed", "waf-nowhere": "unit-unknown"}[recipient]
        if recipient == "waf-abh":
            assert "authority-gets-its-own-matters" in reply.document["guards"]
