"""A process is asked for its health from inside its container, with and without certificates."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.ports import free_ports
from shared.web.probe import main
from tests.authority import Authority
from tests.shared.test_tls import served, tls_of

PROBE = ("live", "--prefix", "CASES")


async def asked(*arguments: str) -> int:
    return await asyncio.to_thread(main, list(arguments))


async def test_the_probe_shows_the_certificate_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = Authority(tmp_path, "inside")
    certificate = authority.issue("cases", "localhost", "127.0.0.1")
    async with served(tls_of(certificate, authority.ca, authority.ca)) as port:
        probe = (*PROBE, "--port", str(port))
        assert await asked(*probe) == 1
        monkeypatch.setenv("CASES_TLS_CERTIFICATE_FILE", str(certificate[0]))
        monkeypatch.setenv("CASES_TLS_KEY_FILE", str(certificate[1]))
        assert await asked(*probe) == 1
        monkeypatch.setenv("CASES_TLS_CA_FILE", str(authority.ca))
        assert await asked(*probe) == 0
        capsys.readouterr()
        assert await asked("ready", "--prefix", "CASES", "--port", str(port)) == 1
        assert capsys.readouterr().err != ""


def test_the_probe_needs_nothing_but_python_and_says_who_is_missing() -> None:
    port = free_ports(["probe"])["probe"]
    ended = subprocess.run(
        [sys.executable, "-S", "-m", "shared.web.probe", *PROBE, "--port", str(port)],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert f"No answer at localhost:{port}" in ended.stderr
