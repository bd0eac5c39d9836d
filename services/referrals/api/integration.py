"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.referrals.api.access import may_read_audit
from services.referrals.storage.base import AuditEntry
from shared.service.integration import Integration

INTEGRATION: Final = Integration(audit=AuditEntry, audit_reader=may_read_audit)
