import pytest
from pydantic import ValidationError

from shared.kernel.money import Money
from shared.web.fields import Ags, Amount, Fte, LegalDate, RequestModel, line, paragraph

Name = line(40)
Note = paragraph(200)


class Form(RequestModel):
    full_name: Name | None = None
    note: Note | None = None
    opened_on: LegalDate | None = None
    amount: Amount | None = None
    fte: Fte | None = None
    ags: Ags | None = None


@pytest.mark.parametrize(
    "given",
    ["O'Neill", "Null", "محمد", "می‌خواهم", "👩‍👩‍👧", "Yıldız Şahin", "Nguyễn Văn A"],
)
def test_names_of_any_script_are_accepted(given: str) -> None:
    assert Form.model_validate({"fullName": given}).full_name is not None


def test_decomposed_text_is_stored_composed() -> None:
    assert Form.model_validate({"fullName": "Mu\u0308ller"}).full_name == "Müller"


@pytest.mark.parametrize(
    "given", ["", "   ", "\u200b\u200c", "a\x00b", "a\x1bb", "a\nb", "a\x85b", "x" * 41, 5]
)
def test_text_that_shows_nothing_or_controls_something_is_refused(given: object) -> None:
    with pytest.raises(ValidationError):
        Form.model_validate({"fullName": given})


def test_a_paragraph_keeps_its_lines() -> None:
    assert Form.model_validate({"note": "a\r\nb\tc"}).note == "a\nb\tc"


@pytest.mark.parametrize("given", [20221121, "2022-13-01", "21.11.2022", "1022-01-01", True])
def test_a_date_is_iso_text_of_our_time(given: object) -> None:
    with pytest.raises(ValidationError):
        Form.model_validate({"openedOn": given})


@pytest.mark.parametrize("given", [55000, 55000.0, "55000", "-1.00", "1e5", "55.000,00"])
def test_an_amount_is_text_with_two_decimals(given: object) -> None:
    with pytest.raises(ValidationError):
        Form.model_validate({"amount": given})


def test_amounts_arrive_as_money() -> None:
    assert Form.model_validate({"amount": "55000.00"}).amount == Money.euros(55_000)


def test_a_municipality_key_keeps_its_leading_zero() -> None:
    assert Form.model_validate({"ags": "05570044"}).ags == "05570044"
    with pytest.raises(ValidationError):
        Form.model_validate({"ags": 5570044})


def test_unknown_fields_and_snake_case_are_refused() -> None:
    for body in ({"fullname": "x"}, {"full_name": "x"}):
        with pytest.raises(ValidationError):
            Form.model_validate(body)
