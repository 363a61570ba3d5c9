"""What a partner wrote is looked at before anybody accepts it: it commands no terminal."""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import uuid4

from typer.testing import CliRunner

from undaunted.core.sharing.commands import commands

if TYPE_CHECKING:
    import pytest

LINES = [("party", "Syldavia\x9b2J\x07 \u202edetpecca"), ("words\u2066", "first\nsecond")]


def test_what_a_partner_wrote_commands_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    incoming = import_module("undaunted.core.sharing.commands.incoming")
    monkeypatch.setattr(incoming, "acting", lambda: nullcontext(None))
    monkeypatch.setattr(incoming, "opened_key", lambda _actor: None)
    monkeypatch.setattr(incoming, "_item", lambda _actor, which: which)
    monkeypatch.setattr(incoming, "look_at_item", lambda *_told, **_more: LINES)
    monkeypatch.setattr(incoming, "places_for", lambda *_told, **_more: ())
    told = CliRunner().invoke(commands, ["look", str(uuid4())])
    assert told.exit_code == 0, told.output
    assert not set("\x9b\x07\u202e\u2066") & set(told.output)
    assert "Syldavia\\u009b2J\\u0007 \\u202edetpecca\n" in told.output
    assert "first\n" in told.output
