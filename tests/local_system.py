"""One installation under test: `python -m deploy.local` with its own folder and ports."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from deploy.local.ports import free_ports
from deploy.local.processes import PidFile
from deploy.local.settings import DEFAULT_PORTS, PROJECT_DIR, LocalSettings
from tests.receiver import PLAIN_HOSTS

# Deliveries go to receivers on this machine, without TLS.
RECEIVERS = {
    f"{service}_WEBHOOK_PLAIN_HOSTS": json.dumps(PLAIN_HOSTS)
    for service in ("CASES", "FUNDING", "REFERRALS")
}
# Journeys ask more in a minute than a partner does.
UNLIMITED = {
    "GATEWAY_MACHINE_REQUESTS_PER_MINUTE": "0",
    **{
        f"{service}_MACHINE_{kind}_PER_MINUTE": "0"
        for service in ("CASES", "FUNDING", "REFERRALS")
        for kind in ("READS", "WRITES")
    },
    **{
        f"{program}_STRANGER_REQUESTS_PER_MINUTE": "0"
        for program in ("GATEWAY", "CASES", "FUNDING", "REFERRALS")
    },
}
TIMEOUT_S = 180.0  # of a machine that does much else
POLL_S = 0.02


@dataclass
class LocalSystem:
    """One installation with its own folder and ports."""

    state_dir: Path
    ports: dict[str, int] = field(default_factory=lambda: free_ports(DEFAULT_PORTS))
    running: subprocess.Popen[str] | None = None
    is_durable: bool = False
    """Whether what was acknowledged is on disk: without it an engine killed by force forgets."""

    @property
    def settings(self) -> LocalSettings:
        """Addresses and ports, as the programs see them."""
        return LocalSettings.model_validate(
            {"state_dir": self.state_dir, "is_durable": self.is_durable, **self.ports}
        )

    @property
    def environment(self) -> dict[str, str]:
        ports = {f"KIM_{name.upper()}": str(port) for name, port in self.ports.items()}
        state = {
            "KIM_STATE_DIR": str(self.state_dir),
            "KIM_IS_DURABLE": str(self.is_durable).lower(),
        }
        demo = {"KIM_HAS_DEMO_DATA": "false"}
        return {
            **os.environ,
            **ports,
            **state,
            **demo,
            **UNLIMITED,
            **RECEIVERS,
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    @property
    def output_file(self) -> Path:
        return self.state_dir.with_suffix(".out")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "deploy.local", *arguments],
            env=self.environment,
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )

    def run(self, *arguments: str) -> None:
        """Start in the background and wait until it says that everything is ready."""
        with self.output_file.open("w") as output:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "deploy.local", "run", *arguments],
                env=self.environment,
                cwd=PROJECT_DIR,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
            )
        wait_for(lambda: "Ctrl-C stops everything" in self.output or not self.is_running)
        assert self.is_running, self.output

    def load_demo_data(self) -> None:
        """Through the public interfaces, as `run` does; the second time it changes nothing."""
        ended = subprocess.run(
            [sys.executable, "-m", "deploy.local.demo.load"],
            env=self.environment,
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr

    @property
    def is_running(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def end(self, number: signal.Signals) -> int:
        """Send a signal to the supervisor alone and answer its exit code."""
        assert self.running is not None
        self.running.send_signal(number)
        return self.running.wait(TIMEOUT_S)

    def state_of(self, part: str) -> str:
        line = next(
            line for line in self.command("status").stdout.splitlines() if line.startswith(part)
        )
        return re.split(r"  +", line)[1]

    def process_of(self, part: str) -> psutil.Process:
        process = PidFile(self.state_dir / "run" / f"{part}.pid").find()
        assert process is not None
        return process


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(POLL_S)
