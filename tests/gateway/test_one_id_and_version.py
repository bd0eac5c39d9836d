"""One id and one version: what is read at one interface holds at the other."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest
from graphql import get_named_type

from deploy.local.demo.client import Client
from gateway.schema import schema
from gateway.schema.published import REQUEST
from shared.kernel.text import camel
from tests.gateway.conftest import As
from tests.gateway.test_main_job import LATER, TODAY, change, mutation
from tests.gateway.test_offers import COURSE, OFFER
from tests.gateway.test_people import invented, record
from tests.gateway.test_referral_exchange import CARITAS, JOBCENTER, accepted, pulled
from tests.gateway.test_rules import OFFICER, drafted
from tests.gateway.working import ANNA, bound, done, opened

Maker = Callable[[As], Awaitable[Any]]


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A record in both interfaces, and one change of it that both take with the same members."""

    name: str
    rest: str
    persona: str
    make: Maker
    mutation: str
    change: str
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def service(self) -> str:
        return self.rest.split(" ")[0]

    def path(self, record_id: str) -> str:
        return f"{self.rest.split(' ')[1]}/{record_id}"

    @property
    def member(self) -> str:
        """How the input names the record: `taskId`."""
        line = request_of(schema._schema.mutation_type, self.mutation)
        return camel(str(re.findall(r"{(\w+)}", line)[0]))


def request_of(kind: Any, name: str) -> str:
    line: str = kind.fields[name].extensions["strawberry-definition"].metadata[REQUEST]
    return line


async def a_case(as_: As) -> Any:
    await bound(as_(ANNA))
    return await opened(as_(ANNA))


async def a_task(as_: As) -> Any:
    case = await a_case(as_)
    given = {"caseId": case["id"], "title": "Antrag", "dueOn": TODAY}
    return await done(as_(ANNA), "setTask", "TaskSuccess task { id }", **given)


async def an_offer(as_: As) -> Any:
    return await done(as_(ANNA), "recordOffer", OFFER, **COURSE, title=invented("Treff"))


async def a_deadline(as_: As) -> Any:
    """Of an award of its own: there is one of a kind on each record."""
    award = await drafted(as_, 2020)
    about = {"subjectKind": "AWARD", "subjectId": award["id"], "kind": "REVOCATION_YEAR"}
    fields = "DeadlineSuccess deadline { id }"
    return await done(as_(OFFICER), "recordDeadline", fields, statedOn="2099-06-02", **about)


async def a_post(as_: As) -> Any:
    query = "{ positions(first: 1) { edges { node { id } } } }"
    return (await as_(OFFICER).data(query))["positions"]["edges"][0]["node"]


async def a_notice(as_: As) -> Any:
    given = {"referralId": (await accepted(as_))["id"], "kind": "DATA_CORRECTED"}
    fields = "ReferralNoticeSuccess notice { id }"
    return await done(as_(JOBCENTER), "raiseReferralNotice", fields, **given)


async def a_deputyship(as_: As) -> Any:
    people = {"principal": f"dev|{uuid4().hex}", "deputy": "dev|stands-in"}
    fields = "ReferralDeputyshipSuccess deputyship { id }"
    term = {"fromOn": TODAY, "toOn": LATER}
    return await done(as_(CARITAS), "appointReferralDeputy", fields, **people, **term)


async def a_signposting(as_: As) -> Any:
    given = {"serviceCode": "DEBT_COUNSELLING", "topic": "DEBT", "municipalityAgs": "05566076"}
    fields = "SignpostingSuccess signposting { id }"
    return await done(as_(CARITAS), "signpostPerson", fields, **given, targetName="Beratung")


NOUNS = (
    Noun(
        name="case", rest="cases /v1/cases", persona=ANNA, make=a_case,
        mutation="answerStructuralQuestion", change="PUT /structural-finding-answer",
        given={"finding": "NONE"},
    ),
    Noun(
        name="person", rest="cases /v1/persons", persona=ANNA, make=lambda as_: record(as_(ANNA)),
        mutation="changePerson", change="PUT ",
        given={"familyName": "Haddad-Beispiel", "givenNames": "Rima"},
    ),
    Noun(
        name="task", rest="cases /v1/tasks", persona=ANNA, make=a_task, mutation="changeTask",
        change="PUT ", given={"title": "Antrag abgeben", "dueOn": LATER},
    ),
    Noun(
        name="offer", rest="cases /v1/offers", persona=ANNA, make=an_offer, mutation="changeOffer",
        change="PUT ", given=COURSE | {"title": "Sprachtreff am Abend"},
    ),
    Noun(
        name="award", rest="funding /v1/awards", persona=OFFICER,
        make=lambda as_: drafted(as_, 2021), mutation="changeAward", change="PATCH ",
        given={"reference": "ONE-ID-2021"},
    ),
    Noun(
        name="position", rest="funding /v1/positions", persona=OFFICER, make=a_post,
        mutation="setPositionProducts", change="PUT /products",
        given={"fiscalYear": 2098, "products": ["050201"]},
    ),
    Noun(
        name="deadline", rest="funding /v1/deadlines", persona=OFFICER, make=a_deadline,
        mutation="completeDeadline", change="POST /actions/complete",
    ),
    Noun(
        name="referral", rest="referrals /v1/referrals", persona=CARITAS, make=pulled,
        mutation="holdReferral", change="POST /actions/hold", given={"reason": "PERSON_ABSENT"},
    ),
    Noun(
        name="referralNotice", rest="referrals /v1/notices", persona=CARITAS, make=a_notice,
        mutation="acknowledgeReferralNotice", change="POST /actions/acknowledge",
        given={"answer": "NOTED"},
    ),
    Noun(
        name="referralDeputyship", rest="referrals /v1/deputyships", persona=CARITAS,
        make=a_deputyship, mutation="endReferralDeputyship", change="POST /actions/end",
        given={"lastDay": TODAY},
    ),
    Noun(
        name="signposting", rest="referrals /v1/signpostings", persona=CARITAS,
        make=a_signposting, mutation="informSignpostedPerson", change="POST /actions/inform",
        given={"informedOn": TODAY, "language": "tur"},
    ),
)  # fmt: skip


async def changed_by_rest(
    people: Client, noun: Noun, record_id: str, version: int
) -> httpx.Response:
    """The change at the REST interface, tried only: what it would answer."""
    method, _, ending = noun.change.partition(" ")
    port = people.settings.service_port(noun.service)
    headers = {
        "Authorization": f"Bearer {await people.token(noun.persona)}",
        "If-Match": f'"{version}"',
        "Idempotency-Key": uuid4().hex,
    }
    url = f"http://127.0.0.1:{port}{noun.path(record_id)}{ending}?dryRun=true"
    async with httpx.AsyncClient(timeout=30) as client:
        return await client.request(method, url, json=noun.given or None, headers=headers)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
async def test_one_id_and_one_version_hold_in_rest_and_graphql(
    as_: As, people: Client, noun: Noun
) -> None:
    made = await noun.make(as_)
    asker = as_(noun.persona)
    query = f"query($id: ID!) {{ {noun.name}(id: $id) {{ id version }} }}"
    in_graphql = (await asker.data(query, id=made["id"]))[noun.name]
    read = await people.get(noun.persona, noun.service, noun.path(made["id"]))
    in_rest = read.accepted
    assert in_graphql == {"id": in_rest["id"], "version": in_rest["version"]}
    assert read.version == f'"{in_graphql["version"]}"'

    # Tried first, so that the same version serves both.
    kind = f"{noun.mutation[0].upper()}{noun.mutation[1:]}Input"
    ask = mutation(noun.mutation, kind, "")
    asker.headers["KIM-Dry-Run"] = "true"
    for_graphql = {noun.member: in_rest["id"], **noun.given}
    taken = await change(asker, ask, **for_graphql, expectedVersion=in_rest["version"])
    assert taken["__typename"].endswith("Success"), taken
    stale = await change(asker, ask, **for_graphql, expectedVersion=in_rest["version"] + 7)
    assert (stale["__typename"], stale["currentVersion"]) == (
        "StaleVersionError",
        in_rest["version"],
    )

    answer = await changed_by_rest(people, noun, in_graphql["id"], in_graphql["version"])
    assert answer.status_code == 200, answer.text
    late = await changed_by_rest(people, noun, in_graphql["id"], in_graphql["version"] + 7)
    assert (late.status_code, late.json()["currentVersion"]) == (412, in_graphql["version"])


@pytest.mark.parametrize("name", ["family", "caseType", "rate", "programme"])
async def test_what_stands_in_a_list_of_rest_is_found_by_its_id_with_its_version(
    as_: As, people: Client, name: str
) -> None:
    line = request_of(schema._schema.query_type, name)
    _, service, path = line.split(" ")
    persona = ANNA if service == "cases" else OFFICER
    listed = await people.get(persona, service, path.removesuffix("/{id}"), first="1")
    (one,) = listed.accepted["items"]
    query = f"query($id: ID!) {{ {name}(id: $id) {{ id version }} }}"
    found = (await as_(persona).data(query, id=one["id"]))[name]
    assert found == {"id": one["id"], "version": one["version"]}
    read = await people.get(persona, service, path.format(id=found["id"]))
    assert read.version == f'"{found["version"]}"'


def test_every_record_that_graphql_gives_by_its_id_is_one_of_rest() -> None:
    """The id stands in the path of REST; the version is the member that REST makes its ETag of."""
    kind: Any = schema._schema.query_type
    for name, one in kind.fields.items():
        line = one.extensions["strawberry-definition"].metadata.get(REQUEST, "")
        if line.endswith("/{id}"):
            members = get_named_type(one.type).fields
            for member in {"id", "version"} & members.keys():
                definition = members[member].extensions["strawberry-definition"]
                assert definition.is_basic_field, f"{name}.{member}"
