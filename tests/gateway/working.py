"""A case manager at work through the one door: mutations by name, cases to work with."""

from base64 import b64encode
from typing import Any

from tests.gateway.conftest import Asker
from tests.gateway.test_main_job import TODAY, change, mutation

ANNA, BERND, LEAD = "waf-case-manager", "waf-case-manager-2", "waf-coordinator"
ELSEWHERE = "rheine-caritas-case-manager"


async def tried(asker: Asker, name: str, fields: str, /, **given: Any) -> Any:
    """`setTask` with what it answers: input and success are named after the mutation's row."""
    kind = f"{name[0].upper()}{name[1:]}Input"
    return await change(asker, mutation(name, kind, fields), **given)


async def done(asker: Asker, name: str, fields: str, /, **given: Any) -> Any:
    """The one record of the success, which `fields` selects: `TaskSuccess task { id }`."""
    success, _, inner = fields.partition(" ")
    answer = await tried(asker, name, f"... on {success} {{ {inner} }}", **given)
    assert answer["__typename"] == success, answer
    return answer[inner.split(" ")[0]]


async def bound(asker: Asker) -> None:
    """On record as bound to secrecy; without that nobody may hold a case."""
    fields = "StaffMemberSuccess staffMember { actor }"
    await done(asker, "keepStaffMember", fields, boundToSecrecyOn="2021-02-01")


async def opened(asker: Asker, **more: Any) -> Any:
    """A case in INTAKE in the hands of the asker."""
    fields = "CaseSuccess case { id version reference state personId }"
    opening = {
        "origin": "SELF_CONTACT",
        "isAreaResolved": True,
        "members": [{"role": "CLIENT", "person": {"familyName": "Haddad", "givenNames": "Rima"}}],
        **more,
    }
    case = await done(asker, "openCase", fields, **opening)
    if "until" in more:
        return case
    step = {"caseId": case["id"], "action": "ASSIGN", "expectedVersion": case["version"]}
    return await done(asker, "performCaseAction", fields, **step)


async def in_assessment(asker: Asker, **more: Any) -> Any:
    """A case opened in one call with notice and consent."""
    consent = {
        "consentType": "EINWILLIGUNG",
        "giver": "SELF",
        "purpose": "CASE_MANAGEMENT",
        "dataCategories": ["IDENTITY", "CONTACT", "ASSESSMENT", "PLAN"],
        "discloserUnit": "waf-cm",
        "recipientUnit": "waf-cm",
        "direction": "BOTH",
        "form": "SCHRIFTLICH",
        "language": "ukr",
        "informationTextVersion": "2022-03",
        "isRefusalExplained": True,
        "isRevocabilityExplained": True,
        "givenOn": TODAY,
        "validFrom": TODAY,
        "evidence": {
            "fileName": "Einwilligung.pdf",
            "contentType": "application/pdf",
            "contentBase64": b64encode(b"%PDF-1.7\nunterschrieben\n").decode(),
        },
    }
    checklist = {
        "problemAreas": 3,
        "hasSeveralProviders": True,
        "doStandardPathsFail": True,
        "lacksOwnResources": True,
        "doesClientAgree": True,
        "judgement": "Drei Problembereiche.",
    }
    return await opened(
        asker,
        until="ASSESSMENT",
        indicationChecklist=checklist,
        informationNotice={"textVersion": "2022-03", "language": "ukr", "givenOn": TODAY},
        consent=consent,
        **more,
    )


async def version_of(asker: Asker, case_id: str) -> int:
    found = await asker.data("query($id: ID!) { case(id: $id) { version } }", id=case_id)
    version: int = found["case"]["version"]
    return version


async def proof_begun(officer: Asker, members: str) -> Any:
    """The proof of the first award in live books, which several tests read; begun by the first."""
    query = "{ awards(first: 1, filter: {book: LIVE}) { edges { node { id } } } }"
    award_id = (await officer.data(query))["awards"]["edges"][0]["node"]["id"]
    query = (
        f"query($id: ID!) {{ proofs(filter: {{awardId: $id}}) {{ edges {{ node {members} }} }} }}"
    )
    known = (await officer.data(query, id=award_id))["proofs"]["edges"]
    if known:
        return known[0]["node"]
    about = {"awardId": award_id, "dueOn": "2023-04-03", "regime": "QUALIFIED"}
    return await done(officer, "beginProof", f"ProofSuccess proof {members}", **about)
