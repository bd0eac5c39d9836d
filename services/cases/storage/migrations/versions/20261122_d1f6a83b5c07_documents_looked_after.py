"""documents looked after

The worker finds documents of every unit that wait for the scanner: by one function, which gives
ids and keys of the store and nothing that a document says.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import allow

revision = "d1f6a83b5c07"
down_revision = "5f988b9def8b"
branch_labels = None
depends_on = None

STATISTICS = "kim_cases_statistics"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"
SIGNATURE = "documents_pending(uuid, int)"
DOCUMENTS_PENDING = """
create function documents_pending(after uuid, rows_max int)
returns table (tenant_id text, unit_id text, case_id uuid, id uuid, object_key text)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.tenant_id, d.unit_id, d.case_id, d.id, d.object_key from document d
   where d.scan_state = 'PENDING' and d.id > after
   order by d.id limit rows_max
$$"""


def upgrade() -> None:
    op.create_index(
        "ix_document_pending",
        "document",
        ["tenant_id", "id"],
        postgresql_where=sa.text("scan_state = 'PENDING'"),
    )
    allow(
        "document",
        role=STATISTICS,
        privileges="select (id, tenant_id, unit_id, case_id, object_key, scan_state)",
        using=IS_SYSTEM,
    )
    op.execute(DOCUMENTS_PENDING)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to kim_cases_app")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    op.execute(f"drop policy {STATISTICS}_rows on document")
    op.execute(f"revoke all on document from {STATISTICS}")
    op.drop_index("ix_document_pending", table_name="document")
