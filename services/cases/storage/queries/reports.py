"""Answers of the functions that count across units, and the audit log."""

from shared.database.statements import Statement

FAMILIES_IN_COUNSELLING = Statement("select * from count_families(:as_of)")
EDITION = Statement("select counts from figure_edition where edition_on = :edition_on")
# Whoever asks first in a quarter makes the edition; who asks at the same time takes theirs.
TAKE_EDITION = Statement(
    """
    insert into figure_edition (tenant_id, edition_on, taken_at, counts)
    select :tenant_id, :edition_on, now(),
           coalesce(json_agg(to_json(q)), '[]')::jsonb
      from count_case_quarters(:edition_on) q
    on conflict do nothing
    """
)
UNITS_WITH_OPEN_CASE = Statement("select units_with_open_case(:fingerprints) as unit_id")
CASE_EXTRACTS = Statement("select * from case_extracts(:rows_max)")
CONSENTS_DUE = Statement("select * from consents_due(:today)")
