"""`python -m deploy.local run`: start everything, load the demonstration data, say where it is."""

import os
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path

from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.parts import Installation
from deploy.local.settings import DEFAULT_PORT_BASE, PROJECT_DIR, LocalSettings
from deploy.local.supervisor import PartFailed, Supervisor

DEMO_LOADER = "deploy.local.demo.load"


def run(settings: LocalSettings, chosen: tuple[str, ...]) -> int:
    """Start everything (or the chosen parts) and stay until told to end."""
    began = time.monotonic()
    installation = Installation(settings)
    print(f"Starting KIM in {settings.state_dir}")

    def when_ready() -> None:
        if settings.has_demo_data and not chosen:
            _load_demo_data(installation)
        print(f"Ready after {time.monotonic() - began:.1f} s.\n")
        print(_summary(installation, chosen), flush=True)

    Supervisor(installation, chosen, say=_say).run(when_ready)
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _load_demo_data(installation: Installation) -> None:
    """A process of its own: it is a client like any other. It shows its own progress."""
    settings = installation.settings
    ports = {f"KIM_{name.upper()}": str(port) for name, port in settings.ports().items()}
    ended = subprocess.run(
        [sys.executable, "-m", DEMO_LOADER],
        env={**os.environ, **ports, "KIM_STATE_DIR": str(settings.state_dir)},
        cwd=PROJECT_DIR,
        check=False,
    )
    if ended.returncode:
        raise PartFailed("The demonstration data could not be loaded; the reason stands above.")


def _summary(installation: Installation, chosen: tuple[str, ...]) -> str:
    settings = installation.settings
    lines = [
        f"  {part.name:<17} {part.address}"
        for part in installation.parts()
        if not chosen or part.name in chosen
    ]
    lines += ["", "Sign in as (more in deploy/local/personas.yaml):"]
    people = list(read_directory(PERSONAS_FILE).people.values())
    for tenant, members in groupby(people, lambda one: one.affiliation.tenant_name):
        lines.append(f"  {tenant}: {', '.join(one.id for one in members)}")
    authorization = '-H "Authorization: Bearer $TOKEN"'
    json_body = (
        """-H 'Content-Type: application/json' -d '{"query":"{ viewer { unitId roles } }"}'"""
    )
    lines += [
        "",
        f"In the browser: {settings.gateway_url}/",
        "",
        "Try it:",
        f"  TOKEN=$({_this_program(settings)} token waf-case-manager)",
        f"  curl -s {settings.gateway_url}/graphql {authorization} {json_body}",
        f"  curl -s http://127.0.0.1:{settings.cases_port}/v1/cases {authorization}",
        "",
        "Ctrl-C stops everything; logs are in " + str(settings.log_dir),
    ]
    return "\n".join(lines)


def _this_program(settings: LocalSettings) -> str:
    """The command to type, with what differs from the defaults."""
    python = Path(sys.executable)
    if python.is_relative_to(Path.cwd()):
        python = python.relative_to(Path.cwd())
    is_moved = settings.port_base != DEFAULT_PORT_BASE
    flags = [f"--port-base {settings.port_base}"] if is_moved else []
    return " ".join([str(python), "-m", "deploy.local", *flags])
