"""Disclosures through the one door: decisions, receipts, files, links; what nobody else sees."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Client
from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import LATER, TODAY, change, mutation, new_referral, step
from tests.gateway.test_referral_exchange import (
    ABH,
    CARITAS,
    JOBCENTER,
    OUTSIDER,
    accepted,
)
from tests.gateway.test_referral_exchange import sent as sent_referral
from tests.gateway.working import done, tried

SENDER, HEAD, OFFICER = "waf-case-manager", "waf-cm-head", "waf-b3-officer"
FIELDS = ["identity.familyName", "identity.givenNames", "identity.birthDate", "languages.spoken"]
DRAFT = mutation(
    "draftReferral",
    "NewReferralInput",
    "... on ReferralSuccess { referral { id version state } }",
)
SEEN = """query($id: ID!) { referral(id: $id) {
  id version state content { identity { familyName } languages { spoken } need { summary } }
  disclosures { fields recipientUnit decisionId } attachments { name sha256 contentPath }
  receipt { digest receipt { id fields payloadDigest attachments { sha256 } } }
} }"""
RECEIPT = "query($id: ID!) { disclosureReceipt(id: $id) { digest receipt { fields } } }"
PDF = b"%PDF-1.7\n" + b"inhalt " * 100


def application() -> dict[str, Any]:
    """The person's own application on residence, without anybody's decision."""
    reference = f"gql-{uuid4().hex[:10]}"
    return {
        "mode": "ZUSTEUERUNG_OUT",
        "serviceCode": "RESIDENCE_APPLICATION",
        "purpose": "OWN_APPLICATION",
        "topic": "RESIDENCE_LAW",
        "language": "tur",
        "subjectReference": reference,
        "recipientUnit": "waf-abh",
        "place": {"ags": "05570044"},
        "content": {
            "identity": {
                "familyName": "Şahin",
                "givenNames": "Yıldız",
                "birthDate": "1990-05-12",
            },
            "languages": {"spoken": ["tur"]},
        },
        "legalGround": {
            "consent": {
                "reference": f"E-{reference}",
                "givenOn": TODAY,
                "validTo": LATER,
                "purpose": "OWN_APPLICATION",
                "recipientUnit": "waf-abh",
                "categories": ["IDENTITY", "LANGUAGES"],
            }
        },
    }


def decision(referral: Any, **changes: Any) -> dict[str, Any]:
    return {
        "referralId": referral["id"],
        "recipientUnit": "waf-abh",
        "outcome": "RELEASE",
        "ground": "AUFENTHG_87_1",
        "fields": FIELDS,
        "clientInformed": True,
        "reason": "Ersuchen vom 9. März",
        **changes,
    }


UNIT = """{ orgUnit(unitId: "waf-abh") { unitId version type nameDe nameEn controllerId
  publicBody87 body35Sgb1 supervisoryDpAuthority areas services endpointStatus
  commitment78SignedOn hasSoftware } }"""


@pytest.fixture
async def committed(as_: As) -> AsyncIterator[None]:
    """The authority has committed itself under § 78 SGB X, as long as the test lasts."""

    async def sign(day: str | None) -> None:
        entry = (await as_("waf-admin").data(UNIT))["orgUnit"]
        given = entry | {"commitment78SignedOn": day}
        version = {"expectedVersion": given.pop("version")}
        fields = "OrgUnitSuccess unit { commitment78SignedOn }"
        unit = await done(as_("waf-admin"), "replaceOrgUnit", fields, **version, **given)
        assert unit == {"commitment78SignedOn": day}

    before = (await as_("waf-admin").data(UNIT))["orgUnit"]["commitment78SignedOn"]
    await sign(TODAY)
    yield
    await sign(before)


async def seen(asker: Asker, referral: Any) -> Any:
    return (await asker.data(SEEN, id=referral["id"]))["referral"]


async def test_an_authority_is_told_what_the_head_decided_and_only_after_acceptance(
    as_: As, committed: None
) -> None:
    draft = (await change(as_(SENDER), DRAFT, **application()))["referral"]
    stopped = await step(as_(SENDER), "sendReferral", "SendReferralInput", draft)
    assert [one["id"] for one in stopped["guards"]] == ["disclosure-is-decided"]
    mine = await tried(as_(SENDER), "decideDisclosure", "", **decision(draft))
    assert (mine["__typename"], mine["code"]) == ("ForbiddenError", "head-decides")
    waiting = "{ disclosureRequests(first: 100) { edges { node { id recipientUnit fields } } } }"
    edges = (await as_(HEAD).data(waiting))["disclosureRequests"]["edges"]
    (asked,) = [one["node"] for one in edges if one["node"]["id"] == draft["id"]]
    assert sorted(asked["fields"]) == sorted(FIELDS)
    officers = await tried(as_(OFFICER), "decideDisclosure", "", **decision(draft))
    assert officers["__typename"] == "ForbiddenError"
    assert (await seen(as_(SENDER), draft))["version"] == draft["version"]

    fields = "DisclosureDecisionSuccess decision { id outcome decidedBy recordedBy }"
    decided = await done(as_(HEAD), "decideDisclosure", fields, **decision(draft))
    assert decided["decidedBy"] == decided["recordedBy"]
    sent = (await step(as_(SENDER), "sendReferral", "SendReferralInput", draft))["referral"]

    before = await seen(as_(OFFICER), sent)
    parts = ("content", "disclosures", "attachments", "receipt")
    assert [before[one] for one in parts] == [None, [], [], None]
    pulled = (await step(as_(OFFICER), "pullReferral", "ReferralStepInput", sent))["referral"]
    assert (await seen(as_(OFFICER), sent))["content"] is None
    await step(as_(OFFICER), "acceptReferral", "AcceptReferralInput", pulled)
    after = await seen(as_(OFFICER), sent)
    assert after["content"]["identity"] == {"familyName": "Şahin"}
    assert after["content"]["need"] is None
    (manifest,) = after["disclosures"]
    assert manifest["decisionId"] == decided["id"]
    assert sorted(manifest["fields"]) == sorted(FIELDS)


async def test_a_refused_disclosure_is_recorded_and_stops_the_sending(
    as_: As, committed: None
) -> None:
    draft = (await change(as_(SENDER), DRAFT, **application()))["referral"]
    fields = "DisclosureDecisionSuccess decision { id outcome }"
    refusal = await done(as_(HEAD), "decideDisclosure", fields, **decision(draft, outcome="REFUSE"))
    query = """query($filter: DisclosureDecisionFilter) { disclosureDecisions(filter: $filter) {
      edges { node { id outcome } } } }"""
    asked = {"filter": {"referralId": [draft["id"]]}}
    listed = (await as_(HEAD).data(query, **asked))["disclosureDecisions"]["edges"]
    assert [one["node"] for one in listed] == [refusal]
    stopped = await step(as_(SENDER), "sendReferral", "SendReferralInput", draft)
    assert [one["id"] for one in stopped["guards"]] == ["disclosure-is-decided"]


async def test_both_sides_hold_the_same_receipt_and_it_verifies(as_: As) -> None:
    referral = await accepted(as_)
    mine, theirs = [(await seen(as_(one), referral))["receipt"] for one in (JOBCENTER, CARITAS)]
    assert mine == theirs
    compared = "ReceiptComparisonSuccess comparison { matches }"
    for digest, matches in ((mine["digest"], True), ("sha256:" + "0" * 64, False)):
        given = {"referralId": referral["id"], "digest": digest}
        answer = await done(as_(CARITAS), "verifyReferralReceipt", compared, **given)
        assert answer == {"matches": matches}
    assert (await as_(JOBCENTER).data(RECEIPT, id=referral["id"]))["disclosureReceipt"] is not None
    for stranger in (OUTSIDER, ABH):
        assert (await as_(stranger).data(RECEIPT, id=referral["id"]))["disclosureReceipt"] is None
        given = {"referralId": referral["id"], "digest": mine["digest"]}
        refused = await tried(as_(stranger), "verifyReferralReceipt", "", **given)
        assert refused["__typename"] == "NotFoundError"


async def test_the_head_of_a_unit_sees_what_its_people_sent_and_no_content(
    as_: As, committed: None
) -> None:
    draft = (await change(as_(SENDER), DRAFT, **application()))["referral"]
    fields = "DisclosureDecisionSuccess decision { id }"
    await done(as_(HEAD), "decideDisclosure", fields, **decision(draft))
    await step(as_(SENDER), "sendReferral", "SendReferralInput", draft)
    query = """query($filter: DisclosureFilter) { disclosures(filter: $filter) {
      edges { node { referralId fields } } } }"""
    asked = {"filter": {"referralId": [draft["id"]]}}
    (edge,) = (await as_(HEAD).data(query, **asked))["disclosures"]["edges"]
    assert edge["node"]["referralId"] == draft["id"]
    assert (await as_(HEAD).data(RECEIPT, id=draft["id"]))["disclosureReceipt"] is not None
    answer = await as_(HEAD).ask("query($id: ID!) { referral(id: $id) { id } }", id=draft["id"])
    assert answer["data"]["referral"] is None


async def test_what_of_a_case_was_told_to_others_is_listed_for_the_person(
    as_: As, committed: None
) -> None:
    given = application() | {"caseId": str(uuid4())}
    draft = (await change(as_(SENDER), DRAFT, **given))["referral"]
    fields = "DisclosureDecisionSuccess decision { id }"
    await done(as_(HEAD), "decideDisclosure", fields, **decision(draft))
    await step(as_(SENDER), "sendReferral", "SendReferralInput", draft)
    query = """query($filter: DataSubjectDisclosureFilter) {
      dataSubjectDisclosures(filter: $filter) { edges { node { referralId recipientUnit } } } }"""
    asked = {"filter": {"caseId": [given["caseId"]]}}
    edges = (await as_(SENDER).data(query, **asked))["dataSubjectDisclosures"]["edges"]
    assert [one["node"] for one in edges] == [
        {"referralId": draft["id"], "recipientUnit": "waf-abh"}
    ]
    elsewhere = await as_(CARITAS).data(query, **asked)
    assert elsewhere["dataSubjectDisclosures"]["edges"] == []


async def test_a_file_is_announced_here_and_its_bytes_go_to_the_path_it_names(
    as_: As, people: Client
) -> None:
    draft = (await change(as_(JOBCENTER), DRAFT, **new_referral()))["referral"]
    fields = "ReferralAttachmentSuccess attachment { id sha256 contentPath }"
    announced = {"referralId": draft["id"], "name": "Zeugnis.pdf", "category": "NEED"}
    file = await done(as_(JOBCENTER), "announceReferralAttachment", fields, **announced)
    assert file["sha256"] is None
    stopped = await step(as_(JOBCENTER), "sendReferral", "SendReferralInput", draft)
    assert stopped["__typename"] in {"ValidationError", "GuardFailedError"}
    (await people.upload(JOBCENTER, "referrals", file["contentPath"], PDF)).raise_for_refusal()
    (kept,) = (await seen(as_(JOBCENTER), draft))["attachments"]
    assert (kept["name"], len(kept["sha256"])) == ("Zeugnis.pdf", 64)
    stranger = await tried(as_(OUTSIDER), "removeReferralAttachment", "", attachmentId=file["id"])
    assert stranger["__typename"] == "NotFoundError"
    await done(as_(JOBCENTER), "removeReferralAttachment", fields, attachmentId=file["id"])
    assert (await seen(as_(JOBCENTER), draft))["attachments"] == []


async def test_files_reach_the_recipient_with_acceptance_and_stand_in_the_receipt(
    as_: As, people: Client
) -> None:
    draft = (await change(as_(JOBCENTER), DRAFT, **new_referral()))["referral"]
    fields = "ReferralAttachmentSuccess attachment { id contentPath }"
    announced = {"referralId": draft["id"], "name": "Zeugnis.pdf", "category": "NEED"}
    file = await done(as_(JOBCENTER), "announceReferralAttachment", fields, **announced)
    (await people.upload(JOBCENTER, "referrals", file["contentPath"], PDF)).raise_for_refusal()
    sent = (await step(as_(JOBCENTER), "sendReferral", "SendReferralInput", draft))["referral"]
    assert (await seen(as_(CARITAS), sent))["attachments"] == []
    pulled = (await step(as_(CARITAS), "pullReferral", "ReferralStepInput", sent))["referral"]
    await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", pulled)
    found = await seen(as_(CARITAS), sent)
    (mine,) = found["attachments"]
    assert found["receipt"]["receipt"]["attachments"] == [{"sha256": mine["sha256"]}]


async def test_a_link_tells_its_address_once_and_never_opens_for_an_authority(
    as_: As, committed: None
) -> None:
    referral = await sent_referral(as_)
    key = uuid4().hex
    given = {"referralId": referral["id"], "validDays": 2, "idempotencyKey": key}
    fields = "... on AccessLinkSuccess { url isReplayed link { id expiresAt revokedAt } }"
    first = await tried(as_(JOBCENTER), "createAccessLink", fields, **given)
    again = await tried(as_(JOBCENTER), "createAccessLink", fields, **given)
    assert "/l/" in first["url"]
    assert (again["url"], again["isReplayed"], again["link"]) == (None, True, first["link"])
    listed = """query($filter: AccessLinkFilter) { accessLinks(filter: $filter) {
      edges { node { id revokedAt } } } }"""
    asked = {"filter": {"referralId": [referral["id"]]}}
    assert len((await as_(JOBCENTER).data(listed, **asked))["accessLinks"]["edges"]) == 1
    assert (await as_(OUTSIDER).data(listed, **asked))["accessLinks"]["edges"] == []
    link = {"referralId": referral["id"], "linkId": first["link"]["id"]}
    foreign = await tried(as_(OUTSIDER), "revokeAccessLink", "", **link)
    assert foreign["__typename"] == "NotFoundError"
    revoked = await tried(as_(JOBCENTER), "revokeAccessLink", fields, **link)
    assert revoked["link"]["revokedAt"] is not None

    draft = (await change(as_(SENDER), DRAFT, **application()))["referral"]
    await done(
        as_(HEAD),
        "decideDisclosure",
        "DisclosureDecisionSuccess decision { id }",
        **decision(draft),
    )
    await step(as_(SENDER), "sendReferral", "SendReferralInput", draft)
    refused = await tried(as_(SENDER), "createAccessLink", "", referralId=draft["id"])
    assert (refused["__typename"], refused["code"]) == ("ValidationError", "not-for-authorities")
