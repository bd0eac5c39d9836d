"""Who asks, as the token says, and what waits for them: one first screen in one operation."""

from collections.abc import Mapping
from typing import Annotated

import strawberry

from gateway.clients.faults import ServiceRefused
from gateway.clients.pages import PageRequest, RecordPage, page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT, PAGE_MAX
from gateway.schema.case_work import Task
from gateway.schema.codes.work import WorkListName
from gateway.schema.deadline import FundingAlert
from gateway.schema.desk import WorkItem
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.published import REQUEST, both, field
from gateway.schema.referral import Referral
from shared.kernel.caller import Caller
from shared.observability.request import current_request

NOT_THEIRS = frozenset({403, 404})
ListName = Annotated[
    WorkListName, strawberry.argument(description=both("Which list.", "Welche Liste."))
]
WAITING = {"state[in]": "SUBMITTED,DELIVERED"}


@strawberry.type(
    description=both(
        "How many; counted to a hundred, as nobody works through more at once.",
        "Wie viele; gezählt bis hundert, mehr arbeitet niemand auf einmal ab.",
    )
)
class Tally:
    count: int = field("How many, 100 at most.", "Wie viele, höchstens 100.")
    is_more: bool = field("There are more than that.", "Es sind mehr als das.")


def _counted(path: str, en: str, de: str, row: str | None = None, **filters: str) -> object:
    """A field that counts what a list of a service gives; null where the role has none.

    `row` is the path as the contract writes it, where the list has its name in it.
    """
    service, _, path = path.partition(" ")

    async def resolver(info: Info) -> Tally | None:
        page = await _page(info, service, path, PageRequest(PAGE_MAX, filters=filters))
        return (
            None
            if page is None
            else Tally(count=len(page.items), is_more=page.next_cursor is not None)
        )

    counting: object = strawberry.field(
        resolver=resolver,
        description=both(en, de),
        metadata={REQUEST: f"GET {service} {row or path}"},
    )
    return counting


@strawberry.type(
    description=both(
        "How much waits for the viewer. A count is null where the role has no such list.",
        "Wie viel wartet. Eine Zahl ist null, wo die Rolle keine solche Liste hat.",
    )
)
class ViewerCounts:
    waiting_referrals = _counted(
        "referrals /v1/inbox",
        "Referrals that wait for an answer of the unit.",
        "Überleitungen, die auf eine Antwort der Stelle warten.",
        **WAITING,
    )
    overdue_referrals = _counted(
        "referrals /v1/inbox",
        "Referrals that were escalated because nobody answered.",
        "Überleitungen, die eskaliert sind, weil niemand antwortete.",
        **WAITING,
        isEscalated="true",
    )
    overdue_cases = _counted(
        "cases /v1/work-lists/overdue",
        "Own cases with an overdue task, and those of whom the viewer stands in for.",
        "Eigene und vertretene Fälle mit überfälliger Aufgabe.",
        row="/v1/work-lists/{name}",
    )
    open_alerts = _counted(
        "funding /v1/alerts",
        "What in funding needs a person.",
        "Was in der Förderung ein Mensch ansehen sollte.",
        isOpen="true",
    )


@strawberry.type(
    description=both(
        "The person or machine that asks, and what waits for them. A list is null where the role"
        " has none.",
        "Die Person oder Maschine, die fragt, und was auf sie wartet. Eine Liste ist null, wo die"
        " Rolle keine hat.",
    )
)
class Viewer:
    actor: str = field("Issuer and subject of the token.", "Aussteller und Kennung aus dem Token.")
    tenant_id: str = field(
        "Five-digit key of the Kreis or kreisfreie Stadt.",
        "Fünfstelliger Schlüssel des Kreises oder der kreisfreien Stadt.",
    )
    unit_id: str = field("The organisational unit.", "Die Organisationseinheit.")
    unit_type: str = field("Type of the unit.", "Art der Organisationseinheit.")
    roles: list[str] = field("Roles.", "Rollen.")
    is_machine: bool = field("Whether it is a machine.", "Ob es eine Maschine ist.")
    locale: str = field(
        "Language of messages in this operation: de or en.",
        "Sprache der Meldungen in dieser Anfrage: de oder en.",
    )
    display_name: str | None = field(
        "Name to greet with, where the token has one.", "Name zur Anrede, wo das Token ihn nennt."
    )
    counts: ViewerCounts = field("How much waits.", "Wie viel wartet.")

    @strawberry.field(
        description=both(
            "Referrals to the viewer's unit that wait for an answer.",
            "Überleitungen an die eigene Stelle, die auf eine Antwort warten.",
        ),
        metadata={REQUEST: "GET referrals /v1/inbox"},
    )
    async def inbox(
        self, info: Info, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[Referral] | None:
        asked = _narrowed(info, first, after, WAITING)
        page = await _page(info, "referrals", "/v1/inbox", asked)
        return None if page is None else connection(page, Referral.from_record, after)

    @strawberry.field(
        description=both(
            "Open cases of a work list, what is due first on top.",
            "Offene Fälle einer Arbeitsliste, das zuerst Fällige oben.",
        ),
        metadata={REQUEST: "GET cases /v1/work-lists/{name}"},
    )
    async def work_list(
        self,
        info: Info,
        name: ListName = WorkListName.MINE,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[WorkItem] | None:
        asked = asked_page(info, first, after)
        page = await _page(info, "cases", f"/v1/work-lists/{name.value}", asked)
        return None if page is None else connection(page, WorkItem.from_record, after)

    @strawberry.field(
        description=both("Open tasks of the viewer.", "Eigene offene Aufgaben."),
        metadata={REQUEST: "GET cases /v1/tasks"},
    )
    async def tasks(
        self, info: Info, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[Task] | None:
        mine = {"assignee": info.context.caller.actor, "state": "OPEN"}
        asked = _narrowed(info, first, after, mine)
        page = await _page(info, "cases", "/v1/tasks", asked)
        return None if page is None else connection(page, Task.from_record, after)

    @strawberry.field(
        description=both(
            "What in funding needs a person, the newest first.",
            "Was in der Förderung ein Mensch ansehen sollte, das Neueste zuerst.",
        ),
        metadata={REQUEST: "GET funding /v1/alerts"},
    )
    async def alerts(
        self, info: Info, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[FundingAlert] | None:
        asked = _narrowed(info, first, after, {"isOpen": "true"})
        page = await _page(info, "funding", "/v1/alerts", asked)
        return None if page is None else connection(page, FundingAlert.from_record, after)


def viewer_of(caller: Caller) -> Viewer:
    return Viewer(
        actor=caller.actor,
        tenant_id=caller.tenant_id,
        unit_id=caller.unit_id,
        unit_type=caller.unit_type,
        roles=sorted(caller.roles),
        is_machine=caller.is_machine,
        locale=current_request().language,
        display_name=caller.display_name or None,
        counts=ViewerCounts(),
    )


def _narrowed(info: Info, first: int, after: str | None, filters: Mapping[str, str]) -> PageRequest:
    asked = asked_page(info, first, after)
    return PageRequest(asked.first, after, filters=filters, with_cursors=asked.with_cursors)


async def _page(info: Info, service: str, path: str, asked: PageRequest) -> RecordPage | None:
    """None where the caller's role has no such list: a first screen draws what there is."""
    try:
        return await page_of(info.context.services.of(service), path, asked)
    except ServiceRefused as refused:
        if refused.status in NOT_THEIRS:
            return None
        raise
