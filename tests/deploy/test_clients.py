"""Clients of all services in three languages: nothing to warn of, and compilers take them.

Where a machine lacks a compiler its part is skipped, but never in CI: `.ci/run` installs them.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.clients import (
    GENERATOR,
    LANGUAGES,
    SERVICES,
    Made,
    make_clients,
    warnings_of_every_contract,
)

STAND_INS = Path(__file__).with_name("java_stand_ins")
NULL_NAME = "[main] WARN  o.o.codegen.utils.ModelUtils - Failed to get the schema name: null"
# One short run: see deploy.clients.
JAVAC = ("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-nowarn", "-proc:none")
Clients = dict[tuple[str, str], Made]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Clients:
    clients = make_clients(tmp_path_factory.mktemp("clients"), SERVICES, LANGUAGES)
    return {(one.service, one.language): one for one in clients}


@pytest.fixture(scope="module")
def of_the_generator() -> dict[str, frozenset[str]]:
    return {language: warnings_of_every_contract(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_the_generated_clients_come_without_warnings(
    made: Clients, of_the_generator: dict[str, frozenset[str]], service: str, language: str
) -> None:
    client = made[service, language]
    assert [line for line in client.warnings if line not in of_the_generator[language]] == []
    sources = [one for one in client.folder.rglob("*") if one.suffix in (".py", ".ts", ".java")]
    assert len(sources) > 200


def test_the_generator_itself_warns_in_one_language_alone(
    of_the_generator: dict[str, frozenset[str]],
) -> None:
    """Its Python part says so of any member; once it does not, the exception is to go."""
    assert of_the_generator == {
        "python": frozenset({NULL_NAME}),
        "typescript-fetch": frozenset(),
        "java": frozenset(),
    }


@pytest.mark.parametrize("service", SERVICES)
def test_the_typescript_client_compiles(made: Clients, service: str) -> None:
    folder = made[service, "typescript-fetch"].folder
    _compiled(_program("tsc"), "--noEmit", "-p", folder)


def test_the_java_clients_compile(made: Clients, tmp_path: Path) -> None:
    sources = [
        source
        for service in SERVICES
        for source in (made[service, "java"].folder / "src" / "main").rglob("*.java")
    ]
    assert len(sources) > 900
    listed = tmp_path / "sources"
    listed.write_text("\n".join(map(str, sources)), encoding="utf-8")
    paths = ("-cp", GENERATOR, "-sourcepath", STAND_INS, "-d", tmp_path / "classes")
    _compiled(_program("javac"), *JAVAC, *paths, f"@{listed}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed; .ci/run installs it.")
        pytest.skip(f"{name} is not installed.")
    return found


def _compiled(*command: str | Path) -> None:
    ended = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
