"""The audit fails on what it finds, and never calls unchecked what nobody could ask about."""

import secrets

import pytest
from pydantic import SecretStr, ValidationError

from deploy import audit
from services.referrals.settings import Settings


def test_a_secret_that_was_not_reviewed_fails(capsys: pytest.CaptureFixture[str]) -> None:
    planted = audit.ROOT / ".ci" / f"planted-{secrets.token_hex(4)}.py"
    # Put together here, so that the audit of this file finds nothing.
    planted.write_text("AWS = 'AKIA" + "QYLPMN5HHHFPZAM2'\n")
    try:
        assert audit.audit_secrets([f".ci/{planted.name}"]) == 1
    finally:
        planted.unlink()
    assert f"{planted.name}:1: AWS Access Key" in capsys.readouterr().out
    assert audit.audit_secrets(["deploy/local/nats.py", "deploy/audit.py"]) == 0


def test_code_with_a_known_weakness_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = audit.ROOT / ".ci" / f"planted-{secrets.token_hex(4)}.py"
    planted.write_text("import tarfile\ntarfile.open('x').extractall()\n")
    try:
        monkeypatch.setattr(audit, "CODE", (str(planted),))
        assert audit.audit_code() == 1
    finally:
        planted.unlink()


def test_a_vulnerable_package_is_named_and_a_skipped_one_is_not_called_safe() -> None:
    good = {"name": "a", "version": "1", "vulns": []}
    bad = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
    skipped = {"name": "c", "skip_reason": "Dependency not found"}
    assert audit.judged([good]) == []
    assert audit.judged([good, bad, skipped]) == ["b 2: PYSEC-1"]
    with pytest.raises(audit.DatabaseUnreachable, match="1 of 2 packages are unknown"):
        audit.judged([good, skipped])


def test_without_the_database_a_release_fails_and_a_change_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreachable(_lock: str) -> list[str]:
        raise audit.DatabaseUnreachable("nobody answers")

    monkeypatch.setattr(audit, "vulnerable", unreachable)
    monkeypatch.delenv("AUDIT_NEEDS_DATABASE", raising=False)
    assert audit.audit_packages() == 0
    assert capsys.readouterr().out.count("NOT CHECKED: ") == len(audit.LOCKS)
    monkeypatch.setenv("AUDIT_NEEDS_DATABASE", "1")
    assert audit.audit_packages() == 1


def test_nobody_starts_outside_development_with_a_secret_of_the_repository() -> None:
    public = SecretStr("development-only-" + "x" * 32)
    with pytest.raises(ValidationError, match="link_key is a secret of development"):
        Settings(environment="production", link_key=public)
    assert Settings(environment="development", link_key=public).link_key == public
