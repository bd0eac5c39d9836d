"""The image builds the portal as `make portal` does: same packages, same steps, same files."""

import json
import re
import shlex
import subprocess
from pathlib import PurePosixPath

import pytest

from deploy.local.settings import PROJECT_DIR

PORTAL = "gateway/portal"
DOCKERFILE = (PROJECT_DIR / "gateway/Dockerfile").read_text()
STEPS = re.sub(r"\\\n\s*", " ", DOCKERFILE).splitlines()
PACKAGE = json.loads((PROJECT_DIR / PORTAL / "package.json").read_text())


def stage(name: str) -> list[str]:
    """The steps of a stage; of the last one for an empty name."""
    starts = [place for place, step in enumerate(STEPS) if step.startswith("FROM ")]
    ends = [*starts[1:], len(STEPS)]
    stages = {
        (STEPS[start].partition(" AS ")[2]): STEPS[start + 1 : end]
        for start, end in zip(starts, ends, strict=True)
    }
    return stages[name]


def made() -> list[str]:
    """What `make portal` would do in a fresh clone."""
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", f"{PORTAL}/dist/index.html"],  # noqa: S607 - make is found like at the desk
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_packages_come_from_the_lock_in_both() -> None:
    assert "RUN npm ci" in stage("portal")
    assert any(re.search(rf"--prefix {PORTAL} ci\b", one) for one in made())
    lock = json.loads((PROJECT_DIR / PORTAL / "package-lock.json").read_text())
    named = {**PACKAGE["dependencies"], **PACKAGE["devDependencies"]}
    for name, version in named.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert all(
        "integrity" in one for path, one in lock["packages"].items() if path and "link" not in one
    )
    assert not any("resolved" in one for one in lock["packages"].values())


def test_the_steps_are_the_same() -> None:
    """The image runs the script of the package, and that is what `make portal` runs."""
    assert "RUN npm run build" in stage("portal")
    tools = [step.strip().split()[0] for step in PACKAGE["scripts"]["build"].split("&&")]
    run = " ".join(made())
    ran = [PurePosixPath(one).stem for one in re.findall(r"node node_modules/\S+/bin/(\S+)", run)]
    assert ran == tools == ["tsc", "vite"]


def _copied() -> set[str]:
    """What the stage of the portal has, by its path in the project."""
    there = set()
    for step in stage("portal"):
        if step.startswith("COPY "):
            *sources, target = shlex.split(step)[1:]
            assert not sources[0].startswith("--")
            if target.startswith("/app/"):
                folders = {str(PurePosixPath(source).parent) for source in sources}
                assert folders == {target.removeprefix("/app/").rstrip("/")}
            there |= set(sources)
    return there


def test_the_image_has_every_source_that_make_looks_at() -> None:
    copied = _copied()
    makefile = (PROJECT_DIR / "Makefile").read_text()
    sources = re.search(
        r"PORTAL_SOURCES := (.*?)\n\n|PORTAL_SOURCES := (.*?)\n##", makefile, re.DOTALL
    )
    assert sources is not None
    contracts = set(re.findall(r"(?:docs|gateway)/[\w-]+\.\w+", sources[0]))
    contracts |= {
        f"services/{name}/contracts/openapi.json" for name in ("cases", "funding", "referrals")
    }
    assert contracts | {PORTAL} <= copied
    read = set(
        re.findall(
            r'"((?:services|docs|gateway)/[^"]+)"',
            (PROJECT_DIR / PORTAL / "vite.config.js").read_text(),
        )
    )
    assert read == contracts


@pytest.mark.parametrize("name", ["dist", "node_modules"])
def test_what_was_built_at_a_desk_does_not_get_into_the_image(name: str) -> None:
    assert f"{PORTAL}/{name}" in (PROJECT_DIR / ".dockerignore").read_text().splitlines()


def test_only_the_built_files_leave_the_stage_and_nobody_runs_as_root() -> None:
    last = stage("")
    built = f"COPY --from=portal /app/{PORTAL}/dist {PORTAL}/dist"
    assert built in last
    assert [one for one in last if "--from=portal" in one] == [built]
    assert last.index(built) > last.index("COPY gateway gateway")
    assert [one for one in last if one.startswith("USER ")] == ["USER 10001"]
    assert last.index("USER 10001") < next(
        place for place, one in enumerate(last) if one.startswith("CMD ")
    )


def test_no_address_of_a_registry_is_written_anywhere() -> None:
    config = (PROJECT_DIR / PORTAL / ".npmrc").read_text()
    lock = (PROJECT_DIR / PORTAL / "package-lock.json").read_text()
    assert "://" not in DOCKERFILE.replace("http://127.0.0.1", "")
    assert "registry" not in config.replace("omit-lockfile-registry-resolved", "")
    assert not re.search(r"https?://[^\"]*\.tgz", lock)
