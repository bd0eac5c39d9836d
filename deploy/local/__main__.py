"""`python -m deploy.local`: the whole system on one machine."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deploy.local import commands, running
from deploy.local.engine_files import EngineFilesUnreachable
from deploy.local.nats import NatsServerMissing
from deploy.local.ports import PortInUse
from deploy.local.postgres import PostgresFailed
from deploy.local.settings import LocalSettings
from deploy.local.sign_in import SignInRefused
from deploy.local.state_dir import NotOurFolder
from deploy.local.supervisor import AlreadyRunning, PartFailed

EXPECTED_FAILURES = (
    AlreadyRunning,
    EngineFilesUnreachable,
    NatsServerMissing,
    NotOurFolder,
    PartFailed,
    PortInUse,
    PostgresFailed,
    SignInRefused,
    commands.CannotDo,
)
EPILOG = """
Settings by environment: KIM_STATE_DIR, KIM_PORT_BASE, one KIM_<PART>_PORT each for gateway, cases,
funding, referrals, issuer, cases_worker, funding_worker, referrals_worker, postgres, nats and
nats_monitor, KIM_POSTGRES_BIN, KIM_NATS_SERVER, KIM_HAS_DEMO_DATA, KIM_READY_TIMEOUT_S.
"""


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    flags = {"state_dir": chosen.state_dir, "port_base": chosen.port_base}
    try:
        settings = LocalSettings(**{name: value for name, value in flags.items() if value})
        return int(chosen.act(settings, chosen))
    except BrokenPipeError:  # `status | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except EXPECTED_FAILURES as failure:
        print(failure, file=sys.stderr)
    except ValidationError as failure:
        for fault in failure.errors():
            name = "_".join(str(part) for part in fault["loc"]).upper()
            print(f"KIM_{name}: {fault['msg']}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.local",
        description="PostgreSQL, NATS, a development issuer, three services and the gateway.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--state-dir", type=Path, help="instead of .state (KIM_STATE_DIR)")
    parser.add_argument("--port-base", type=int, help="instead of 8000 (KIM_PORT_BASE)")
    verbs: Any = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    _add_run_and_stop(verbs)
    status = verbs.add_parser("status", help="one line per part")
    status.set_defaults(act=lambda settings, _: commands.status(settings))
    reset = verbs.add_parser("reset", help="forget data, passwords, keys and logs")
    reset.set_defaults(act=lambda settings, _: commands.reset(settings))
    token = verbs.add_parser("token", help="print an access token of a person or a system")
    token.add_argument("name", help="an id from deploy/local/personas.yaml")
    token.add_argument("--key", action="store_true", help="private_key_jwt instead of the secret")
    token.add_argument("--full", action="store_true", help="the whole answer as JSON")
    token.set_defaults(
        act=lambda settings, said: commands.token(
            settings, said.name, by_key=said.key, is_full=said.full
        )
    )
    migrate = verbs.add_parser("migrate", help="bring the databases to the newest revision")
    migrate.set_defaults(act=lambda settings, _: commands.migrate_now(settings))
    check = verbs.add_parser("check-migrations", help="compare tables in code with migrations")
    check.set_defaults(act=lambda *_: commands.check_migrations())
    return parser


def _add_run_and_stop(verbs: Any) -> None:
    run = verbs.add_parser(
        "run",
        help="start everything and stay in the foreground",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.add_argument("--only", nargs="+", default=[], metavar="PART", help="start these parts only")
    run.set_defaults(act=lambda settings, said: running.run(settings, tuple(said.only)))
    stop = verbs.add_parser("stop", help="stop single parts, or everything")
    stop.add_argument("parts", nargs="*", metavar="PART")
    stop.add_argument("--force", action="store_true", help="kill at once, to try faults")
    stop.set_defaults(
        act=lambda settings, said: commands.stop_parts(settings, said.parts, is_forced=said.force)
    )
    start = verbs.add_parser("start", help="start stopped parts of a running installation")
    start.add_argument("parts", nargs="+", metavar="PART")
    start.set_defaults(act=lambda settings, said: commands.start_parts(settings, said.parts))


if __name__ == "__main__":
    sys.exit(main())
