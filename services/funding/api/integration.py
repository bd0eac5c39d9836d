"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.funding.api.doors import may_read_audit
from services.funding.storage.tables import AuditEntry
from shared.service.integration import Integration

INTEGRATION: Final = Integration(audit=AuditEntry, audit_reader=may_read_audit)
