"""proposals and notices

Counter-proposals, ownership in warm handovers, anonymous consultations, and notices to recipients
of data they hold already.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE

revision = "a3d47f5e9c12"
down_revision = "b2c10e7f4a95"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
ME = "(select current_setting('app.unit', true))"
ROLES = "(select current_setting('app.roles', true))"
WORKS_WITH_PEOPLE = "({})".format(
    " or ".join(
        f"strpos({ROLES}, ',{role},') > 0"
        for role in ("case_manager", "team_lead", "partner", "b3_officer", "system")
    )
)
MODES = "'ZUSTEUERUNG_IN', 'ZUSTEUERUNG_OUT', 'WARM_HANDOVER', 'CHILD_PROTECTION'"
REASONS = "'CORRECTION', 'ADDITION', 'CIRCUMSTANCES_CHANGED', 'NEW_GROUND'"
# What names nobody is seen by who has collected it; the rest only after acceptance.
IT_NAMES_NOBODY = (
    f"{TENANT_IS_MINE} and {WORKS_WITH_PEOPLE} and exists (select from referral r"
    " join disclosure d on d.tenant_id = r.tenant_id and d.referral_id = r.id"
    " and d.recipient_unit = r.recipient_unit"
    " where r.tenant_id = referral_content.tenant_id and r.id = referral_content.id"
    " and d.content_version = referral_content.version"
    f" and r.recipient_unit = {ME} and r.mode = 'ANONYMOUS_CONSULT'"
    " and r.state in ('DELIVERED', 'IN_REVIEW'))"
)
ITS_PRESENT_SIDES = (
    f"{TENANT_IS_MINE} and exists (select from referral r"
    " where r.tenant_id = counter_proposal.tenant_id and r.id = counter_proposal.referral_id"
    f" and (r.sender_unit = {ME} or r.recipient_unit = {ME} and r.submitted_at is not null))"
)
BOTH_SIDES = f"{TENANT_IS_MINE} and {ME} in (sender_unit, recipient_unit)"
IT_WAS_SENT_SO = (
    f"{TENANT_IS_MINE} and sender_unit = {ME} and exists (select from referral r"
    " where r.tenant_id = notice.tenant_id and r.id = notice.referral_id"
    " and r.sender_unit = notice.sender_unit and r.recipient_unit = notice.recipient_unit)"
)
NOTICES = """
  union all
  (select 'NOTICE', n.id, n.tenant_id, n.recipient_unit from notice n
    where n.acknowledged_at is null and n.escalated_at is null and n.answer_by <= at
    limit rows_max)"""
DUE_WORK = """
create function due_work(
  at timestamptz, rejected_before timestamptz, informed_before date, rows_max int
) returns table (kind text, id uuid, tenant_id text, unit_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  (select 'EXPIRE', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state = 'SUBMITTED' and r.expires_at <= at limit rows_max)
  union all
  (select 'REMIND', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state in ('SUBMITTED', 'FORWARDED') and r.reminded_at is null and r.remind_at <= at
      and (r.expires_at > at or r.state = 'FORWARDED') limit rows_max)
  union all
  (select 'REMIND_ANSWER', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state in ('DELIVERED', 'IN_REVIEW') and r.answer_reminded_at is null
      and r.answer_remind_at <= at and r.held_since is null limit rows_max)
  union all
  (select 'ESCALATE', r.id, r.tenant_id, r.recipient_unit from referral r
    where r.state in ('DELIVERED', 'IN_REVIEW', 'FORWARDED') and r.escalated_at is null
      and r.escalate_at <= at and r.held_since is null limit rows_max)
  union all
  (select 'PURGE', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state = 'REJECTED' and r.answered_at <= rejected_before
      and exists (select from referral_content c where c.id = r.id) limit rows_max)
  union all
  (select 'WITHDRAW', r.id, r.tenant_id, r.sender_unit from referral r
    where r.consent_revoked_at is not null and r.state in ('DELIVERED', 'IN_REVIEW')
    limit rows_max)%s
  union all
  (select 'CLOSE', s.id, s.tenant_id, s.unit_id from signposting s
    where s.state = 'INFORMED' and s.informed_on < informed_before limit rows_max)
$$"""


def upgrade() -> None:
    extend_referral()
    checked("referral", "mode", f"mode in ({MODES}, 'ANONYMOUS_CONSULT')")
    checked("clock_policy", "mode", f"mode in ({MODES}, 'ANONYMOUS_CONSULT')")
    checked("referral_amendment", "reason", f"reason in ({REASONS}, 'COUNTER_PROPOSAL')")
    op.execute(
        f"create policy reads_anonymous on referral_content for select to {APP}"
        f" using ({IT_NAMES_NOBODY})"
    )
    make_proposals()
    make_notices()
    for table in ("counter_proposal", "notice"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    op.execute(f"grant select, insert, update (state, answered_at) on counter_proposal to {APP}")
    op.execute(
        f"create policy present_sides on counter_proposal to {APP} using ({ITS_PRESENT_SIDES})"
        f" with check ({ITS_PRESENT_SIDES})"
    )
    op.execute(
        "grant select, insert, update (version, acknowledged_at, answer, escalated_at, updated_at)"
        f" on notice to {APP}"
    )
    op.execute(f"create policy reads on notice for select to {APP} using ({BOTH_SIDES})")
    op.execute(f"create policy raises on notice for insert to {APP} with check ({IT_WAS_SENT_SO})")
    op.execute(
        f"create policy answers on notice for update to {APP}"
        f" using ({TENANT_IS_MINE} and recipient_unit = {ME})"
    )
    columns = "id, tenant_id, recipient_unit, acknowledged_at, escalated_at, answer_by"
    op.execute(f"grant select ({columns}) on notice to {STATISTICS}")
    op.execute(f"create policy due_work on notice for select to {STATISTICS} using (true)")
    make_due_work(NOTICES)


def extend_referral() -> None:
    op.add_column("referral", sa.Column("follows_id", sa.Uuid(), nullable=True))
    op.add_column(
        "referral",
        sa.Column("transfers_ownership", sa.Boolean(), nullable=False, server_default="false"),
    )
    op.add_column("referral", sa.Column("owner_unit", sa.String(length=63), nullable=True))
    op.add_column("referral", sa.Column("open_proposal_id", sa.Uuid(), nullable=True))
    # The migrator owns the table and row-level security is forced: lifted for this alone.
    op.execute("alter table referral no force row level security")
    op.execute("update referral set owner_unit = sender_unit")
    op.execute("alter table referral force row level security")
    op.alter_column("referral", "owner_unit", nullable=False)
    op.create_check_constraint(
        op.f("ck_referral_owner"),
        "referral",
        "owner_unit = sender_unit or transfers_ownership and owner_unit = recipient_unit"
        " and state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'RETURNED')",
    )
    op.create_check_constraint(
        op.f("ck_referral_handover"),
        "referral",
        "not transfers_ownership or mode = 'WARM_HANDOVER'",
    )


def checked(table: str, column: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{column}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, condition)


def make_proposals() -> None:
    op.create_table(
        "counter_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("note_code", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_unit", sa.String(length=63), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('OPEN', 'ACCEPTED', 'DECLINED', 'LAPSED')",
            name=op.f("ck_counter_proposal_state"),
        ),
        sa.CheckConstraint(
            "note_code in ('MORE_SUITABLE', 'CAPACITY_FROM_DATE', 'PRECONDITION_MISSING')",
            name=op.f("ck_counter_proposal_note_code"),
        ),
        sa.CheckConstraint(
            "service_code is not null or starts_on is not null",
            name=op.f("ck_counter_proposal_something"),
        ),
        sa.CheckConstraint(
            "(state = 'OPEN') = (answered_at is null)", name=op.f("ck_counter_proposal_answered")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_counter_proposal_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_proposal")),
    )
    op.create_index(
        "ix_counter_proposal_referral",
        "counter_proposal",
        ["tenant_id", "referral_id", "created_at"],
    )
    op.create_index(
        "uq_counter_proposal_open",
        "counter_proposal",
        ["tenant_id", "referral_id"],
        unique=True,
        postgresql_where=sa.text("state = 'OPEN'"),
    )


def make_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("sender_unit", sa.String(length=63), nullable=False),
        sa.Column("recipient_unit", sa.String(length=63), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('CONSENT_REVOKED', 'DATA_CORRECTED', 'DATA_ERASED', 'RESTRICTED',"
            " 'OBJECTED')",
            name=op.f("ck_notice_kind"),
        ),
        sa.CheckConstraint(
            "answer is null or answer in ('DELETED', 'KEPT_OWN_BASIS', 'CORRECTED', 'NOTED')",
            name=op.f("ck_notice_answer"),
        ),
        sa.CheckConstraint(
            "(answer is null) = (acknowledged_at is null)", name=op.f("ck_notice_acknowledged")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_notice_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    for side in ("sender", "recipient"):
        op.create_index(f"ix_notice_{side}", "notice", ["tenant_id", f"{side}_unit", "raised_at"])
    op.create_index(
        "uq_notice_open",
        "notice",
        ["tenant_id", "referral_id", "kind"],
        unique=True,
        postgresql_where=sa.text("acknowledged_at is null"),
    )


def make_due_work(more: str) -> None:
    signature = "due_work(timestamptz, timestamptz, date, int)"
    op.execute(f"drop function {signature}")
    op.execute(DUE_WORK % more)
    op.execute(f"revoke all on function {signature} from public")
    op.execute(f"grant execute on function {signature} to {APP}")
    op.execute(f"alter function {signature} owner to {STATISTICS}")


def downgrade() -> None:
    make_due_work("")
    op.drop_table("notice")
    op.drop_table("counter_proposal")
    op.execute("drop policy reads_anonymous on referral_content")
    checked("referral_amendment", "reason", f"reason in ({REASONS})")
    checked("clock_policy", "mode", f"mode in ({MODES})")
    checked("referral", "mode", f"mode in ({MODES})")
    for constraint in ("handover", "owner"):
        op.drop_constraint(op.f(f"ck_referral_{constraint}"), "referral")
    for column in ("open_proposal_id", "owner_unit", "transfers_ownership", "follows_id"):
        op.drop_column("referral", column)
