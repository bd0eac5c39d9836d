"""What an endpoint works with: reads as bytes, writes once, in the caller's name."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from shared.database.connection import Database
from shared.database.lists import ListView
from shared.database.views import Document, View
from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound
from shared.service.writes import CurrentWrite, Operation, Writer
from shared.web.searches import Asked, pointing_into, searched_in

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads in the name of one caller; every read leaves its audit entry."""

    caller: Caller
    database: Database
    request: Request

    @property
    def asked(self) -> Asked:
        """What a list is asked: the query string, or the body of a search."""
        searched = searched_in(self.request)
        return [*self.request.query_params.multi_items()] if searched is None else searched

    async def document(self, view: View, **values: Any) -> Document:
        """One document. Raises NotFound when it is unknown or hidden: the two look the same."""
        found = await view.one(self.database, self.caller, **values)
        if found is None:
            raise NotFound
        return found

    async def answer(self, view: View, **values: Any) -> Response:
        """One document as the response, 304 when the client has this version already."""
        return self.respond(await self.document(view, **values))

    def respond(self, document: Document) -> Response:
        etag = f'"{document.version}"' if document.version is not None else None
        headers = {"Cache-Control": "private, no-cache"}
        if etag is not None:
            headers["ETag"] = etag
            known = self.request.headers.get("if-none-match", "")
            if etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}:
                return Response(status_code=304, headers=headers)
        return Response(document.body, media_type=JSON, headers=headers)

    async def page(self, view: ListView, **values: Any) -> Response:
        """One page of a list, as it is asked. Raises 400 for what the list does not know."""
        with pointing_into(self.request):
            page = await view.page(self.database, self.caller, self.asked, **values)
        return Response(page.body, media_type=JSON, headers={"Cache-Control": "no-store"})


@dataclass(frozen=True, slots=True)
class Writing:
    """Runs one operation in one transaction and answers after the commit."""

    circumstances: CurrentWrite
    database: Database
    writer: Writer

    async def run(self, operation: Operation, *, status: int = 200) -> Response:
        """With `?dryRun=true` nothing stays: 200 with a `DryRunView`."""
        return await self.writer.run(self.database, self.circumstances, operation, status=status)

    async def report(self, operation: Operation, *, status: int = 200) -> Response:
        """As `run`, for an operation whose document is the same report in a dry run."""
        if self.is_dry_run:
            return await self.writer.rehearse(
                self.database, self.circumstances, operation, has_own_report=True
            )
        return await self.run(operation, status=status)

    @property
    def is_dry_run(self) -> bool:
        return self.circumstances.is_dry_run

    @property
    def expected_version(self) -> int | None:
        """The version in `If-Match`; operations hand it to `require_version`."""
        return self.circumstances.expected_version


async def current_reading(request: Request) -> Reading:
    return Reading(request.scope["caller"], request.app.state.database, request)


async def current_writing(request: Request, circumstances: CurrentWrite) -> Writing:
    return Writing(circumstances, request.app.state.database, request.app.state.writer)


CurrentReading = Annotated[Reading, Depends(current_reading)]
CurrentWriting = Annotated[Writing, Depends(current_writing)]
