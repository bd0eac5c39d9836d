"""The audit suite of graphql-http asks a gateway process whether it keeps GraphQL over HTTP."""

from deploy.local.demo.client import Client
from tests.outside.node import answer_of

AUDITS = 61


async def test_e19_every_audit_of_graphql_over_http_is_passed(people: Client) -> None:
    audits = answer_of(
        "audit.mjs",
        KIM_URL=f"{people.settings.gateway_url}/graphql",
        KIM_TOKEN=await people.token("waf-case-manager"),
    )
    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len({audit["id"] for audit in audits}) == AUDITS
