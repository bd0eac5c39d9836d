"""What the crawler does not expect to be hidden, or does not reach: each with its reason."""

from typing import Final

Reasons = dict[str, str]
# Answered otherwise, for another's number as for nobody's.
PUT_UNDER_OWN_NUMBER: Final = "whoever delivers makes a record of their own under the number"
SEEN_BY_ALL: Final[dict[str, Reasons]] = {
    "cases": {
        f"PUT /v1/{noun}/by-external/{{system}}/{{value}}": PUT_UNDER_OWN_NUMBER
        for noun in ("cases", "persons")
    },
    "funding": {
        f"PUT /v1/{noun}/by-external/{{system}}/{{value}}": PUT_UNDER_OWN_NUMBER
        for noun in ("allocations", "awards", "positions")
    },
    "referrals": {
        "PUT /v1/referrals/by-external/{system}/{value}": PUT_UNDER_OWN_NUMBER,
    },
}
# Lists of whatever is said of an id: empty for an id that nobody has, and for another's.
EMPTY_FOR_ALL: Final[dict[str, frozenset[str]]] = {
    "cases": frozenset({"/v1/persons/{person_id}/restriction-releases"}),
    "funding": frozenset({"/v1/expenditures/by-subject/{subject_ref}"}),
    "referrals": frozenset({"/v1/referrals/{referral_id}/disclosures"}),
}
# What is refused before the record is looked for, whosever it is (decision record 0008): a body
# that the contract alone does not make right. For another's id and for nobody's it is the same.
RULE_OF_THE_BODY: Final = "a rule between members of the body, 422 before the record"
COMPUTED: Final = "an id made of tenant and unit, which no row holds"
CODE: Final = "a code list of the service, which the strangers' rows do not keep to"
NOT_SET_UP: Final = "the deployment has no key for it: 409 before anything is read"
WEBHOOK: Final = "an address and types that the service takes, 422 before the record"
BEFORE_THE_RECORD: Final[dict[str, Reasons]] = {
    "cases": {
        "POST /v1/cases/{case_id}/conferences": RULE_OF_THE_BODY,
        "POST /v1/cases/{case_id}/contacts": RULE_OF_THE_BODY,
        "POST /v1/families/{family_id}/actions/join": RULE_OF_THE_BODY,
        "PUT /v1/case-types/{case_type_id}": RULE_OF_THE_BODY,
        "PUT /v1/persons/{person_id}/legal-representatives": RULE_OF_THE_BODY,
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/replay": WEBHOOK,
        "PUT /v1/webhook-endpoints/{endpoint_id}": WEBHOOK,
    },
    "funding": {
        "PUT /v1/allocations/{allocation_id}/instalments": RULE_OF_THE_BODY,
        "PUT /v1/positions/{position_id}/products": RULE_OF_THE_BODY,
        "POST /v1/proofs/{proof_id}/actions/sign": RULE_OF_THE_BODY,
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/replay": WEBHOOK,
        "PUT /v1/webhook-endpoints/{endpoint_id}": WEBHOOK,
    },
    "referrals": {
        "GET /hsds/organizations/{organization_id}": COMPUTED,
        "GET /hsds/services/{service_id}": COMPUTED,
        "GET /v1/org-units/{unit_id}/services/{service_code}": CODE,
        "PUT /v1/org-units/{unit_id}/services/{service_code}": CODE,
        "POST /v1/org-units/{unit_id}/keys": "a public key that can be read, 422 before the unit",
        "POST /v1/org-units/{unit_id}/keys/{kid}/actions/revoke": CODE,
        "GET /v1/referrals/{referral_id}/event-tokens": NOT_SET_UP,
        "POST /v1/referrals/{referral_id}/access-links": NOT_SET_UP,
        "POST /v1/referrals/{referral_id}/messages/actions/read": RULE_OF_THE_BODY,
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/replay": WEBHOOK,
        "PUT /v1/webhook-endpoints/{endpoint_id}": WEBHOOK,
    },
}
