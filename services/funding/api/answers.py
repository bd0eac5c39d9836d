"""Answers that Python builds, because rules and not only rows are in them."""

from collections.abc import Iterable

from pydantic import BaseModel
from starlette.responses import Response

from services.funding.api.schemas.fields import (
    ObstacleView,
    PossibleActions,
    PossibleActionView,
)
from services.funding.operations.list_options import PossibleAction

JSON = "application/json"


def json_answer(body: BaseModel) -> Response:
    return Response(
        body.model_dump_json(by_alias=True),
        media_type=JSON,
        headers={"Cache-Control": "private, no-cache"},
    )


def possible_actions(options: Iterable[PossibleAction]) -> Response:
    items = [
        PossibleActionView(
            action=option.action,
            to_state=option.to_state,
            is_permitted=option.is_permitted,
            obstacles=[
                ObstacleView(
                    guard=one.guard,
                    message_de=one.message.de,
                    message_en=one.message.en,
                    source=one.source,
                )
                for one in option.obstacles
            ],
        )
        for option in options
    ]
    return json_answer(PossibleActions(items=items))
