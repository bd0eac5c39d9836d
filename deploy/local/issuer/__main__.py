"""`python -m deploy.local.issuer`: run the development issuer; `rotate` gives it a new key."""

import sys

import uvicorn

from deploy.local.issuer.app import create_app
from deploy.local.issuer.keys import SigningKeys
from deploy.local.issuer.settings import IssuerSettings, NotForProduction


def main(arguments: list[str]) -> int:
    settings = IssuerSettings()
    if arguments == ["rotate"]:
        SigningKeys(settings.state_dir / "signing-keys.json").rotate()
        return 0
    try:
        app = create_app(settings)
    except NotForProduction as refusal:
        print(refusal, file=sys.stderr)
        return 1
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
