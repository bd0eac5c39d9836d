"""The whole system as real processes, of which any may be killed and started again."""

import signal
import subprocess
import time
from pathlib import Path

import httpx

from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.parts import Installation, Part
from deploy.local.ports import free_ports
from deploy.local.processes import last_lines, spawn
from deploy.local.settings import DEFAULT_PORTS, SERVICES, LocalSettings
from deploy.local.sign_in import sign_in, sign_in_system
from deploy.local.supervisor import migrate, stop_part

READY_TIMEOUT_S = 60.0
POLL_S = 0.05
ENGINES = ("postgres", "nats", "issuer")


class PartDidNotStart(Exception):  # noqa: N818 - reads as a sentence
    """A part ended or did not become ready; the message carries its last lines."""


class System:
    """One installation in a folder and on ports of its own."""

    def __init__(self, folder: Path) -> None:
        ports = free_ports(DEFAULT_PORTS)
        self.installation = Installation(
            LocalSettings(state_dir=folder, has_demo_data=False, **ports)
        )
        self.parts = {part.name: part for part in self.installation.parts()}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._tokens: dict[str, str] = {}
        self._directory = read_directory(PERSONAS_FILE)

    def start_all(self) -> None:
        self.start(*ENGINES)
        migrate(self.installation, list(SERVICES))
        self.start(*(name for name in self.parts if name not in ENGINES))

    def stop_all(self) -> None:
        for part in reversed(self.parts.values()):
            stop_part(part)
        for process in self._processes.values():
            process.wait()

    def start(self, *names: str) -> None:
        """Start the parts and wait until each is ready. Raises PartDidNotStart."""
        for name in names:
            part = self.parts[name]
            part.prepare()
            process = spawn(part.command(), part.log_file)
            part.pid_file.write(process.pid)
            self._processes[name] = process
        deadline = time.monotonic() + READY_TIMEOUT_S
        for name in names:
            self._wait(self.parts[name], deadline)

    def kill(self, *names: str) -> None:
        """SIGKILL: no part of it gets to finish anything."""
        for name in names:
            process = self._processes.pop(name)
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.parts[name].pid_file.remove()

    def _wait(self, part: Part, deadline: float) -> None:
        while not part.is_ready():
            if self._processes[part.name].poll() is not None or time.monotonic() > deadline:
                lines = "\n".join(last_lines(part.log_file, 20))
                raise PartDidNotStart(f"{part.name}:\n{lines}")
            time.sleep(POLL_S)

    def token(self, name: str) -> str:
        """The access token of a persona or a machine client, by the real flow."""
        if name not in self._tokens:
            url = self.installation.settings.issuer_url
            system = self._directory.systems.get(name)
            answer = sign_in_system(url, system) if system else sign_in(url, name)
            self._tokens[name] = str(answer["access_token"])
        return self._tokens[name]

    def client(self, part: str, who: str) -> httpx.AsyncClient:
        """An HTTP client of one part, signed in as `who`."""
        return httpx.AsyncClient(
            base_url=self.parts[part].address,
            headers={"Authorization": f"Bearer {self.token(who)}"},
            timeout=20,
        )
