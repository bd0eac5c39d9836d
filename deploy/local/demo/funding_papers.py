"""Load what the papers say about money and posts, one function for each paper."""

from typing import Any

from deploy.local.demo.funding import Funding, award_form, camel, days, figures_form, line_form
from deploy.local.demo.papers import paper


async def load_programme(funding: Funding) -> None:
    """The programme and all rates that a paper publishes, as rows of the county."""
    said = paper("programme")["programme"]
    body = {
        "code": said["code"],
        "nameDe": said["name_de"],
        "nameEn": said["name_en"],
        "volume": said["volume"],
        "volumeStatus": said["status"],
        "announcedOn": said["announced_on"].isoformat(),
        "funder": said["funder"],
        "legalSource": said["legal_source"],
        "source": said["source"],
    }
    await funding.ensure("/v1/programmes", body, "code")
    for rate in paper("programme")["rates"]:
        row = {camel(name.removeprefix("assumed_")): value for name, value in rate.items()}
        await funding.ensure("/v1/rates", row, "fundingLine", "unitKind", "fiscalYear")
    for rate in paper("programme")["base_rates"]:
        row = days(rate, "valid_from") | {
            "percent": rate["percent"],
            "source": paper("programme")["base_rates_source"],
        }
        await funding.ensure("/v1/base-rates", row, "validFrom")


async def load_warendorf(funding: Funding) -> None:
    """Six lines and the translation money, five kinds of posts, the table as printed."""
    said = paper("warendorf")
    award, dates = said["award"], said["award"]["assumptions"]
    kinds = said["positions"]["kinds"]
    lines = [
        line_form(line)
        | {
            "positions": [
                {
                    "postType": kind,
                    "approvedFte": fte,
                    "label": kinds[kind]["name_de"],
                    "unitId": kinds[kind]["unit"],
                    "source": said["positions"]["source"],
                }
                for kind, fte in line.get("posts", {}).items()
            ]
        }
        for line in award["lines"]
    ]
    lines.append(
        line_form(said["translation"]) | days(said["translation"], "valid_from", "valid_to")
        | {"isAdditional": True}
    )  # fmt: skip
    body = award_form(dates, award["funding_volume"], award["fiscal_year"], lines, award["source"])
    loaded = await funding.award(body, dates)
    await _report_posts(funding, loaded["id"], said["positions"])


async def _report_posts(funding: Funding, award_id: str, table: dict[str, Any]) -> None:
    """What is reported of each post, and the whole table digit by digit."""
    kinds, reported_on = table["kinds"], table["reported_on"].isoformat()
    posts = await funding.client.items(
        funding.officer, "funding", "/v1/positions", awardId=award_id
    )
    positions = {item["postType"]: item for item in posts}
    for row in table["rows"]:
        position = positions[row["kind"]]
        if position["reportedOn"] != reported_on:
            said = {
                "filledFte": row["filled_fte"],
                "vacantFte": row["reported_vacant_fte"],
                "reportedOn": reported_on,
                "source": table["source"],
            }
            path = f"/v1/positions/{position['id']}/reported-figures"
            version = f'"{position["version"]}"'
            answer = await funding.client.put(
                funding.officer, "funding", path, said, version=version
            )
            assert answer.accepted
    body = {
        "reportedOn": reported_on,
        "source": table["source"],
        "locale": "en",
        "rows": [
            {"label": kinds[row["kind"]]["name_de"], "postType": row["kind"], **figures_form(row)}
            for row in table["rows"]
        ],
        "reportedTotal": figures_form(table["reported_total"]),
    }
    await funding.ensure("/v1/position-reports", body, "source")


async def load_aachen(funding: Funding) -> None:
    """Six posts of which five are passed on, the disputed own share, the plan for 2021."""
    said = paper("aachen")
    b2, b3, forwarding = said["case_management"], said["residence_rights"], said["forwarding"]
    territory = {
        "included": [{"key": said["tenant_id"]}],
        "excluded": [{"key": ags} for ags in said["scope"]["excluded_ags"]],
    }
    kept = {"postType": "CASE_MANAGEMENT", "source": b2["source"], "label": "Case Management"}
    line = line_form(b2) | {
        "rate": b2["ceiling_per_fte"],
        "ownUseFte": b2["kept"]["fte"],
        "ownUseAmount": b2["kept"]["amount"],
        "positions": [
            {**kept, "approvedFte": b2["kept"]["fte"], "unitId": b2["kept"]["unit"]},
            {**kept, "approvedFte": forwarding["fte"], "unitId": forwarding["recipient_unit"]},
        ],
    }
    dates = b2["assumptions"]
    body = award_form(dates, b2["amount"], dates["fiscal_year"], [line], b2["source"])
    award = await funding.award(body | {"territory": territory}, dates)
    await _forward(funding, award["lines"][0], forwarding, territory)
    b3_post = {
        "postType": "FOREIGNERS_AUTHORITY",
        "approvedFte": b3["fte"],
        "validFrom": b3["starts_on"].isoformat(),
        "source": b3["source"],
    }
    b3_line = line_form(b3) | {"positions": [b3_post]}
    dates = b3["assumptions"]
    body = award_form(dates, b3["amount"], b3["fiscal_year"], [b3_line], b3["source"])
    await funding.award(body, dates)
    await _request_own_share(funding, award["lines"][0], said["own_share"], forwarding)
    await _plan_budget(funding, said["budget_plan"])


async def _forward(
    funding: Funding, line: dict[str, Any], said: dict[str, Any], territory: dict[str, Any]
) -> None:
    assumed = said["assumptions"]
    body = {
        "awardLineId": line["id"],
        "fte": said["fte"],
        "amount": said["amount"],
        "recipientUnit": said["recipient_unit"],
        "recipientName": said["recipient"],
        "recipientKind": said["recipient_type"],
        "territory": territory,
        "authorityConsentRef": assumed["authority_consent_ref"],
        **days(assumed, "valid_from", "valid_to", "double_funding_checked_on"),
    }
    contract = {
        "form": assumed["form"],
        "costKinds": ["PERSONNEL"],
        "ceiling": "55000.00",
        "dataProtectionRole": "TRANSFER_78_SGB_X",
        "passesOnConditions": True,
        "hasReportingDuty": True,
        "hasSupervisionClause": True,
        **days(assumed, "proof_due_on"),
    }
    await funding.allocation(body, contract, said["selection_reason"])


async def _request_own_share(
    funding: Funding, line: dict[str, Any], said: dict[str, Any], forwarding: dict[str, Any]
) -> None:
    body = {
        "fiscalYear": 2020,
        "requestedBy": forwarding["recipient"],
        "awardLineId": line["id"],
        "personnelCost": said["personnel_cost_per_fte"],
        "overheadCost": said["overhead_per_fte"],
        "ceiling": said["ceiling_per_fte"],
        "fte": forwarding["fte"],
        "requestedAmount": said["requested"],
        "recommendedAmount": said["recommended"],
        "source": said["source"],
        **days(said, "requested_on"),
    }
    await funding.ensure("/v1/own-share-requests", body, "requestedBy")


async def _plan_budget(funding: Funding, plan: dict[str, Any]) -> None:
    for posting in plan["postings"]:
        body = {
            "kind": posting["kind"],
            "amount": posting["amount"],
            "fiscalYear": plan["fiscal_year"],
            "product": plan["product"],
            "account": posting["account"],
            "nameDe": posting["name_de"],
            "source": plan["source"],
        }
        await funding.ensure("/v1/budget-entries", body, "kind", "product", "fiscalYear")


async def load_rheine(funding: Funding) -> None:
    """Posts in versions, and the coordination post with who sits on it since when."""
    said = paper("rheine")
    occupied = {entry["position"]: entry for entry in said["occupancies"]}
    for post in said["positions"]:
        first, *amendments = post["versions"]
        body = {
            "postType": post["kind"],
            "approvedFte": first["approved_fte"],
            "label": post["name_de"],
            "unitId": post["unit"],
            "ags": said["municipality_ags"],
            "source": post["source"],
            "effectiveFrom": first["assumed_valid_from"].isoformat(),
        }
        position = await funding.ensure("/v1/positions", body, "label")
        path = f"/v1/positions/{position['id']}"
        for amended in amendments[position["versionNumber"] - 1 :]:
            version = {
                "approvedFte": amended["approved_fte"],
                "effectiveFrom": amended["assumed_valid_from"].isoformat(),
            }
            position = await funding.act(position, f"{path}/versions", version, by=funding.officer)
        entry = occupied.get(post["key"])
        if entry is not None and not position["occupancies"]:
            seat = {
                "share": entry["filled_fte"],
                "since": entry["occupied_from"].isoformat(),
                "source": entry["source"],
            }
            await funding.act(position, f"{path}/occupancies", seat, by=funding.officer)


async def load_bergisch_gladbach(funding: Funding) -> None:
    """One post that is planned for a quarter and paid by nobody yet."""
    said = paper("bergisch_gladbach")
    post = said["position"]
    body = {
        "postType": post["kind"],
        "approvedFte": post["fte"],
        "label": f"Case Management {post['focus_de']}",
        "unitId": post["unit"],
        "ags": said["municipality_ags"],
        "locationNote": post["location_note_de"],
        "focus": [post["focus"]],
        "plannedStart": post["planned_start"],
        "effectiveFrom": post["assumed_effective_from"].isoformat(),
        "source": post["source"],
    }
    await funding.ensure("/v1/positions", body, "label")
