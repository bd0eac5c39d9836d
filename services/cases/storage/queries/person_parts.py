"""A person with everything around them; the search; merges."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Integer,
    String,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    func,
    or_,
    select,
)
from sqlalchemy import literal_column as sql
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.cases.domain.person_parts import PersonAction
from services.cases.storage.queries.allowed import allowed_where
from services.cases.storage.queries.nationalities import NATIONALITY_DETAILS
from services.cases.storage.tables import (
    AddressRow,
    ContactPointRow,
    DeliveryRow,
    ExternalIdRow,
    FamilyMemberRow,
    LanguageSkillRow,
    LegalRepresentativeRow,
    PersonMergeRow,
    PersonRow,
)
from shared.database.gate import ReadLog
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.views import View
from shared.secrecy.columns import placed

NAMES = ARRAY(String)
DELIVERY_SUMMARY = (
    col(DeliveryRow.source_system),
    col(DeliveryRow.import_id),
    col(DeliveryRow.sender_unit),
    col(DeliveryRow.delivered_at),
    sql("array(select jsonb_object_keys(delivery.values_json))", NAMES).label("fields"),
)
_Record = aliased(PersonRow)
IS_MASKED = and_(col(PersonRow.is_restricted), ~func.sees_whereabouts_of(col(PersonRow.id)))
# Whom searching and leafing through may show: nobody behind an Auskunftssperre.
MAY_BE_FOUND = and_(~IS_MASKED, col(PersonRow.merged_into_id).is_(None))


_IS_UNMERGED = col(PersonRow.merged_into_id).is_(None)
_MERGED_RECORD = aliased(PersonRow)
_HAS_MERGED = (
    select(col(_MERGED_RECORD.id))
    .where(
        col(_MERGED_RECORD.tenant_id) == col(PersonRow.tenant_id),
        col(_MERGED_RECORD.merged_into_id) == col(PersonRow.id),
    )
    .correlate(PersonRow)
    .exists()
)
# What the operations refuse for the record as it is, whatever the roles of the caller.
_ALLOWED = allowed_where(
    (PersonAction.EDIT, _IS_UNMERGED),
    (PersonAction.KEEP_WHEREABOUTS, and_(_IS_UNMERGED, ~IS_MASKED)),
    (PersonAction.RESTRICT, and_(_IS_UNMERGED, ~col(PersonRow.is_restricted))),
    (
        PersonAction.LIFT_RESTRICTION,
        and_(_IS_UNMERGED, col(PersonRow.is_restricted), ~IS_MASKED),
    ),
    (PersonAction.MERGE, and_(_IS_UNMERGED, ~IS_MASKED)),
    (PersonAction.UNMERGE, and_(_HAS_MERGED, ~IS_MASKED)),
)


def _parts(row: Any, *columns: Any) -> Any:
    return json_list(
        select(*columns)
        .where(
            col(row.tenant_id) == col(PersonRow.tenant_id), col(row.person_id) == col(PersonRow.id)
        )
        .order_by(col(row.id))
        .correlate(PersonRow)
    )


# The name of an office or a home says where the person lives.
_NAME_OF_REPRESENTATIVE = case(
    (~IS_MASKED, cast(placed(col(LegalRepresentativeRow.name)), Text))
).label("name")
_NONE = sql("array[]::text[]", NAMES)
_MASKED_OF_REPRESENTATIVE = case((IS_MASKED, sql("array['name']", NAMES)), else_=_NONE).label(
    "masked_fields"
)
# Contact points and addresses are masked by their own policies; `masked_fields` says so.
WHOLE_PERSON = (
    NATIONALITY_DETAILS,
    col(PersonRow.is_restricted),
    col(PersonRow.literacy),
    col(PersonRow.interpreting),
    col(PersonRow.disputes),
    col(PersonRow.merged_into_id),
    func.array(
        select(col(_Record.id))
        .where(
            col(_Record.tenant_id) == col(PersonRow.tenant_id),
            col(_Record.merged_into_id) == col(PersonRow.id),
        )
        .order_by(col(_Record.id))
        .correlate(PersonRow)
        .scalar_subquery(),
        type_=ARRAY(Uuid),
    ).label("merged_record_ids"),
    func.array(
        select(col(FamilyMemberRow.family_id))
        .join(_Record, col(_Record.id) == col(FamilyMemberRow.person_id))
        .where(
            col(FamilyMemberRow.tenant_id) == col(PersonRow.tenant_id),
            col(FamilyMemberRow.to_on).is_(None),
            or_(
                col(_Record.id) == col(PersonRow.id),
                col(_Record.merged_into_id) == col(PersonRow.id),
            ),
        )
        .distinct()
        .order_by(col(FamilyMemberRow.family_id))
        .correlate(PersonRow)
        .scalar_subquery(),
        type_=ARRAY(Uuid),
    ).label("family_ids"),
    case(
        (IS_MASKED, sql("array['addresses', 'contactPoints', 'legalRepresentatives']", NAMES)),
        else_=_NONE,
    ).label("masked_fields"),
    _ALLOWED.label("allowed_actions"),
    _parts(
        ContactPointRow, col(ContactPointRow.id), col(ContactPointRow.kind),
        col(ContactPointRow.value), col(ContactPointRow.is_preferred), col(ContactPointRow.note),
    ).label("contact_points"),
    _parts(
        AddressRow, col(AddressRow.id), col(AddressRow.street), col(AddressRow.house_number),
        col(AddressRow.postcode), col(AddressRow.town), col(AddressRow.ags),
        col(AddressRow.district), col(AddressRow.valid_from), col(AddressRow.valid_to),
    ).label("addresses"),
    _parts(
        LanguageSkillRow, col(LanguageSkillRow.language), col(LanguageSkillRow.level),
    ).label("language_skills"),
    _parts(
        LegalRepresentativeRow, col(LegalRepresentativeRow.id), col(LegalRepresentativeRow.kind),
        col(LegalRepresentativeRow.representative_id), _NAME_OF_REPRESENTATIVE,
        _MASKED_OF_REPRESENTATIVE,
        col(LegalRepresentativeRow.valid_from), col(LegalRepresentativeRow.valid_to),
    ).label("legal_representatives"),
    _parts(
        ExternalIdRow, col(ExternalIdRow.system), col(ExternalIdRow.value),
    ).label("external_ids"),
    _parts(DeliveryRow, *DELIVERY_SUMMARY).label("provenance"),
)  # fmt: skip

SEES_WHEREABOUTS_OF = Statement(
    select(func.sees_whereabouts_of(bindparam("person_id", type_=Uuid)))
)

# The gate's result is an argument, so the function cannot run before the caller is known.
_HIT = (
    func.find_persons(
        sql("gate.ok"),
        bindparam("latin", type_=String),
        bindparam("original", type_=String),
        bindparam("codes", type_=NAMES),
        bindparam("consonants", type_=NAMES),
    )
    .table_valued(column("person_id", Uuid), column("score", Integer), column("reasons", NAMES))
    .render_derived(name="hit")
)
_ASKED_BIRTH: Any = bindparam("birth_date", type_=String)
_BIRTH = col(PersonRow.birth_date)
# What contradicts nothing is found: a less exact date, and 1 January where only the year was known.
_BIRTH_FITS = or_(
    _ASKED_BIRTH.is_(None),
    _BIRTH.is_(None),
    func.starts_with(_BIRTH, _ASKED_BIRTH),
    func.starts_with(_ASKED_BIRTH, _BIRTH),
    and_(
        func.left(_BIRTH, 4) == func.left(_ASKED_BIRTH, 4),
        or_(func.substr(_BIRTH, 5) == "-01-01", func.substr(_ASKED_BIRTH, 5) == "-01-01"),
    ),
)
SEARCH_VIEW = View(
    select(
        col(PersonRow.id),
        col(PersonRow.family_name),
        col(PersonRow.given_names),
        col(PersonRow.original_name),
        col(PersonRow.birth_date),
        col(PersonRow.birth_date_precision),
        col(PersonRow.disputed_fields),
        col(PersonRow.disputes),
        col(PersonRow.is_restricted),
        _HIT.c.score,
        _HIT.c.reasons,
    )
    .select_from(_HIT)
    .join(PersonRow, col(PersonRow.id) == _HIT.c.person_id)
    .where(MAY_BE_FOUND, _BIRTH_FITS),
    log=ReadLog("person"),
    sort="score",
    descending=True,
)

PERSON_TO_MERGE = Statement(
    select(
        col(PersonRow.id),
        col(PersonRow.version),
        col(PersonRow.merged_into_id),
        col(PersonRow.is_restricted),
    )
    .where(col(PersonRow.id) == bindparam("person_id"))
    .with_for_update()
)
HAS_MERGED_RECORDS = Statement(
    select(func.count() > 0)
    .select_from(PersonRow)
    .where(col(PersonRow.merged_into_id) == bindparam("person_id"))
)
OPEN_MERGE = Statement(
    select(col(PersonMergeRow.id)).where(
        col(PersonMergeRow.survivor_id) == bindparam("survivor_id"),
        col(PersonMergeRow.merged_id) == bindparam("merged_id"),
        col(PersonMergeRow.unmerged_at).is_(None),
    )
)
MERGES_OF_PERSON = View(
    select(
        col(PersonMergeRow.id),
        col(PersonMergeRow.survivor_id),
        col(PersonMergeRow.merged_id),
        col(PersonMergeRow.merged_by),
        col(PersonMergeRow.merged_at),
        col(PersonMergeRow.unmerged_by),
        col(PersonMergeRow.unmerged_at),
    ).where(
        or_(
            col(PersonMergeRow.survivor_id) == bindparam("person_id"),
            col(PersonMergeRow.merged_id) == bindparam("person_id"),
        )
    ),
    descending=True,
)
