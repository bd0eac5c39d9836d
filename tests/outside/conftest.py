"""`--examples 30` asks more of schemathesis than the suite does."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--examples", type=int, default=1, help="of each operation (schemathesis)")
