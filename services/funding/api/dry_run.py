"""`?dryRun=true` on commands about money: every rule is asked, nothing is stored."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from services.funding.operations.ledger.rehearse import rehearse
from shared.service.desk import Writing
from shared.service.writes import Operation


def asked_for_dry_run(
    *,
    dry_run: Annotated[
        bool,
        Query(
            alias="dryRun",
            description="Show postings and balances, store nothing. / Probelauf ohne Speichern.",
        ),
    ] = False,
) -> bool:
    return dry_run


DryRun = Annotated[bool, Depends(asked_for_dry_run)]


async def run_money(
    writing: Writing, operation: Operation, *, is_dry_run: bool, status: int = 200
) -> Response:
    """Run the command, or rehearse it: the rehearsal answers 200 with a `DryRunView`.

    async def post_thing(body: Body, _: Recorder, writing: CurrentWriting, is_dry_run: DryRun)
        return await run_money(writing, lambda tx: …, is_dry_run=is_dry_run, status=201)
    """
    if is_dry_run:
        return await writing.run(lambda tx: rehearse(tx, operation))
    return await writing.run(operation, status=status)
