"""What can be asked about persons and families."""

from typing import Annotated

import strawberry

from gateway.clients.pages import RecordPage, page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.family import Family
from gateway.schema.inputs.base import body_of, in_path
from gateway.schema.inputs.person import PersonSearchInput
from gateway.schema.omni_search import OmniSearch, omni_search
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.person import Person
from gateway.schema.person_hit import PersonHit
from gateway.schema.person_parts import RestrictionRelease
from gateway.schema.published import REQUEST, both
from gateway.schema.reads import record, records

Criteria = Annotated[
    PersonSearchInput,
    strawberry.argument(name="input", description=both("Whom.", "Wen.")),
]

PersonId = Annotated[
    strawberry.ID, strawberry.argument(description=both("UUID of the person.", "UUID der Person."))
]


Typed = Annotated[
    str,
    strawberry.argument(
        description=both(
            "A UUID, a reference (KIM-2026-000123), `system/number` or a name.",
            "Eine UUID, ein Aktenzeichen (KIM-2026-000123), `system/nummer` oder ein Name.",
        )
    ),
]


@strawberry.type
class PersonQueries:
    person = record("cases /v1/persons", Person, en="One person.", de="Eine Person.")
    persons = records(
        "cases /v1/persons",
        Person,
        en="Persons of the caller's unit, the newest first; restricted ones are left out.",
        de="Personen der eigenen Stelle, die neuesten zuerst; ohne die mit Auskunftssperre.",
    )
    family = record("cases /v1/families", Family, en="One family.", de="Eine Familie.")
    families = records(
        "cases /v1/families",
        Family,
        en="Families of the caller's unit, the newest first.",
        de="Familien der eigenen Stelle, die neuesten zuerst.",
    )

    @strawberry.field(
        description=both(
            "Who sees where a restricted person lives; for those who may release.",
            "Wer sieht, wo eine Person mit Auskunftssperre lebt; für die, die freigeben dürfen.",
        )
    )
    async def restriction_releases(
        self, info: Info, person_id: PersonId, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[RestrictionRelease] | None:
        path = f"/v1/persons/{in_path(person_id)}/restriction-releases"
        asked = asked_page(info, first, after)
        found = await page_of(info.context.services.of("cases"), path, asked)
        return connection(found, RestrictionRelease.from_record, after)

    @strawberry.field(
        description=both(
            "Persons by name in any script or spelling, the best hits first. By POST only: the"
            " criteria describe a person.",
            "Personen nach Namen in beliebiger Schrift oder Schreibweise, die besten Treffer"
            " zuerst. Nur mit POST: Die Merkmale beschreiben eine Person.",
        ),
        metadata={REQUEST: "POST cases /v1/persons/search"},
    )
    async def search_persons(
        self, info: Info, input_: Criteria, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[PersonHit] | None:
        asked = asked_page(info, first, after)
        found = await info.context.services.cases.conversation.search(
            "/v1/persons/search",
            {
                **body_of(input_),
                "first": asked.first,
                "after": asked.after,
                "cursors": "each" if asked.with_cursors else None,
            },
        )
        page = RecordPage(found["items"], found["nextCursor"], found.get("cursors"))
        return connection(page, PersonHit.from_record, after)

    @strawberry.field(
        description=both(
            "One box for everything: cases, persons, families, referrals, awards, allocations and"
            " posts. By POST only: what is typed may describe a person.",
            "Ein Suchfeld für alles: Fälle, Personen, Familien, Überleitungen, Bescheide,"
            " Weiterleitungen und Stellen. Nur mit POST: Es kann eine Person beschreiben.",
        )
    )
    async def omni_search(
        self, info: Info, text: Typed, first: First = PAGE_DEFAULT
    ) -> OmniSearch | None:
        return await omni_search(info, text, asked_page(info, first, None).first)
