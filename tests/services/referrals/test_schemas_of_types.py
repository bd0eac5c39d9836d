"""The schema of a type says what the service takes: neither more nor less of its form."""

from copy import deepcopy
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from services.referrals.api.referral_schemas import NewReferral
from services.referrals.api.schemas_of_types import EXAMPLES, schema_of
from services.referrals.domain.codes import Mode
from tests.services.referrals.desk import Desk

Path = tuple[str | int, ...]
ODD: list[Any] = [None, True, 7, 1.5, "", "no such code!", [], ["?"], {}, {"a": 1}, "x" * 3000]
NOTHING: Any = object()


def paths(value: Any, here: Path = ()) -> list[Path]:
    """Every place in a body but its root."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = [*value.items()]
    elif isinstance(value, list):
        inner = [*enumerate(value)]
    return [here] * bool(here) + [p for key, one in inner for p in paths(one, (*here, key))]


def changed(body: dict[str, Any], place: Path, value: Any) -> dict[str, Any]:
    """A copy with another value there; NOTHING takes it away."""
    copy = deepcopy(body)
    target: Any = copy
    for key in place[:-1]:
        target = target[key]
    if value is NOTHING:
        del target[place[-1]]
    else:
        target[place[-1]] = value
    return copy


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Mode, dict[str, Any]]:
    """An example with up to three members changed, taken away or added."""
    mode = draw(st.sampled_from(Mode))
    body = deepcopy(EXAMPLES[mode])
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(paths(body)))
        if draw(st.booleans()):
            place = (*place[:-1], draw(st.sampled_from(["unknownMember", "note", "children"])))
        is_there = place in paths(body)
        if isinstance(place[-1], str) and isinstance(_at(body, place[:-1]), dict):
            body = changed(body, place, draw(st.sampled_from([*ODD, NOTHING] if is_there else ODD)))
    return mode, body


def _at(body: Any, place: Path) -> Any:
    for key in place:
        body = body[key]
    return body


def fits(mode: Mode, body: dict[str, Any]) -> bool:
    return bool(VALIDATORS[mode].is_valid(body))


VALIDATORS = {mode: Draft202012Validator(schema_of(mode)) for mode in Mode}


def is_read(body: dict[str, Any]) -> bool:
    try:
        NewReferral.model_validate(body)
    except ValidationError:
        return False
    return True


def lacks_what_sending_needs(mode: Mode, body: dict[str, Any]) -> bool:
    needed = {
        Mode.CHILD_PROTECTION: ("legalGround", "protectionSteps"),
        Mode.ANONYMOUS_CONSULT: (),
    }.get(mode, ("legalGround",))
    return body.get("submit") is True and any(body.get(name) is None for name in needed)


@given(bodies())
def test_a_body_the_schema_refuses_is_refused_by_the_service(
    drawn: tuple[Mode, dict[str, Any]],
) -> None:
    """Both ways: what fits is read, and what is read fits or lacks what its guards ask for."""
    mode, body = drawn
    expected = is_read(body) and body["mode"] == mode.value
    assert fits(mode, body) == (expected and not lacks_what_sending_needs(mode, body))


@pytest.mark.parametrize("mode", Mode)
async def test_the_example_of_each_type_fits_its_schema_and_is_taken(
    client: httpx.AsyncClient, jobcenter: Desk, subject: str, mode: Mode
) -> None:
    schema = (await client.get(f"/v1/schemas/{mode.value}")).json()
    Draft202012Validator.check_schema(schema)
    (example,) = schema["examples"]
    Draft202012Validator(schema).validate(example)
    draft = example | {"submit": False, "subjectReference": subject}
    answer = await jobcenter.post("/v1/referrals?dryRun=true", draft)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("mode", sorted(set(Mode) - {Mode.ANONYMOUS_CONSULT}))
async def test_what_is_sent_without_its_ground_is_refused_by_schema_and_service(
    jobcenter: Desk, subject: str, mode: Mode
) -> None:
    body = {**EXAMPLES[mode], "subjectReference": subject}
    del body["legalGround"]
    assert not fits(mode, body)
    answer = await jobcenter.post("/v1/referrals", body)
    assert answer.status_code == 422
    assert set(answer.json()["guards"]) & {"legal-ground-is-given", "secrecy-is-released"}


async def test_the_schemas_are_listed_without_a_token(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/v1/schemas")).json()["items"]
    assert [one["mode"] for one in listed] == [mode.value for mode in Mode]
    for one in listed:
        answer = await client.get(one["schemaPath"])
        assert (answer.status_code, answer.headers["content-type"]) == (
            200,
            "application/schema+json",
        )
