"""The verbs of the kit, their options, and failures that say what to do next."""

import argparse
import json
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey

from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.settings import DEFAULT_PORTS, HOST, PROJECT_DIR
from deploy.partnerkit.checking import check, read_key
from deploy.partnerkit.checks import World
from deploy.partnerkit.checks.frame import standard_referral
from deploy.partnerkit.http import Client
from deploy.partnerkit.receiver import Receiver
from deploy.partnerkit.serving import Wishes, serve
from deploy.partnerkit.verifying import Bench, read_secret, verify
from deploy.partnerkit.words import Unusable, choose_language, say
from shared.kernel.text import Text
from shared.webhooks.signing import SignatureProfile

CLIENT = "waf-jobcenter-system"
COUNTERPART = "waf-jugendamt-system"
PORT, ISSUER_PORT = DEFAULT_PORTS["referrals_port"], DEFAULT_PORTS["issuer_port"]
EPILOG = """
An afternoon in ten steps: docs/integration.md; auf Deutsch: docs/integration.de.md.
Exit code 0: all is well; 1: something was found; 2: it could not be asked.
"""


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    chosen = _parser().parse_args(arguments)
    choose_language(chosen.lang)
    try:
        return int(chosen.act(chosen))
    except Unusable as failure:
        say(failure.sentence, is_error=True)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.partnerkit",
        description="For a partner agency's IT: practise offline, check a server, check a receiver."
        " / Für die IT einer Partnerstelle: üben ohne Netz, Dienst prüfen, Empfänger prüfen.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--lang", default="", help="de or en; as LANG says if not given")
    verbs: Any = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_serve(verbs)
    _add_check(verbs)
    _add_verify(verbs)
    return parser


def _add_serve(verbs: Any) -> None:
    verb = verbs.add_parser(
        "serve",
        help="the service to practise with, without database and network / Übungs-Dienst",
        description="The referral service itself over a memory of its own, with a development "
        "issuer. Everything in it is invented and forgotten at the end. / Der Zusteuerungsdienst "
        "selbst über einem eigenen Gedächtnis; alles ist erfunden und am Ende vergessen.",
    )
    verb.add_argument("--port", type=int, default=PORT, help="of the service (%(default)s)")
    verb.add_argument("--issuer-port", type=int, default=ISSUER_PORT, help="(%(default)s)")
    verb.add_argument("--client", default=CLIENT, help="whom to print credentials of (%(default)s)")
    verb.add_argument(
        "--state-dir",
        type=Path,
        default=PROJECT_DIR / ".state" / "partnerkit",
        help="where the keys of issuer and clients lie",
    )
    verb.add_argument(
        "--faster",
        type=float,
        default=1.0,
        metavar="N",
        help="divide the waits between tries of a webhook: 60 makes a minute of an hour",
    )
    verb.add_argument(
        "--disturb",
        default="",
        help="what happens to deliveries: duplicates, out-of-order, or both with a comma",
    )
    verb.add_argument("--reads", type=int, default=3000, help="a minute; 5 shows 429 at once")
    verb.add_argument("--writes", type=int, default=1200, help="a minute")
    verb.set_defaults(act=_serve)


def _add_check(verbs: Any) -> None:
    verb = verbs.add_parser(
        "check",
        help="a server, asked as a partner / einen Dienst prüfen",
        description="Numbered checks as a partner's system. They make referrals of invented people "
        "and take them back: for test installations only. / Nummerierte Prüfungen als System einer "
        "Partnerstelle, mit erfundenen Personen: nur gegen Testsysteme.",
    )
    verb.add_argument("--base-url", default=f"http://{HOST}:{PORT}", help="(%(default)s)")
    verb.add_argument("--token-url", default=f"http://{HOST}:{ISSUER_PORT}/token")
    verb.add_argument("--client-id", default=CLIENT, help="(%(default)s)")
    verb.add_argument("--client-secret", default="", help="that of the practice system if known")
    verb.add_argument("--client-key", type=Path, help="private EC key as JWK: private_key_jwt")
    verb.add_argument("--counterpart-id", default="", help="the system that receives")
    verb.add_argument("--counterpart-secret", default="")
    verb.add_argument("--recipient-unit", default="waf-jugendamt", help="(%(default)s)")
    verb.add_argument("--ags", default="05570044", help="municipality (%(default)s)")
    verb.add_argument("--referral", type=Path, help="a JSON file to send instead of the usual one")
    verb.add_argument("--receiver-port", type=int, default=0, help="0: any; -1: no webhooks")
    verb.add_argument("--receiver-url", default="", help="how the server reaches that port")
    verb.add_argument("--wait", type=float, default=20.0, metavar="S", help="for a delivery")
    verb.add_argument("--report", type=Path, help="write the report as JSON, too")
    verb.set_defaults(act=_check)


def _add_verify(verbs: Any) -> None:
    verb = verbs.add_parser(
        "verify",
        help="your receiver of webhooks / den eigenen Empfänger prüfen",
        description="Posts deliveries good and bad to your receiver and judges each answer. / "
        "Sendet gute und gefälschte Zustellungen an Ihren Empfänger und beurteilt jede Antwort.",
    )
    verb.add_argument("--url", required=True, help="of the receiver")
    verb.add_argument("--secret", required=True, help="whsec_… that the receiver knows")
    verb.add_argument("--profile", choices=[*SignatureProfile], default="STANDARD")
    verb.add_argument(
        "--taken-url",
        default="",
        help="a test address of yours that answers with a JSON list of the ids it has taken",
    )
    verb.set_defaults(act=_verify)


def _serve(chosen: argparse.Namespace) -> int:
    return serve(
        Wishes(
            port=chosen.port,
            issuer_port=chosen.issuer_port,
            state_dir=chosen.state_dir,
            client_id=chosen.client,
            speed=chosen.faster,
            reads=chosen.reads,
            writes=chosen.writes,
            disturbances=chosen.disturb,
        )
    )


def _check(chosen: argparse.Namespace) -> int:
    key = read_key(chosen.client_key)
    base_url = chosen.base_url.rstrip("/")
    known = read_directory(PERSONAS_FILE).systems

    def client(name: str, secret: str, key: ECKey | None = None) -> Client:
        practised = known[name].secret if name in known else ""
        return Client(base_url, chosen.token_url, name, secret or practised, key)

    is_practice = chosen.client_id == CLIENT and not chosen.counterpart_id
    other = chosen.counterpart_id or (COUNTERPART if is_practice else "")
    partner = client(chosen.client_id, chosen.client_secret, key)
    referral = standard_referral(chosen.recipient_unit, chosen.ags)
    if chosen.referral is not None:
        referral = _read(chosen.referral)
    world = World(
        partner=partner,
        counterpart=client(other, chosen.counterpart_secret) if other else None,
        referral=referral,
        receiver=Receiver(chosen.receiver_port) if chosen.receiver_port >= 0 else None,
        receiver_url=chosen.receiver_url,
        wait_s=chosen.wait,
    )
    return check(world, chosen.report)


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError) as failure:
        raise Unusable(
            Text(f"{path} ist kein JSON: {failure}.", f"{path} is no JSON: {failure}.")
        ) from failure
    return found


def _verify(chosen: argparse.Namespace) -> int:
    bench = Bench(read_secret(chosen.secret), SignatureProfile(chosen.profile))
    return verify(chosen.url, bench, chosen.taken_url)
