"""Every user error has its code, its severity, both languages, and where in the input it lies."""

from uuid import uuid4

import pytest

from tests.gateway.conftest import As
from tests.gateway.test_main_job import SUBMIT, change, mutation, new_referral
from tests.gateway.working import ANNA, bound, opened

BOTH = """... on UserError { severity messageDe messageEn }
  ... on ValidationError { errors { pointer code message messageDe messageEn } }
  ... on GuardFailedError { guards { id message messageDe messageEn } }"""
ACT = mutation("performCaseAction", "PerformCaseActionInput", BOTH)
TASK = mutation("setTask", "SetTaskInput", BOTH)


@pytest.mark.parametrize(("language", "said"), [("de", "messageDe"), ("en", "messageEn")])
async def test_a_refusal_speaks_both_languages_and_prefers_one(
    as_: As, language: str, said: str
) -> None:
    anna = as_(ANNA)
    anna.headers["Accept-Language"] = language
    nobody = {"caseId": str(uuid4()), "action": "OPEN", "expectedVersion": 1}
    refused = await change(anna, ACT, **nobody)
    assert (refused["__typename"], refused["severity"]) == ("NotFoundError", "ERROR")
    assert (refused["messageDe"], refused["messageEn"]) == ("Nicht gefunden.", "Not found.")
    assert refused["message"] == refused[said]
    assert refused["pointer"] == "/caseId"


async def test_what_is_missing_is_said_in_both_languages(as_: As) -> None:
    anna = as_(ANNA)
    await bound(anna)
    case = await opened(anna)
    step = {"caseId": case["id"], "action": "OPEN", "expectedVersion": case["version"]}
    refused = await change(anna, ACT, **step)
    assert (refused["__typename"], refused["severity"]) == ("GuardFailedError", "ERROR")
    assert refused["message"] == refused["messageDe"] != refused["messageEn"]
    assert len(refused["guards"]) > 1
    for guard in refused["guards"]:
        assert guard["message"] == guard["messageDe"] != guard["messageEn"]


async def test_a_refused_field_is_pointed_at_in_the_input(as_: As) -> None:
    anna = as_(ANNA)
    await bound(anna)
    given = {"caseId": (await opened(anna))["id"], "title": "", "dueOn": "2099-01-04"}
    refused = await change(anna, TASK, **given)
    assert (refused["__typename"], refused["pointer"]) == ("ValidationError", "/title")
    (error,) = refused["errors"]
    assert error["messageDe"] == "Der Wert hat nicht die verlangte Form."
    assert error["messageEn"] == "The value does not have the required form."


async def test_a_field_deep_in_the_input_is_pointed_at(as_: As) -> None:
    given = new_referral(place={"ags": "nowhere"})
    refused = await change(as_("st-jobcenter-system"), SUBMIT, **given)
    assert (refused["__typename"], refused["pointer"]) == ("ValidationError", "/place/ags")
