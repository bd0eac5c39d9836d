"""Proofs of use over GraphQL: begun, generated, drilled into, refused by name."""

from tests.gateway.conftest import As
from tests.gateway.working import done, proof_begun, tried

OFFICER, APPROVER = "waf-funding-officer", "waf-funding-approver"
PROOF = (
    "ProofSuccess proof { id version state regime allowedActions"
    " versions { number pdfPath csvPath jsonPath ledgerHash } }"
)
FIGURE = """query($id: ID!, $key: String!) {
  proofFigure(proofId: $id, number: 1, key: $key) { key amount items { amount code event } }
  proof(id: $id) { id } }"""
VOUCHERS = """query($id: ID!) { proofVouchers(proofId: $id, number: 1) {
  amount eligibleAmount costsByKind { costKind amount eligibleAmount }
  items { number voucherDate awardLineId costKind amount eligibleAmount } } }"""


async def test_a_proof_is_made_from_the_books_and_each_figure_leads_to_postings(as_: As) -> None:
    officer = as_(OFFICER)
    begun = await proof_begun(officer, PROOF.removeprefix("ProofSuccess proof "))
    step = {"proofId": begun["id"], "expectedVersion": begun["version"]}
    narrative = [{"heading": "Bericht", "text": "Die Beratung lief das ganze Jahr."}]
    made = await done(officer, "generateProof", PROOF, narrative=narrative, **step)
    stale = await tried(officer, "generateProof", "", narrative=narrative, **step)
    now = step | {"expectedVersion": made["version"]}
    signed = await tried(officer, "signProof", "", **now)
    own = await tried(officer, "submitProof", "", **now)
    early = await tried(officer, "performProofAction", "", action="REVIEW", **now)

    [version] = made["versions"]
    assert version["pdfPath"] == f"/v1/proofs/{begun['id']}/versions/1.pdf"
    assert stale["__typename"] == "StaleVersionError"
    assert (signed["__typename"], own["__typename"]) == ("ForbiddenError", "ForbiddenError")
    assert early["__typename"] == "ConflictError", early
    asked = {"id": begun["id"], "key": "granted"}
    figure = (await officer.data(FIGURE, **asked))["proofFigure"]
    assert figure["items"]
    assert sum(int(one["amount"].replace(".", "")) for one in figure["items"]) == int(
        figure["amount"].replace(".", "")
    )
    hidden = await as_("st-funding-officer").data(FIGURE, **asked)
    assert hidden == {"proofFigure": None, "proof": None}
    listed = (await officer.data(VOUCHERS, id=begun["id"]))["proofVouchers"]
    for name in ("amount", "eligibleAmount"):
        cents = int(listed[name].replace(".", ""))
        for part in ("items", "costsByKind"):
            assert sum(int(one[name].replace(".", "")) for one in listed[part]) == cents
    hidden = await as_("st-funding-officer").data(VOUCHERS, id=begun["id"])
    assert hidden == {"proofVouchers": None}
