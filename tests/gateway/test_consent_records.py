"""A consent as a standard record through the one door."""

from tests.gateway.conftest import As
from tests.gateway.working import ANNA, ELSEWHERE, bound, in_assessment

RECORD = """query($id: ID!) { case(id: $id) { consents { id informationTextVersion standardRecord {
  schemaVersion recordId piiPrincipalId
  processing { privacyNotice purpose piiCategories { category dpv } }
  parties { party role } events { state at } } } } }"""


async def test_a_consent_is_read_as_a_standard_record_through_the_one_door(as_: As) -> None:
    anna = as_(ANNA)
    await bound(anna)
    case = await in_assessment(anna)
    [consent] = (await anna.data(RECORD, id=case["id"]))["case"]["consents"]
    record = consent["standardRecord"]
    assert (record["schemaVersion"], record["recordId"], record["piiPrincipalId"]) == (
        "ISO/IEC TS 27560:2023",
        consent["id"],
        case["personId"],
    )
    assert record["processing"]["privacyNotice"] == consent["informationTextVersion"]
    assert [one["category"] for one in record["processing"]["piiCategories"]] == [
        "ASSESSMENT",
        "CONTACT",
        "IDENTITY",
        "PLAN",
    ]
    assert {one["party"] for one in record["parties"]} == {"waf-cm"}
    assert record["events"][1]["state"] == "https://w3id.org/dpv#ConsentGiven"
    assert (await as_(ELSEWHERE).data(RECORD, id=case["id"]))["case"] is None
