"""What one persona sees of the records of one kind, on each path that leads to them."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from graphql import GraphQLField

from deploy.local.demo.client import Client
from deploy.local.settings import PROJECT_DIR, SERVICES
from gateway.schema import schema
from gateway.schema.published import REQUEST
from tests.waiting import until

OK: Final = 200
FIRST: Final = 100
PATH: Final = re.compile(r"GET (cases|funding|referrals) (/v1/[a-z/-]+?)(/\{\w+\})?")


@dataclass(frozen=True, slots=True)
class Kind:
    """A noun with a list and a read by id, and what GraphQL calls them, if it has them."""

    part: str
    path: str
    list_field: str | None
    record_field: str | None
    key: str
    """The member by which a record is read."""

    @property
    def name(self) -> str:
        return f"{self.part}{self.path}"


def kinds() -> Iterator[Kind]:
    """Every noun of the published contracts that is listed and read by its id."""
    lists, records = _fields()
    for part in SERVICES:
        file = PROJECT_DIR / "services" / part / "contracts/openapi.json"
        paths = json.loads(file.read_text())["paths"]
        for path, methods in paths.items():
            found = re.search(rf"(?m)^{path}/\{{(\w+)_id\}}$", "\n".join(paths))
            if "get" in methods and found is not None and f"{path}/search" in paths:
                place, key = (part, path), "unitId" if found[1] == "unit" else "id"
                yield Kind(part, path, lists.get(place), records.get(place), key)


def _fields() -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """The fields of Query by the service and path they read: lists, and records by `id`."""
    query = schema._schema.query_type
    assert query is not None
    found: tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]] = ({}, {})
    for name, field in query.fields.items():
        request = PATH.fullmatch(_request(field))
        if request is not None and ("first" in field.args) != bool(request[3]):
            found[bool(request[3])].setdefault((request[1], request[2]), name)
    return found


def _request(field: GraphQLField) -> str:
    metadata = getattr(field.extensions.get("strawberry-definition"), "metadata", {})
    return str(metadata.get(REQUEST, ""))


@dataclass(frozen=True, slots=True)
class Eyes:
    """One persona before all doors."""

    people: Client
    persona: str

    async def listed(self, kind: Kind) -> list[str] | None:
        """None where the persona is refused the list as a whole."""
        if (await self.people.get(self.persona, kind.part, kind.path)).status != OK:
            return None
        found = await self.people.items(self.persona, kind.part, kind.path, first=str(FIRST))
        return [one[kind.key] for one in found]

    async def read(self, kind: Kind, one: str) -> bool:
        return (await self.people.get(self.persona, kind.part, f"{kind.path}/{one}")).status == OK

    async def searched(self, kind: Kind) -> list[str] | None:
        """By POST, without a condition."""
        found: list[str] = []
        after: dict[str, Any] = {}
        while True:
            body = {"first": FIRST} | after
            path, key = f"{kind.path}/search", uuid4().hex
            answer = await self.people.post(self.persona, kind.part, path, body, key=key)
            if answer.status != OK:
                return None
            found += [one[kind.key] for one in answer.document["items"]]
            if not answer.document["nextCursor"]:
                return found
            after = {"after": answer.document["nextCursor"]}

    async def connected(self, kind: Kind) -> list[str] | None:
        """The list in GraphQL."""
        found: list[str] = []
        after = ""
        while True:
            inside = f"edges {{ node {{ {kind.key} }} }} pageInfo {{ hasNextPage endCursor }}"
            asked = f"{{ f: {kind.list_field}(first: {FIRST}{after}) {{ {inside} }} }}"
            page = (await self._ask(asked))["f"]
            if page is None:
                return None
            found += [edge["node"][kind.key] for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = f", after: {json.dumps(page['pageInfo']['endCursor'])}"

    async def looked_up(self, kind: Kind, ids: Iterable[str]) -> set[str]:
        """What the field of one record finds in GraphQL."""
        found = set()
        for one in ids:
            asked = f'{kind.record_field}({kind.key}: "{one}") {{ {kind.key} }}'
            data = (await self._ask(f"{{ f: {asked} }}"))["f"]
            found |= {data[kind.key]} if data else set()
        return found

    async def nodes(self, ids: list[str]) -> set[str]:
        """What `nodes` finds, at most twenty at once."""
        found = set()
        for start in range(0, len(ids), 20):
            asked = json.dumps(ids[start : start + 20])
            data = await self._ask(f"{{ nodes(ids: {asked}) {{ id }} }}")
            found |= {one["id"] for one in data["nodes"] if one}
        return found

    async def exported(self, kind: Kind) -> list[str] | None:
        """As a file of lines; None where there is none of this list, or not for the persona."""
        body = {"kind": kind.path.removeprefix("/v1/"), "format": "NDJSON"}
        answer = await self.people.post(self.persona, kind.part, "/v1/jobs", body, key=uuid4().hex)
        if answer.is_refused:
            assert answer.problem in {"not-permitted", "fields-refused"}, answer.body
            return None
        path = f"/v1/jobs/{answer.document['id']}"

        async def is_done() -> bool:
            found = (await self.people.get(self.persona, kind.part, path)).accepted
            return bool(found["state"] == "DONE")

        await until(is_done)
        file = await self.people.get(self.persona, kind.part, f"{path}/result")
        assert not file.is_refused, file.body
        return [json.loads(line)[kind.key] for line in file.body.splitlines()]

    async def _ask(self, query: str) -> Any:
        answer = await self.people.post(
            self.persona, "gateway", "/graphql", {"query": query}, key=uuid4().hex
        )
        assert answer.status == OK, answer.body
        assert answer.document.get("data") is not None, (query, answer.document)
        return answer.document["data"]
