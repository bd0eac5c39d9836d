"""Answers of the functions that count across units, and the audit log."""

from shared.database.statements import Statement

FAMILIES_IN_COUNSELLING = Statement("select * from count_families(:as_of)")
CASE_OUTCOMES = Statement("select * from count_case_outcomes(:first_day, :last_day)")
UNITS_WITH_OPEN_CASE = Statement("select units_with_open_case(:fingerprints) as unit_id")
CASE_EXTRACTS = Statement("select * from case_extracts(:rows_max)")
CONSENTS_DUE = Statement("select * from consents_due(:today)")
