"""A structural finding from the first extract to its solution (R-S4-7)."""

from typing import Any

from tests.services.cases.conftest import Person, SignedIn, today

PROBLEM = "Sprachkurse beginnen so selten, dass Monate ohne Kurs vergehen."
FINDINGS = "/v1/structural-findings"


def finding_of(case: dict[str, Any], **changes: Any) -> dict[str, Any]:
    extract = {"caseId": case["id"], "fieldOfAction": "LANGUAGE", "problem": PROBLEM} | changes
    return {"title": "Zu wenige Kurse", "fieldOfAction": "LANGUAGE", "extracts": [extract]}


async def act(person: Person, finding: dict[str, Any], action: str, **how: Any) -> Any:
    path = f"{FINDINGS}/{finding['id']}/actions/{action}"
    version = (await person.get(f"{FINDINGS}/{finding['id']}"))["version"]
    body = how.pop("body", None)
    return await person.send("POST", path, body, version=version, **how)


async def step(person: Person, finding: dict[str, Any], step: str, **how: Any) -> Any:
    body = {"step": step, "doneOn": today(), "result": "Festgehalten."}
    return await person.post(f"{FINDINGS}/{finding['id']}/steps", body, **how)


async def test_a_finding_goes_from_extracts_to_its_solution(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    hatice = signed_in("waf-coordinator")
    finding = await anna.post(FINDINGS, finding_of(case, arrivalYear=2022))
    assert finding["state"] == "DRAFT"
    assert (await act(anna, finding, "begin-analysis", status=422))["guards"] == ["cases-collected"]
    await step(anna, finding, "COLLECT")
    assert (await act(anna, finding, "begin-analysis"))["state"] == "IN_ANALYSIS"
    assert (await step(hatice, finding, "DISCUSS", status=409))["code"] == "step-out-of-order"
    await step(anna, finding, "ANALYSE")
    discussed = await step(hatice, finding, "DISCUSS")
    particulars = {
        "title": "Zu wenige Kurse",
        "fieldOfAction": "LANGUAGE",
        "participantUnits": ["waf-cm", "waf-ki"],
        "partnerUnits": ["waf-jobcenter"],
        "proposedMeasure": "Brückenkurs zwischen den Integrationskursen.",
        "fundingReference": "INTERFACE_MEASURES",
    }
    path = f"{FINDINGS}/{finding['id']}"
    await hatice.put(path, particulars, version=discussed["version"])
    assert (await act(hatice, finding, "propose-measure"))["state"] == "MEASURE_PROPOSED"
    assert (await act(anna, finding, "start-measure", status=403))["code"] == "not-your-turn"
    assert (await act(hatice, finding, "start-measure"))["state"] == "MEASURE_RUNNING"
    await step(hatice, finding, "MEASURE")
    await step(hatice, finding, "EVALUATE")
    solved = await act(hatice, finding, "solve")
    assert solved["state"] == "SOLVED"
    assert [one["step"] for one in solved["steps"]] == [
        "COLLECT", "ANALYSE", "DISCUSS", "MEASURE", "EVALUATE",
    ]  # fmt: skip
    refused = await act(hatice, finding, "set-aside", body={"reason": "x"}, status=409)
    assert refused["code"] == "finding-is-solved"


async def test_coordination_reads_codes_and_no_link_to_a_case(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    finding = await anna.post(FINDINGS, finding_of(case, arrivalYear=2022))
    hatice = signed_in("waf-coordinator")
    shown = await hatice.get(f"{FINDINGS}/{finding['id']}")
    [extract] = shown["extracts"]
    assert extract == {
        "id": extract["id"],
        "fieldOfAction": "LANGUAGE",
        "residenceGroup": "OTHER_UNKNOWN",
        "arrivalBand": "SINCE_2022",
        "ageBand": "AGE_27_TO_44",
        "language": "ukr",
        "municipalityAgs": None,
        "problem": PROBLEM,
    }
    text = str(shown)
    for trace in (case["id"], case["reference"], case["personId"], "Kowalenko", "1990"):
        assert trace not in text
    await hatice.get(f"/v1/cases/{case['id']}/extracts", status=403)
    [origin] = (await anna.get(f"/v1/cases/{case['id']}/extracts"))["items"]
    assert (origin["findingId"], origin["extractId"]) == (finding["id"], extract["id"])
    for persona in ("waf-b3-officer", "rheine-caritas-case-manager"):
        await signed_in(persona).get(f"{FINDINGS}/{finding['id']}", status=404)


async def test_a_name_in_the_problem_is_asked_about_before_anything_is_stored(
    anna: Person, case: dict[str, Any]
) -> None:
    body = finding_of(case, problem="Olena Kowalenko wartet auf einen Kurs.")
    refused = await anna.post(FINDINGS, body, status=422)
    assert refused["code"] == "names-suspected"
    assert refused["errors"][0]["pointer"] == "/extracts/0/problem"
    assert (await anna.get(f"/v1/cases/{case['id']}/extracts"))["items"] == []
    await anna.post(FINDINGS, finding_of(case, problem="Frau und Mann warten.", isTextChecked=True))


async def test_a_case_of_another_unit_or_twice_the_same_is_refused(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    stranger = signed_in("rheine-caritas-case-manager")
    assert (await stranger.post(FINDINGS, finding_of(case), status=404))["code"] == "not-found"
    finding = await anna.post(FINDINGS, finding_of(case))
    again = finding_of(case)["extracts"][0]
    path = f"{FINDINGS}/{finding['id']}/extracts"
    assert (await anna.post(path, again, status=409))["code"] == "case-is-extracted"
    assert len((await anna.get(f"{FINDINGS}/{finding['id']}"))["extracts"]) == 1


async def test_a_municipality_is_named_once_enough_cases_look_the_same(anna: Person) -> None:
    opening = {
        "origin": "SELF_CONTACT",
        "pseudonym": "P",
        "language": "som",
        "municipalityAgs": "05570052",
    }
    shown = []
    for _ in range(3):
        case = await anna.post("/v1/cases", opening)
        finding = await anna.post(FINDINGS, finding_of(case, isMunicipalityNamed=True))
        shown.append(finding["extracts"][0]["municipalityAgs"])
    assert shown == [None, None, "05570052"]
