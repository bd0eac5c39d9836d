"""Which doors need no token, and HEAD at every door that has GET."""

import httpx
import pytest

from tests.apis import bearer
from tests.integration_rules.conftest import ServiceApi

OF_REFERRALS_ALONE = ("/l/abc", "/l/referral", "/.well-known/jwks.json", "/v1/schemas")


async def test_what_is_public_in_referrals_is_neither_there_nor_public_elsewhere(
    service_api: ServiceApi,
) -> None:
    token = bearer(service_api.token_for(service_api.sample.persona))
    for path in OF_REFERRALS_ALONE:
        unknown = await service_api.client.get(path)
        known = await service_api.client.get(path, headers=token)
        if service_api.sample.service == "referrals":
            assert unknown.status_code != 401, path
        else:
            assert (unknown.status_code, known.status_code) == (401, 404), path


async def test_head_answers_as_get_does_without_its_body(service_api: ServiceApi) -> None:
    made = await service_api.create()
    path = f"{service_api.sample.path}/{made['id']}"
    for where in (path, service_api.sample.path, "/v1/meta", "/health/live", "/openapi.json"):
        got, asked = await both(service_api, where)
        assert (asked.status_code, asked.content) == (got.status_code, b"") == (200, b"")
        for name in ("content-length", "content-type", "etag", "cache-control"):
            assert asked.headers.get(name) == got.headers.get(name), (where, name)
    etag = (await both(service_api, path))[0].headers["etag"]
    token = bearer(service_api.token_for(service_api.sample.persona))
    seen = await service_api.client.head(path, headers=token | {"If-None-Match": etag})
    assert seen.status_code == 304


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/meta/nothing"])
async def test_head_finds_nothing_where_get_finds_nothing(
    service_api: ServiceApi, path: str
) -> None:
    got, asked = await both(service_api, path)
    assert (asked.status_code, asked.content) == (got.status_code, b"") == (404, b"")
    nobody = await service_api.client.head(service_api.sample.path)
    assert (nobody.status_code, nobody.content) == (401, b"")


async def both(service_api: ServiceApi, path: str) -> tuple[httpx.Response, httpx.Response]:
    token = bearer(service_api.token_for(service_api.sample.persona))
    return (
        await service_api.client.get(path, headers=token),
        await service_api.client.head(path, headers=token),
    )
