"""The command that verifies a log from outside, with the key set and anchors that were kept."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from shared.audit.sealing import Keeping, anchor_all, seal_all
from shared.audit.verify import main
from shared.kernel.clock import now
from tests.shared.audit.conftest import KEYS, Log


async def test_the_command_says_where_it_is_broken_and_ends_with_one(
    log: Log,
    audited: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await log.write(2)
    await seal_all(log.relay)
    folder = tmp_path / "anchors"
    await anchor_all(log.relay, Keeping("cases", KEYS, anchor_folder=str(folder)), now())
    # What is kept of others lies beside it.
    (folder / "cases-00000-2026-01-01.jws").write_text("of another tenant\n")
    (folder / f"funding-{log.tenant}-2026-01-01.jws").write_text("of another service\n")
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(KEYS.published()))
    monkeypatch.setenv("CASES_DATABASE_DSN", audited.app_dsn)
    arguments = ["--service", "cases", "--tenant", log.tenant]
    arguments += ["--keys", str(keys), "--anchors", str(folder)]
    assert await asyncio.to_thread(main, arguments) == 0
    assert json.loads(capsys.readouterr().out)["is_intact"] is True
    (first, _) = await log.ids()
    await log.admin.execute("update audit.audit_entry set reason = 'x' where id = $1", first)
    assert await asyncio.to_thread(main, arguments) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["kind"], found["block"], found["entry_id"]) == ("ENTRY_CHANGED", 1, str(first))
