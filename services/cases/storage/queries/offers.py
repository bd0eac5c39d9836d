"""The offer directory."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import OfferRow
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

OFFER = tuple(
    col(getattr(OfferRow, name))
    for name in (
        "id", "version", "state", "title", "topic", "area_ags", "provider", "provider_unit",
        "places", "unit_id", "recorded_at", "updated_at",
    )
)  # fmt: skip
_THIS_OFFER = col(OfferRow.id) == bindparam("offer_id")
OFFER_VIEW = View(select(*OFFER).where(_THIS_OFFER))
OFFER_LIST = ListView(
    select(*OFFER),
    filters={
        "topic": Filter(col(OfferRow.topic), str, ("eq", "in")),
        "state": Filter(col(OfferRow.state), str, ("eq", "in")),
        "providerUnit": Filter(col(OfferRow.provider_unit), str, ("eq", "in")),
    },
    sorts={"title": "title", "recordedAt": "recorded_at"},
    default_sort="title",
)
OFFER_FOR_UPDATE = Statement(select(*OFFER).where(_THIS_OFFER).with_for_update())
AREAS_OF_TOPIC = Statement(
    "select area_ags from counselling_offer"
    " where topic = :topic and state = 'EXISTING' and id <> :offer_id"
)
