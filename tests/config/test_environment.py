"""Every setting is read once, and a wrong one is refused by name."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from undaunted.config.environment import (
    Environment,
    Profile,
    SettingRefused,
    read_environment,
    setting_variables,
)

if TYPE_CHECKING:
    from pathlib import Path

KEY = "0123456789abcdef" * 4
PRODUCTION = {
    "UNDAUNTED_PROFILE": "production",
    "UNDAUNTED_VAR": "/srv/undaunted",
    "UNDAUNTED_SECRET_KEY": KEY,
    "UNDAUNTED_SESSION_BINDING_KEY": KEY,
    "UNDAUNTED_ALLOWED_HOSTS": "cases.example.org",
    "UNDAUNTED_ORIGIN": "https://cases.example.org/",
}


def test_laptop_makes_its_secrets_once_and_for_itself_alone(tmp_path: Path) -> None:
    variables = {"UNDAUNTED_VAR": str(tmp_path)}
    first, second = read_environment(variables), read_environment(variables)
    assert first.profile is Profile.LAPTOP
    assert first.secret_key == second.secret_key
    assert len(first.session_binding_key) >= 32
    assert first.draw_key == second.draw_key != first.session_binding_key
    assert first.on_loopback
    assert first.secrets.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in first.secrets.iterdir()} == {0o600}


def test_test_profile_writes_nothing(tmp_path: Path) -> None:
    read_environment({"UNDAUNTED_PROFILE": "test", "UNDAUNTED_VAR": str(tmp_path)})
    assert not list(tmp_path.iterdir())


def test_production_accepts_what_is_complete() -> None:
    environment = read_environment(PRODUCTION)
    assert environment.allowed_hosts == ("cases.example.org",)
    assert environment.origin == "https://cases.example.org"
    assert environment.draw_key == b"", "without one nobody unpublished is counted"
    other = read_environment(PRODUCTION | {"UNDAUNTED_DRAW_KEY": "ab" * 32})
    assert other.draw_key == b"\xab" * 32


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("UNDAUNTED_PROFILE", "holiday"),
        ("UNDAUNTED_VAR", "relative/folder"),
        ("UNDAUNTED_SECRET_KEY", ""),
        ("UNDAUNTED_SECRET_KEY", "short"),
        ("UNDAUNTED_SECRET_KEY", "a" * 60),
        ("UNDAUNTED_SESSION_BINDING_KEY", "ab" * 31),
        ("UNDAUNTED_SESSION_BINDING_KEY", "not hexadecimal"),
        ("UNDAUNTED_DRAW_KEY", "ab" * 31),
        ("UNDAUNTED_DRAW_KEY", KEY),
        ("UNDAUNTED_ALLOWED_HOSTS", "*"),
        ("UNDAUNTED_ALLOWED_HOSTS", ""),
        ("UNDAUNTED_ORIGIN", "http://cases.example.org"),
        ("UNDAUNTED_DEBUG", "yes"),
        ("UNDAUNTED_DEBUG", "perhaps"),
        ("UNDAUNTED_BIND", "8000"),
        ("UNDAUNTED_BIND", "127.0.0.1:99999"),
        ("UNDAUNTED_DESK_URL", "mysql://x"),
        ("UNDAUNTED_WEB_THREADS", "0"),
        ("UNDAUNTED_WEB_THREADS", "many"),
        ("UNDAUNTED_LOG_LEVEL", "loud"),
    ],
)
def test_wrong_value_is_refused_by_the_name_of_its_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingRefused, match=variable) as refusal:
        read_environment(PRODUCTION | {variable: value})
    assert refusal.value.variable == variable


def test_refusal_never_repeats_a_secret() -> None:
    secret = "postgres-password"
    with pytest.raises(SettingRefused) as refusal:
        read_environment(PRODUCTION | {"UNDAUNTED_DESK_URL": f"mysql://x:{secret}@host/"})
    assert secret not in str(refusal.value)
    assert KEY not in repr(read_environment(PRODUCTION))


def test_every_field_is_in_the_table_of_settings() -> None:
    table = Environment.__doc__ or ""
    for field in fields(Environment):
        assert f"{field.name} " in table
        assert setting_variables()[field.name] in table
