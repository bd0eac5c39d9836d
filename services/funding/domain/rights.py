"""The roles and rights of this service; which role has which right stands in `access`."""

from enum import StrEnum


class Role(StrEnum):
    CASE_MANAGER = "case_manager"
    TEAM_LEAD = "team_lead"
    COORDINATOR = "coordinator"
    FUNDING_OFFICER = "funding_officer"
    FUNDING_APPROVER = "funding_approver"
    UNIT_HEAD = "unit_head"
    B3_OFFICER = "b3_officer"
    PARTNER = "partner"
    INTEGRATOR = "integrator"
    DPO = "dpo"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Right(StrEnum):
    READ_FUNDING = "read-funding"
    RECORD_FUNDING = "record-funding"
    DELIVER_FUNDING = "deliver-funding"
    """Put records under the numbers of finance software; a second person releases them."""
    RELEASE_FUNDING = "release-funding"
    READ_AUDIT = "read-audit"
    CONFIRM_PAYMENTS = "confirm-payments"
    EXPORT_FINANCE = "export-finance"
    SIGN_PROOF = "sign-proof"
    FOLLOW = "follow"
    MANAGE_WEBHOOKS = "manage-webhooks"
    READ_REQUEST_LOG = "read-request-log"
    EXPORT = "export"
