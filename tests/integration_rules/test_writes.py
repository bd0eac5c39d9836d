"""Writes hold to the same rules in every service."""

from uuid import uuid4

from tests.integration_rules.conftest import ServiceApi


async def test_a_key_makes_one_record_however_often_it_is_sent(service_api: ServiceApi) -> None:
    body, key = service_api.sample.body(), uuid4().hex
    first = await service_api.post(service_api.sample.path, body, key=key)
    again = await service_api.post(service_api.sample.path, body, key=key)
    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == first.content


async def test_a_key_with_another_body_is_refused(service_api: ServiceApi) -> None:
    key = uuid4().hex
    await service_api.post(service_api.sample.path, service_api.sample.body(), key=key)
    other = await service_api.post(service_api.sample.path, service_api.sample.body(), key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-conflict")


async def test_a_record_is_unknown_in_another_kreis(service_api: ServiceApi) -> None:
    made = await service_api.create()
    path = f"{service_api.sample.path}/{made['id']}"
    assert (await service_api.get(path)).status_code == 200
    foreign = await service_api.get(path, persona=service_api.sample.foreign)
    assert (foreign.status_code, foreign.json()["code"]) == (404, "not-found")
