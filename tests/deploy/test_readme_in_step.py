"""The page about the local system names what the program knows, and nothing else."""

import re

from deploy.local.__main__ import EPILOG, _parser
from deploy.local.settings import DEFAULT_PORTS, PROJECT_DIR, LocalSettings

README = (PROJECT_DIR / "deploy" / "local" / "README.md").read_text()
VARIABLES = {f"KIM_{name.upper()}" for name in LocalSettings.model_fields}


def test_every_setting_is_in_the_table_and_every_variable_there_exists() -> None:
    assert set(re.findall(r"`(KIM_[A-Z_]+)`", README)) == VARIABLES


def test_the_help_names_no_variable_that_does_not_exist() -> None:
    assert set(re.findall(r"KIM_[A-Z_]+(?![A-Z_<])", EPILOG)) - {"KIM_"} <= VARIABLES


def test_every_command_exists() -> None:
    [verbs] = [action.choices for action in _parser()._actions if action.dest == "command"]
    assert verbs is not None
    written = set(re.findall(r"^python -m deploy\.local ([a-z-]+)", README, re.MULTILINE))
    assert written == set(verbs) - {"check-migrations"}


def test_the_ports_are_the_defaults() -> None:
    table = README[: README.index("## Commands")]
    named = {int(number) for number in re.findall(r"\b(\d{4,5})\b", table)}
    assert named <= set(DEFAULT_PORTS.values()) | {8002, 8012}
    assert {8000, 8009, 42229, 42230, 54329} <= named
