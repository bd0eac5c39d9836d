"""Which names of other systems stand for a number that may identify nobody (H3)."""

import pytest

from shared.kernel.register_numbers import RegisterNumberRefused, require_no_register


@pytest.mark.parametrize(
    "name",
    ["AZR-Nummer", "BG", "bg-nr", "Kunden-Nr.", "Steuer-ID", "Steueridentifikationsnummer",
     "steuer_nr", "Steuernummer", "Tax", "Jobcenter-Nr.", "Rentenversicherungsnummer"],
)  # fmt: skip
def test_the_name_of_a_register_is_refused(name: str) -> None:
    with pytest.raises(RegisterNumberRefused):
        require_no_register(name)


@pytest.mark.parametrize(
    "name",
    ["zusteuerung-kreis", "steuerungsstelle", "jobcenter-fachverfahren", "Jobcenter Rheine",
     "Aussteuerung", "kim-controlling"],
)  # fmt: skip
def test_a_system_of_an_agency_is_not_taken_for_a_register(name: str) -> None:
    require_no_register(name)
