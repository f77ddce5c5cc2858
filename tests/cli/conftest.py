"""`here` runs a command in this process."""

import pytest

from cli.running import Here


@pytest.fixture
def here(monkeypatch, capsys):
    return Here(monkeypatch, capsys)
