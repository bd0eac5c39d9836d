"""What can be asked about units, capacities, responsibility, rules and signposting."""

from typing import Annotated, Any
from urllib.parse import quote

import strawberry

from gateway.context import Info
from gateway.schema.asking import asked, asked_items
from gateway.schema.codes.directory import EndpointStatus, KeyUse, OrgUnitType, SignpostingState
from gateway.schema.filters import by
from gateway.schema.org_unit import OrgUnit, UnitKey, UnitService
from gateway.schema.published import REQUEST, both
from gateway.schema.reads import record, records
from gateway.schema.routing import ReferralCodeList, Routing, RoutingRuleSet, ServiceCatalogue
from gateway.schema.signposting import Signposting


def _given(kind: Any, en: str, de: str) -> Any:
    return Annotated[kind, strawberry.argument(description=both(en, de))]


UnitId = _given(str, "Key of the unit.", "Schlüssel der Stelle.")
WhichUse = _given(KeyUse | None, "What it is for.", "Wofür er ist.")
ServiceCode = _given(str, "Code of the service.", "Schlüssel der Leistung.")
RulesVersion = _given(int, "Version of the rules.", "Fassung der Regeln.")
Ags = _given(str | None, "Key of the municipality.", "Gemeindeschlüssel.")
Ars = _given(str | None, "Regional key.", "Regionalschlüssel.")
Address = _given(
    str | None,
    "Street and number inside `municipality`.",
    "Straße und Hausnummer in `municipality`.",
)
District = _given(str | None, "Part of it.", "Ortsteil.")
Degrees = _given(float | None, "Degrees, WGS 84.", "Grad, WGS 84.")
Name = Annotated[
    str,
    strawberry.argument(
        description=both("Name, for example topics.", "Name, zum Beispiel topics.")
    ),
]


@strawberry.input(description=both("Which units.", "Welche Stellen."))
class OrgUnitFilter:
    unit_id: list[str] | None = by("With these keys.", "Mit diesen Schlüsseln.")
    type: list[OrgUnitType] | None = by("Of these kinds.", "Dieser Arten.")
    endpoint_status: EndpointStatus | None = by("With this status.", "Mit diesem Status.")


@strawberry.input(description=both("Which capacities.", "Welche Kapazitäten."))
class UnitServiceFilter:
    unit_id: list[str] | None = by("Of these units.", "Dieser Stellen.")
    service_code: list[str] | None = by("For these services.", "Für diese Leistungen.")
    accepts: bool | None = by("That take people on, or not.", "Die aufnehmen, oder nicht.")


@strawberry.input(description=both("Which signpostings.", "Welche Verweisberatungen."))
class SignpostingFilter:
    case_id: list[strawberry.ID] | None = by("Of these cases.", "Dieser Fälle.")
    state: list[SignpostingState] | None = by("In these states.", "In diesen Ständen.")
    service_code: str | None = by("For this service.", "Für diese Leistung.")


@strawberry.type
class DirectoryQueries:
    org_unit = asked(
        "referrals /v1/org-units/{unit_id}",
        OrgUnit,
        en="One unit of the directory; null when there is none.",
        de="Eine Stelle des Verzeichnisses; null, wenn es sie nicht gibt.",
        unit_id=UnitId,
    )
    org_units = records(
        "referrals /v1/org-units",
        OrgUnit,
        OrgUnitFilter,
        en="The agency directory.",
        de="Das Verzeichnis der Stellen.",
    )
    unit_service = asked(
        "referrals /v1/org-units/{unit_id}/services/{service_code}",
        UnitService,
        en="What a unit can take on for a service; null when it has not said.",
        de="Was eine Stelle für eine Leistung aufnehmen kann; null, wenn sie es nicht meldete.",
        unit_id=UnitId,
        service_code=ServiceCode,
    )
    unit_services = records(
        "referrals /v1/unit-services",
        UnitService,
        UnitServiceFilter,
        en="What the units can take on.",
        de="Was die Stellen aufnehmen können.",
    )
    unit_keys = asked_items(
        "referrals /v1/org-units/{unit_id}/keys",
        UnitKey,
        en="Public keys of a unit, the newest first: of another unit those valid now.",
        de="Öffentliche Schlüssel einer Stelle, die neuesten zuerst: von einer anderen die jetzt"
        " gültigen.",
        is_paged=True,
        unit_id=UnitId,
        use=WhichUse,
    )
    service_catalogue = asked(
        "referrals /v1/services",
        ServiceCatalogue,
        en="The catalogue of services.",
        de="Das Leistungsverzeichnis.",
    )
    routing = asked(
        "referrals /v1/routing",
        Routing,
        en="Who is responsible: exactly one of `ags`, `ars` and `address`, the last with its"
        " `municipality`. By POST only: an address describes a person.",
        de="Wer zuständig ist: genau eines von `ags`, `ars` und `address`, letzteres mit"
        " `municipality`. Nur mit POST: Eine Anschrift beschreibt eine Person.",
        service=ServiceCode,
        ags=Ags,
        ars=Ars,
        address=Address,
        municipality=Ags,
        district=District,
        lon=Degrees,
        lat=Degrees,
    )
    routing_rule_set = asked(
        "referrals /v1/routing-rules/{version}",
        RoutingRuleSet,
        en="One version of the routing rules; null when there is none.",
        de="Eine Fassung der Zuständigkeitsregeln; null, wenn es sie nicht gibt.",
        version=RulesVersion,
    )
    routing_rule_sets = records(
        "referrals /v1/routing-rules",
        RoutingRuleSet,
        en="Versions of the routing rules, the newest first.",
        de="Fassungen der Zuständigkeitsregeln, die neueste zuerst.",
    )
    signposting = record(
        "referrals /v1/signpostings", Signposting, en="One signposting.", de="Ein Verweis."
    )
    signpostings = records(
        "referrals /v1/signpostings",
        Signposting,
        SignpostingFilter,
        en="Where persons were told to go.",
        de="Wohin verwiesen wurde.",
    )

    @strawberry.field(
        description=both(
            "Names of the code lists of referrals.", "Namen der Codelisten der Überleitungen."
        ),
        metadata={REQUEST: "GET referrals /v1/code-lists"},
    )
    async def referral_code_lists(self, info: Info) -> list[str] | None:
        found = await info.context.services.of("referrals").get("/v1/code-lists")
        return list(found["items"])

    @strawberry.field(
        description=both(
            "One code list of referrals; null when there is none of this name.",
            "Eine Codeliste der Überleitungen; null, wenn es keine dieses Namens gibt.",
        ),
        metadata={REQUEST: "GET referrals /v1/code-lists/{name}"},
    )
    async def referral_code_list(self, info: Info, name: Name) -> ReferralCodeList | None:
        path = f"/v1/code-lists/{quote(name, safe='')}"
        return ReferralCodeList.from_optional(
            await info.context.services.of("referrals").find(path)
        )
