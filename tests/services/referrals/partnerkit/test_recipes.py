"""The recipes do in four languages what they say, with the mock and with the real service.

Where a machine lacks a language its recipe is skipped, but never in CI: `.ci/run` installs them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.local.settings import PROJECT_DIR
from deploy.partnerkit.checks import World
from deploy.partnerkit.checks.frame import must, soon
from deploy.partnerkit.http import Client
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.webhooks.signing import SignatureProfile, headers_for, new_secret, secret_text

RECIPES = PROJECT_DIR / "docs" / "recipes"
LINES_MAX = 120
LIBRARIES = "System.Net.Http,System.Runtime.Serialization,System.Xml,System.Xml.Linq"
TSC = ("--strict", "--target", "es2022", "--module", "es2022", "--lib", "es2022,dom")
BODY = b'{"specversion":"1.0","data":{"senderUnit":"waf-cm"}}'


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed; .ci/run installs it.")
        pytest.skip(f"{name} is not installed.")
    return found


def built(*command: str | Path) -> None:
    ended = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def python(_: Path) -> list[str]:
    return [sys.executable, str(RECIPES / "python" / "recipe.py")]


def java(_: Path) -> list[str]:
    program("javac")  # a single file is compiled when it is started
    return [program("java"), str(RECIPES / "java" / "Recipe.java")]


def csharp(folder: Path) -> list[str]:
    made = folder / "Recipe.exe"
    source = RECIPES / "csharp" / "Recipe.cs"
    built(program("mcs"), "-warnaserror", f"-out:{made}", f"-r:{LIBRARIES}", source)
    return [program("mono"), str(made)]


def typescript(folder: Path) -> list[str]:
    built(program("tsc"), *TSC, "--outDir", folder, RECIPES / "typescript" / "recipe.ts")
    made = (folder / "recipe.js").rename(folder / "recipe.mjs")
    node = program("node")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    is_old = int(told.removeprefix("v").partition(".")[0]) < 20
    return [node, *(["--experimental-global-webcrypto"] if is_old else []), str(made)]


LANGUAGES = {one.__name__: one for one in (python, java, csharp, typescript)}


@pytest.fixture(scope="module", params=[*LANGUAGES])
def command(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """How the recipe of one language is started; compiled once."""
    return LANGUAGES[request.param](tmp_path_factory.mktemp(request.param))


def incoming(world: World) -> str:
    """A referral for the Jobcenter, which its recipe shall pull."""
    assert world.counterpart is not None
    consent = world.referral["legalGround"]["consent"]
    changes = {"purpose": "WORK_AND_TRAINING", "recipientUnit": "waf-jobcenter"}
    body = world.body(
        serviceCode="JOB_PLACEMENT", legalGround={"consent": consent | changes}, **changes
    )
    reply = world.counterpart.post("/v1/referrals", body, idempotency_key=world.key())
    return str(must(reply, 201).document["id"])


def newest_cursor(client: Client) -> str:
    cursor, more = "", True
    while more:
        after = f"&after={cursor}" if cursor else ""
        page = must(client.get(f"/v1/events?first=100{after}"), 200).document
        cursor = page["items"][-1]["cursor"] if page["items"] else cursor
        more = page["nextCursor"] is not None
    return cursor


def delivery(kind: str, secret: bytes) -> str:
    """As the recipes read it: headers, an empty line, the body."""
    at = now() - timedelta(seconds=301 if kind == "stale" else 0)
    headers = headers_for(SignatureProfile.STANDARD, new_id(), at, BODY, (new_secret(), secret))
    body = BODY.replace(b"waf-cm", b"waf-xx") if kind == "forged" else BODY
    head = "\n".join(f"{name}: {value}" for name, value in headers.items())
    return f"{head}\n\n{body.decode()}"


@pytest.mark.parametrize(
    ("url", "kind", "judged"),
    [
        ("mock_url", "right", "ours"),
        ("mock_url", "stale", "refused"),
        ("service_url", "forged", "refused"),
    ],
    indirect=["url"],
)
def test_a_recipe_sends_follows_pulls_and_verifies(
    command: list[str], url: str, kind: str, judged: str, world_at: Callable[[str], World]
) -> None:
    world, secret = world_at(url), new_secret()
    assert world.counterpart is not None
    for client in (world.partner, world.counterpart):
        client.sign_in()
    cursor = newest_cursor(world.partner)
    referral_id = incoming(world)
    # What is not yet committed everywhere comes a little later.
    told = f"/v1/events?subject={referral_id}"
    soon(world, lambda: must(world.partner.get(told), 200).document["items"], bool)
    environment = {
        "KIM_BASE_URL": url,
        "KIM_TOKEN_URL": world.partner.token_url,
        "KIM_CLIENT_ID": world.partner.client_id,
        "KIM_CLIENT_SECRET": world.partner.secret,
        "KIM_CURSOR": cursor,
        "KIM_DELIVERY": delivery(kind, secret),
        "KIM_WEBHOOK_SECRET": secret_text(secret),
    }
    ended = subprocess.run(
        command,
        env={**os.environ, **environment, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    said = [line.split(" ") for line in ended.stdout.splitlines()]
    (sent,) = [rest for verb, *rest in said if verb == "sent"]
    assert sent[1] == "SUBMITTED"
    assert ["again", sent[0]] in said
    assert ["problem", "fields-refused", "/surname"] in said
    assert ["event", "kim.referrals.referral-submitted.v1", referral_id] in said
    assert ["pulled", referral_id, "DELIVERED"] in said
    assert said[-1] == ["delivery", judged]
    read = must(world.partner.get(f"/v1/referrals/{sent[0]}"), 200).document
    assert read["content"]["identity"]["familyName"] == "Şahin"


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*/*.*")), ids=lambda path: path.name)
def test_a_recipe_fits_on_two_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_MAX


def test_there_is_a_recipe_for_each_language() -> None:
    assert {path.name for path in RECIPES.iterdir() if path.is_dir()} == {*LANGUAGES}
