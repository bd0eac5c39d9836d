"""Lists that also answer for a batch of ids."""

from typing import Any

from starlette.responses import Response

from shared.database.lists import PAGE_MAX
from shared.service.desk import JSON, CurrentReading
from shared.web.searches import Asked


def _query_parameter(name: str, description: str) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": 4000}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
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
