"""confidential records

Notes get versions, a third class and a log of whom an entrusted one was handed on to. The policy
of the table says who reads: the unit, whoever is in charge, or the owner and their receivers. A
consent names evidence that exists as a document, and never comes back after a revocation.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "d41f7a9c6b20"
down_revision = "d1f6a83b5c07"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
IS_CASE_STAFF = (
    "(select current_setting('app.roles', true) ~ ',(case_manager|system),'"
    " and current_setting('app.roles', true) !~ ',b3_officer,'"
    " and current_setting('app.unit_type', true) not in ('ABH', 'EBH'))"
)
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {IS_CASE_STAFF}"
ME = "(select current_setting('app.actor', true))"
TODAY = "(select (now() at time zone 'Europe/Berlin')::date)"
# Case manager of the case, or deputy of the case manager today. The tables that are asked have
# policies of their own.
I_AM_IN_CHARGE = f"""exists (
    select 1 from case_record c
     where c.tenant_id = note.tenant_id and c.id = note.case_id
       and (c.case_manager = {ME} or exists (
         select 1 from deputyship d
          where d.tenant_id = c.tenant_id and d.unit_id = c.unit_id
            and d.principal = c.case_manager and d.deputy = {ME}
            and {TODAY} between d.from_on and d.to_on)))"""  # noqa: S608 - constants
HANDED_ON_TO_ME = f"""exists (
    select 1 from note_release r
     where r.tenant_id = note.tenant_id and r.note_id = note.id and r.receiver = {ME})"""  # noqa: S608 - constants
READERS = (
    f"{MINE} and (confidentiality = 'NORMAL' or owner = {ME}"
    f" or (confidentiality = 'CONFIDENTIAL' and {I_AM_IN_CHARGE})"
    f" or (confidentiality = 'ENTRUSTED' and {HANDED_ON_TO_ME}))"
)
WRITER = f"{MINE} and owner = {ME} and recorded_by = {ME}"
READERS_BEFORE = f"{MINE} and (confidentiality = 'NORMAL' or owner = {ME})"
# Only the owner of an entrusted note hands it on. By trigger: policies of two tables that ask
# each other are a recursion that PostgreSQL refuses.
OWNER_HANDS_ON = """
create function owner_hands_on() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from note n
     where n.tenant_id = new.tenant_id and n.id = new.note_id and n.case_id = new.case_id
       and n.confidentiality = 'ENTRUSTED'
       and n.owner = current_setting('app.actor', true))
  then
    raise exception 'Only its owner hands an entrusted note on.'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$"""
CLASSES = "confidentiality in ('NORMAL', 'CONFIDENTIAL', 'ENTRUSTED')"
CLASSES_BEFORE = "confidentiality in ('NORMAL', 'ENTRUSTED')"
PURPOSES_BEFORE = (
    "purpose in ('CASE_MANAGEMENT', 'REFERRAL', 'CASE_CONFERENCE', 'INQUIRY', 'INTERPRETING')"
)
PURPOSES = PURPOSES_BEFORE.removesuffix(")") + ", 'HAND_ON_ENTRUSTED')"
# Whoever changes their mind gives a new consent: this record stays revoked (6.2).
STAYS_REVOKED = """
create function consent_stays_revoked() returns trigger language plpgsql as $$
begin
  if old.state in ('REVOKED', 'INVALID') and new.state not in (old.state, 'INVALID') then
    raise exception 'A revoked consent stays revoked.' using errcode = 'check_violation';
  end if;
  return new;
end $$"""


def upgrade() -> None:
    _add_versions()
    op.create_table(
        "note_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("receiver", sa.String(length=520), nullable=True),
        sa.Column("outside_receiver", sa.String(length=200), nullable=True),
        sa.Column("justification", sa.String(length=2000), nullable=False),
        sa.Column("data_categories", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("danger_signs", sa.String(length=2000), nullable=True),
        sa.Column("court_reference", sa.String(length=200), nullable=True),
        sa.Column("secrecy_ground", sa.String(length=30), nullable=True),
        sa.CheckConstraint(
            "(receiver is null) <> (outside_receiver is null)",
            name=op.f("ck_note_release_one_receiver"),
        ),
        sa.CheckConstraint(
            "reason <> 'CONSENT_OF_ENTRUSTER' or consent_id is not null",
            name=op.f("ck_note_release_consent_named"),
        ),
        sa.CheckConstraint(
            "reason <> 'FAMILY_COURT_8A' or court_reference is not null",
            name=op.f("ck_note_release_court_named"),
        ),
        sa.CheckConstraint(
            "reason in ('CONSENT_OF_ENTRUSTER', 'FAMILY_COURT_8A', 'SUCCESSOR_ON_DANGER', 'RISK_ASSESSMENT', 'AS_203_PERSON')",
            name=op.f("ck_note_release_reason"),
        ),
        sa.CheckConstraint(
            "reason not in ('FAMILY_COURT_8A', 'SUCCESSOR_ON_DANGER', 'RISK_ASSESSMENT') or danger_signs is not null",
            name=op.f("ck_note_release_danger_signs_named"),
        ),
        sa.CheckConstraint(
            "secrecy_ground in ('RELEASE', 'JUSTIFYING_EMERGENCY', 'STATUTORY_DUTY')",
            name=op.f("ck_note_release_secrecy_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_note_release_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_note_release_consent_id_consent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["note.id"],
            name=op.f("fk_note_release_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["consent.id"],
            name=op.f("fk_note_release_release_id_consent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_release")),
    )
    op.create_index("ix_note_release_case", "note_release", ["tenant_id", "case_id"])
    op.create_index(
        "ix_note_release_note", "note_release", ["tenant_id", "note_id", "recorded_at", "id"]
    )
    op.create_index(
        "uq_note_release_receiver",
        "note_release",
        ["tenant_id", "note_id", "receiver"],
        unique=True,
    )
    secure(
        "note_release",
        role=APP,
        privileges="select, insert",
        using=f"{MINE} and (recorded_by = {ME} or receiver = {ME})",
        check=f"{MINE} and recorded_by = {ME}",
    )
    op.execute(OWNER_HANDS_ON)
    op.execute(
        "create trigger owner_hands_on before insert on note_release"
        " for each row execute function owner_hands_on()"
    )
    op.execute(f"alter policy {APP}_rows on note using ({READERS}) with check ({WRITER})")
    _bind_consents()


def _add_versions() -> None:
    op.add_column("note", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.add_column(
        "note", sa.Column("number", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )
    op.add_column("note", sa.Column("correction_reason", sa.String(length=500), nullable=True))
    op.add_column("note", sa.Column("entrusted_by_id", sa.Uuid(), nullable=True))
    # The policies are forced on the owner as well, who would fill nothing in.
    op.execute("alter table note no force row level security")
    op.execute("update note set series_id = id")
    op.execute("alter table note force row level security")
    op.alter_column("note", "series_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_note_entrusted_by_id_person"),
        "note",
        "person",
        ["entrusted_by_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_check_constraint(
        op.f("ck_note_correction"), "note", "(number > 1) = (correction_reason is not null)"
    )
    op.create_index("uq_note_version", "note", ["tenant_id", "series_id", "number"], unique=True)
    op.drop_constraint(op.f("ck_note_confidentiality"), "note", type_="check")
    op.create_check_constraint(op.f("ck_note_confidentiality"), "note", CLASSES)


def _bind_consents() -> None:
    op.drop_constraint(op.f("ck_consent_purpose"), "consent", type_="check")
    op.create_check_constraint(op.f("ck_consent_purpose"), "consent", PURPOSES)
    # What was recorded before may name paper that no document stands for.
    op.create_foreign_key(
        op.f("fk_consent_evidence_document_id_document"),
        "consent",
        "document",
        ["evidence_document_id"],
        ["id"],
        ondelete="SET NULL",
        postgresql_not_valid=True,
    )
    op.execute(STAYS_REVOKED)
    op.execute(
        "create trigger consent_stays_revoked before update of state on consent"
        " for each row execute function consent_stays_revoked()"
    )


def downgrade() -> None:
    op.execute("drop trigger consent_stays_revoked on consent")
    op.execute("drop function consent_stays_revoked()")
    op.drop_constraint(
        op.f("fk_consent_evidence_document_id_document"), "consent", type_="foreignkey"
    )
    op.drop_constraint(op.f("ck_consent_purpose"), "consent", type_="check")
    op.create_check_constraint(op.f("ck_consent_purpose"), "consent", PURPOSES_BEFORE)
    op.execute(
        f"alter policy {APP}_rows on note using ({READERS_BEFORE}) with check ({READERS_BEFORE})"
    )
    op.execute(f"drop policy {APP}_rows on note_release")
    op.drop_table("note_release")
    op.execute("drop function owner_hands_on()")
    op.drop_constraint(op.f("ck_note_confidentiality"), "note", type_="check")
    op.create_check_constraint(op.f("ck_note_confidentiality"), "note", CLASSES_BEFORE)
    op.drop_index("uq_note_version", table_name="note")
    op.drop_constraint(op.f("ck_note_correction"), "note", type_="check")
    op.drop_constraint(op.f("fk_note_entrusted_by_id_person"), "note", type_="foreignkey")
    for column in ("entrusted_by_id", "correction_reason", "number", "series_id"):
        op.drop_column("note", column)
