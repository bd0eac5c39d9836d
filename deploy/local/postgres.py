"""A real PostgreSQL for one machine: from the wheel's programs or from any other bin directory."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from deploy.local.credentials import Credentials, write_private
from deploy.local.processes import Account, Command, PidFile, last_lines, spawn, stop
from deploy.local.settings import HOST, PROJECT_DIR

ADMIN = "postgres"
ROLES_SQL = PROJECT_DIR / "deploy" / "postgres" / "roles.sql"
STOP_TIMEOUT_S = 30.0
START_TIMEOUT_S = 60.0
PSQL_TIMEOUT_S = 60.0
POLL_S = 0.05
LOG_LINES_SHOWN = 10
CONNECTIONS_MAX = 200
VERSION_MIN = 16
VERSION_WITH_BUILTIN_LOCALE = 17
SCRAM_FEW = 16  # for what is thrown away: guessing its passwords gains nobody anything
LOGIN_ROLES = ("owner", "app", "relay")


class PostgresFailed(Exception):
    """A program of PostgreSQL ended with an error; the message carries its last words."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """One server on the loopback interface; every connection needs a password (SCRAM)."""

    home: Path
    bin_dir: Path
    port: int
    credentials: Credentials
    account: Account | None = None
    is_durable: bool = True

    @property
    def data_dir(self) -> Path:
        return self.home / "data"

    @property
    def log_file(self) -> Path:
        return self.home / "postgres.log"

    def prepare(self) -> None:
        """Make the data directory if there is none; end a server that a killed start left."""
        self._stop_leftover()
        if self.data_dir.exists():
            return
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        password_file = fresh.with_suffix(".password")
        write_private(password_file, self.credentials[ADMIN])
        if self.account:
            for path in (fresh, password_file):
                os.chown(path, self.account.uid, self.account.gid)
        argv = [
            str(self.bin_dir / "initdb"),
            f"--pgdata={fresh}",
            f"--username={ADMIN}",
            "--auth=scram-sha-256",
            f"--pwfile={password_file}",
            "--encoding=UTF8",
            "--locale=C",
            *([] if self.is_durable else ["--no-sync", "--set", f"scram_iterations={SCRAM_FEW}"]),
            *self._locale_provider(),
        ]
        try:
            self._run_program(argv)
        finally:
            password_file.unlink()
        fresh.rename(self.data_dir)

    def command(self) -> Command:
        settings = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": str(CONNECTIONS_MAX),
            "shared_buffers": "256MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] %q%u@%d ",
        }
        if not self.is_durable:
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "scram_iterations": str(SCRAM_FEW),
            }
        options = [part for item in settings.items() for part in ("-c", "=".join(item))]
        return Command(
            argv=(str(self.bin_dir / "postgres"), "-D", str(self.data_dir), *options),
            account=self.account,
            cwd=Path("/"),
            stop_signal=signal.SIGINT,  # "fast": refuses new work and ends sessions
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Prepare, start and wait until ready. Raises PostgresFailed."""
        self.prepare()
        process = spawn(self.command(), self.log_file)
        self.pid_file.write(process.pid)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                said = "\n".join(last_lines(self.log_file, LOG_LINES_SHOWN))
                raise PostgresFailed(f"PostgreSQL did not start:\n{said}")
            time.sleep(POLL_S)
        return process

    def stop(self) -> None:
        process = self.pid_file.find()
        if process:
            stop(process, signal.SIGINT, STOP_TIMEOUT_S)
        self.pid_file.remove()

    def is_ready(self) -> bool:
        probe = subprocess.run(
            [self.bin_dir / "pg_isready", "-q", "-h", HOST, "-p", str(self.port)],
            check=False,
            timeout=PSQL_TIMEOUT_S,
        )
        return probe.returncode == 0

    def dsn(self, role: str, database: str) -> str:
        return f"postgresql://{role}:{self.credentials[role]}@{HOST}:{self.port}/{database}"

    def provision(self, service: str, database: str | None = None) -> None:
        """Make the service's database and its roles, or bring them in step. Idempotent."""
        passwords = {
            f"KIM_{kind.upper()}_PASSWORD": self.credentials[f"kim_{service}_{kind}"]
            for kind in LOGIN_ROLES
        }
        variables = {"service": service, "database": database or f"kim_{service}"}
        self.psql("postgres", file=ROLES_SQL, variables=variables, env=passwords)

    def psql(
        self,
        database: str,
        *,
        statement: str = "",
        file: Path | None = None,
        variables: dict[str, str] | None = None,
        env: dict[str, str] | None = None,
    ) -> str:
        """Run as the administrator; answers the bare rows. Raises PostgresFailed."""
        source = ["--file", str(file)] if file else ["--command", statement]
        settings = [f"--set={name}={value}" for name, value in (variables or {}).items()]
        argv = [
            str(self.bin_dir / "psql"),
            *("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"),
            *("--host", HOST, "--port", str(self.port), "--username", ADMIN),
            *("--dbname", database, *settings, *source),
        ]
        ended = subprocess.run(
            argv,
            env={**os.environ, "PGPASSWORD": self.credentials[ADMIN], **(env or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=PSQL_TIMEOUT_S,
        )
        if ended.returncode:
            raise PostgresFailed(ended.stderr.strip())
        return ended.stdout.strip()

    @property
    def pid_file(self) -> PidFile:
        return PidFile(self.home / "postgres.pid")

    def _stop_leftover(self) -> None:
        """End the server of this very data directory that outlived a supervisor killed by force.

        PostgreSQL's lock file goes only when no process works in the directory any more, neither
        a postmaster nor an orphaned session: its number may belong to a stranger after a crash of
        the machine, or to a dead process that nobody has fetched yet, and PostgreSQL would refuse
        to start for either.
        """
        lock_file = self.data_dir / "postmaster.pid"
        try:
            postmaster = psutil.Process(int(lock_file.read_text().split()[0]))
            if _works_in(postmaster, self.data_dir):
                stop(postmaster, signal.SIGINT, STOP_TIMEOUT_S)
        except FileNotFoundError:
            return
        except (ValueError, IndexError, psutil.NoSuchProcess):
            pass  # not readable or already gone: what is left are sessions, if anything
        for session in psutil.process_iter():
            if _works_in(session, self.data_dir):
                stop(session, signal.SIGQUIT, STOP_TIMEOUT_S)
        lock_file.unlink(missing_ok=True)

    def _locale_provider(self) -> list[str]:
        """PostgreSQL 17 brought its own C.UTF-8, the same on every machine.

        Raises PostgresFailed before version 16, whose roles cannot do what ours need.
        """
        said = self._run_program([str(self.bin_dir / "initdb"), "--version"])
        version = int(said.split()[2].split(".")[0])
        if version < VERSION_MIN:
            raise PostgresFailed(f"PostgreSQL {VERSION_MIN} or newer is needed; this is {said}.")
        is_builtin = version >= VERSION_WITH_BUILTIN_LOCALE
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if is_builtin else []

    def _run_program(self, argv: list[str]) -> str:
        account = self.account
        ended = subprocess.run(
            argv,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if ended.returncode:
            raise PostgresFailed(f"{argv[0]}: {ended.stderr.strip()}")
        return ended.stdout.strip()


def _works_in(process: psutil.Process, directory: Path) -> bool:
    """Every process of a PostgreSQL server has the data directory as its working directory."""
    try:
        return process.cwd() == str(directory)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
