"""Lists that also answer for a batch of ids."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from shared.database.filter_values import written
from shared.database.lists import PAGE_MAX
from shared.service.desk import JSON, CurrentReading
from shared.web.searches import Asked


def _query_parameter(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": written(UUID).published_list,
    }


IDS = _query_parameter("ids", "Up to 100 ids, joined by commas.")


async def page_by_ids(reading: CurrentReading, view: Any) -> Response:
    """A page, where `ids` stands for `id[in]`."""
    query: Asked = []
    for key, value in reading.asked:
        if key == "ids":
            query += [("id[in]", value), ("first", str(PAGE_MAX))]
        else:
            query.append((key, value))
    page = await view.page(reading.database, reading.caller, query)
    return Response(page.body, media_type=JSON, headers={"Cache-Control": "no-store"})
