"""Load the invented families of Kreis Warendorf, as a county takes over an older system."""

import json
from hashlib import sha256
from typing import Any

from deploy.local.demo.client import Client, NotAnswered
from deploy.local.demo.people import Family, Person, families

IMPORTER = "waf-case-manager"
CASE_MANAGERS = (
    IMPORTER,
    "waf-case-manager-2",
    "rheine-caritas-case-manager",
    "rheine-lernen-foerdern-case-manager",
)
BOUND_TO_SECRECY_ON = "2021-02-01"


async def bind_staff(client: Client) -> int:
    """Case managers on record as bound to secrecy; without that nobody may hold a case.

    Answers how many were new.
    """
    created = 0
    for persona in CASE_MANAGERS:
        known = await client.items(persona, "cases", "/v1/staff-members")
        if not any(entry["actor"].endswith(f"|{persona}") for entry in known):
            body = {"boundToSecrecyOn": BOUND_TO_SECRECY_ON, "isStateRecognised": True}
            answer = await client.put(persona, "cases", "/v1/staff-members", body)
            created += bool(answer.accepted)
    return created


async def load_families(client: Client) -> int:
    """379 families in one file. Answers how many were new.

    The file can be sent again: a key that is known changes nothing.
    """
    lines = "\n".join(json.dumps(_line(family), ensure_ascii=False) for family in families())
    answer = await client.post_lines(
        IMPORTER,
        "cases",
        "/v1/imports/cases",
        lines,
        key=f"demo-families-{sha256(lines.encode()).hexdigest()[:32]}",
    )
    report = answer.accepted
    if report["refused"]:
        refused = [line for line in report["report"] if line["status"] == "refused"]
        raise NotAnswered(f"The import refused {report['refused']} lines: {refused[:3]}")
    return 0 if answer.is_replay else int(report["created"])


def _line(family: Family) -> dict[str, Any]:
    return {
        "key": family.key,
        "state": family.phase,
        "openedOn": family.opened_on.isoformat(),
        "stateSince": family.in_phase_since.isoformat(),
        "language": family.client.languages[0],
        "municipalityAgs": family.municipality_ags,
        "arrivalCohort": next(iter(family.cohorts), None),
        "otherBasis": "PUBLIC_TASK",
        "otherBasisReason": "Übernahme aus dem Altverfahren, § 9 TIntG NRW",
        "members": [
            {"role": _role(family, person), "person": _particulars(person)}
            for person in family.members
        ],
    }


def _role(family: Family, person: Person) -> str:
    if person is family.client:
        return "CLIENT"
    return "PARTNER" if person.is_adult else "CHILD"


def _particulars(person: Person) -> dict[str, Any]:
    written = f"{person.given_name.written} {person.family_name.written}"
    latin = f"{person.given_name.latin} {person.family_name.latin}"
    return {
        "familyName": person.family_name.latin,
        "givenNames": person.given_name.latin,
        "originalName": written if written != latin else None,
        "birthDate": person.born,
        "gender": person.gender,
        "nationalities": list(person.nationalities),
        "languages": list(person.languages),
    }
