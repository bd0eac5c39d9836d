"""Answers of the functions that count across units, and the audit log."""

from shared.database.statements import Statement

EDITION = Statement("select counts from figure_edition where edition_on = :edition_on")
EARLIER_EDITION = Statement(
    "select edition_on, counts from figure_edition where edition_on < :edition_on"
    " order by edition_on desc limit 1"
)
CASES_OF_QUARTERS = Statement("select * from count_case_quarters(:edition_on)")
# Whoever asks first makes the edition; who asks at the same time takes theirs.
KEEP_EDITION = Statement(
    """
    insert into figure_edition (tenant_id, edition_on, taken_at, counts)
    values (:tenant_id, :edition_on, now(), cast(:counts as jsonb))
    on conflict do nothing
    """
)
FAMILY_EDITION = Statement("select counts from family_edition where counted_on = :counted_on")
TAKE_FAMILY_EDITION = Statement(
    """
    insert into family_edition (tenant_id, counted_on, taken_at, counts)
    select :tenant_id, :counted_on, now(), coalesce(json_agg(to_json(f)), '[]')::jsonb
      from count_families(:counted_on) f
    on conflict do nothing
    """
)
UNITS_WITH_OPEN_CASE = Statement("select units_with_open_case(:fingerprints) as unit_id")
CASE_EXTRACTS = Statement("select * from case_extracts(:rows_max)")
CONSENTS_DUE = Statement("select * from consents_due(:today)")
