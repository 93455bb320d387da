"""What the tests share. They run against the installed wheel."""

import shutil
import sysconfig
from pathlib import Path

import pytest

import zhengming

REPOSITORY = Path(__file__).resolve().parents[3]
FIXTURES = REPOSITORY / "fixtures"


@pytest.fixture(scope="session")
def linter() -> zhengming.Linter:
    return zhengming.Linter(as_of="2026-01-01")


@pytest.fixture(scope="session")
def command() -> str:
    """The command that the wheel installed."""
    found = shutil.which("zhengming", path=sysconfig.get_path("scripts"))
    assert found, "the wheel installs a command"
    return found
