"""Everything an operator can set, read from the environment once, typed, with clear refusals."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undaunted.config.keys import random_hex, secret_in

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Environment", "Profile", "SettingRefused", "read_environment", "setting_variables"]

PREFIX = "UNDAUNTED_"
KEY_BYTES = 32
LEAST_CHARACTERS, LEAST_DIFFERENT = 50, 8
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
CHECKOUT = Path(__file__).parents[3]
MASTERS = ("local", "spark://", "yarn", "k8s://")
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


class SettingRefused(Exception):
    """A variable has a value that cannot be; the message names it and says what to do."""

    def __init__(self, variable: str, value: str, what_to_do: str) -> None:
        super().__init__(f"{variable}={value!r}: {what_to_do}")
        self.variable = variable


class Profile(StrEnum):
    """What this installation is for."""

    LAPTOP = "laptop"
    TEST = "test"
    PRODUCTION = "production"


@dataclass(frozen=True)
class Environment:
    """The settings of one process.

    ==================== =============================== ===========================================
    field                variable                        meaning and default
    ==================== =============================== ===========================================
    profile              UNDAUNTED_PROFILE               laptop (default), test or production
    var                  UNDAUNTED_VAR                   folder of everything that is written;
                                                         `var` of the checkout or working folder
    desk_url             UNDAUNTED_DESK_URL              database address of the role for staff; set
                                                         by `undaunted run` for its processes
    public_url           UNDAUNTED_PUBLIC_URL            the same for the public pages' role
    intake_url           UNDAUNTED_INTAKE_URL            the same for the role that takes reports in
    secret_key           UNDAUNTED_SECRET_KEY            signs cookies and forms, 50 characters or
                                                         more; made on a laptop
    session_binding_key  UNDAUNTED_SESSION_BINDING_KEY   binds sessions to the database identity, 64
                                                         hexadecimal digits or more; made on a
                                                         laptop
    draw_key             UNDAUNTED_DRAW_KEY              draws the unpublished people whom editions
                                                         count, 64 hexadecimal digits or more; made
                                                         on a laptop; never changed
    bind                 UNDAUNTED_BIND                  where the web server listens,
                                                         127.0.0.1:8000
    allowed_hosts        UNDAUNTED_ALLOWED_HOSTS         host names answered to, with commas;
                                                         loopback names unless in production
    origin               UNDAUNTED_ORIGIN                address readers use; must begin with
                                                         https:// in production
    behind_proxy         UNDAUNTED_BEHIND_PROXY          yes when a proxy of yours ends TLS and sets
                                                         X-Forwarded-Proto; no
    debug                UNDAUNTED_DEBUG                 yes shows errors in the browser; no;
                                                         refused in production
    documents            UNDAUNTED_DOCUMENTS             folder of stored documents, var/documents
    downloads            UNDAUNTED_DOWNLOADS             folder of prepared downloads, var/downloads
    anchors              UNDAUNTED_ANCHORS               folder the audit chain's signed heads are
                                                         exported to, var/anchors
    tsa_url              UNDAUNTED_TSA_URL               authority of time stamps (RFC 3161); none
    tsa_roots            UNDAUNTED_TSA_ROOTS             file of the certificates trusted for time
                                                         stamps, in PEM; none
    lists                UNDAUNTED_LISTS                 file of the addresses from which sanctions
                                                         lists are fetched, in TOML; none
    withdrawals          UNDAUNTED_WITHDRAWALS           folder of the ledger of withdrawn consent,
                                                         var/withdrawals; best on another disk than
                                                         the database
    spark                UNDAUNTED_SPARK                 master of the Spark in which many files are
                                                         linked, such as local[4]; none: DuckDB
    web_threads          UNDAUNTED_WEB_THREADS           requests answered at once, 1 to 64; 6
    log_level            UNDAUNTED_LOG_LEVEL             DEBUG, INFO, WARNING (default) or ERROR
    ==================== =============================== ===========================================
    """

    profile: Profile
    var: Path
    desk_url: str = field(repr=False)
    public_url: str = field(repr=False)
    intake_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    session_binding_key: bytes = field(repr=False)
    draw_key: bytes = field(repr=False)
    bind: str
    allowed_hosts: tuple[str, ...]
    origin: str
    behind_proxy: bool
    debug: bool
    documents: Path
    downloads: Path
    anchors: Path
    tsa_url: str
    tsa_roots: Path | None
    lists: Path | None
    withdrawals: Path
    spark: str
    web_threads: int
    log_level: str

    @property
    def secrets(self) -> Path:
        """The folder of this installation's generated secrets."""
        return self.var / "secrets"

    @property
    def host(self) -> str:
        """The host part of `bind`."""
        return self.bind.rpartition(":")[0]

    @property
    def port(self) -> int:
        """The port part of `bind`."""
        return int(self.bind.rpartition(":")[2])

    @property
    def may_demonstrate(self) -> bool:
        """Whether invented people may be loaded: on a laptop that only itself can reach."""
        return self.profile is Profile.LAPTOP and self.on_loopback

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the web server."""
        return self.host in LOOPBACK


def setting_variables() -> dict[str, str]:
    """Give the variable of each field of `Environment`."""
    return {each.name: PREFIX + each.name.upper() for each in fields(Environment)}


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read the settings; raises `SettingRefused` for the first that cannot be."""
    reader = _Reader(os.environ if variables is None else variables)
    environment = reader.read()
    if environment.profile is Profile.PRODUCTION:
        _check_production(environment)
    return environment


class _Reader:
    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def read(self) -> Environment:
        profile = self._choice("PROFILE", Profile, Profile.LAPTOP)
        var = self._folder("VAR", _default_var())
        bind = self._bind()
        return Environment(
            profile=profile,
            var=var,
            desk_url=self._url("DESK_URL"),
            public_url=self._url("PUBLIC_URL"),
            intake_url=self._url("INTAKE_URL"),
            secret_key=self._secret("SECRET_KEY", "secret-key", profile, var),
            session_binding_key=self._key(
                "SESSION_BINDING_KEY", "session-binding-key", profile, var
            ),
            draw_key=self._draw_key(profile, var),
            bind=bind,
            allowed_hosts=self._hosts(profile),
            origin=self._origin(profile, bind),
            behind_proxy=self._switch("BEHIND_PROXY"),
            debug=self._switch("DEBUG"),
            documents=self._folder("DOCUMENTS", var / "documents"),
            downloads=self._folder("DOWNLOADS", var / "downloads"),
            anchors=self._folder("ANCHORS", var / "anchors"),
            tsa_url=self._web_address("TSA_URL"),
            tsa_roots=self._folder("TSA_ROOTS", var) if self._text("TSA_ROOTS") else None,
            lists=self._folder("LISTS", var) if self._text("LISTS") else None,
            withdrawals=self._folder("WITHDRAWALS", var / "withdrawals"),
            spark=self._master(),
            web_threads=self._number("WEB_THREADS", 6, 1, 64),
            log_level=self._log_level(),
        )

    def _text(self, name: str) -> str:
        return self._variables.get(PREFIX + name, "").strip()

    def _refuse(self, name: str, value: str, what_to_do: str) -> SettingRefused:
        return SettingRefused(PREFIX + name, value, what_to_do)

    def _choice(self, name: str, kind: type[Profile], default: Profile) -> Profile:
        value = self._text(name)
        try:
            return kind(value) if value else default
        except ValueError:
            raise self._refuse(name, value, f"use one of {', '.join(kind)}") from None

    def _folder(self, name: str, default: Path) -> Path:
        value = self._text(name)
        folder = Path(value).expanduser() if value else default
        if not folder.is_absolute():
            raise self._refuse(name, value, "give the folder's full path, beginning with /")
        return folder

    def _web_address(self, name: str) -> str:
        value = self._text(name)
        if value and not value.startswith(("https://", "http://")):
            raise self._refuse(name, value, "give an address that begins with https://")
        return value

    def _url(self, name: str) -> str:
        value = self._text(name)
        if value and not value.startswith(("postgresql://", "postgres://")):
            hidden = value.partition("://")[0][:20] + "…"
            raise self._refuse(name, hidden, "give an address that begins with postgresql://")
        return value

    def _secret(self, name: str, file: str, profile: Profile, var: Path) -> str:
        value = self._text(name)
        if value:
            return value
        if profile is Profile.PRODUCTION:
            what = "give 64 random hexadecimal digits, for example from `openssl rand -hex 32`"
            raise self._refuse(name, "", what)
        if profile is Profile.TEST:
            return random_hex()
        return secret_in(var / "secrets", file, random_hex)

    def _draw_key(self, profile: Profile, var: Path) -> bytes:
        """Give the key; empty in production without one, where nobody unpublished is counted."""
        if profile is Profile.PRODUCTION and not self._text("DRAW_KEY"):
            return b""
        return self._key("DRAW_KEY", "draw-key", profile, var)

    def _key(self, name: str, file: str, profile: Profile, var: Path) -> bytes:
        value = self._secret(name, file, profile, var)
        try:
            key = bytes.fromhex(value)
        except ValueError:
            key = b""
        if len(key) < KEY_BYTES:
            what = "give 64 hexadecimal digits or more, for example from `openssl rand -hex 32`"
            raise self._refuse(name, f"({len(value)} characters)", what)
        return key

    def _bind(self) -> str:
        value = self._text("BIND") or "127.0.0.1:8000"
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 2**16:
            raise self._refuse("BIND", value, "give host and port, such as 127.0.0.1:8000")
        return value

    def _hosts(self, profile: Profile) -> tuple[str, ...]:
        value = self._text("ALLOWED_HOSTS")
        hosts = tuple(host.strip() for host in value.split(",") if host.strip())
        if profile is not Profile.PRODUCTION:
            return hosts or ("localhost", "127.0.0.1", "[::1]", "testserver")
        if not hosts or "*" in hosts:
            what = "give the host names readers use, with commas; * is refused"
            raise self._refuse("ALLOWED_HOSTS", value, what)
        return hosts

    def _origin(self, profile: Profile, bind: str) -> str:
        value = self._text("ORIGIN").rstrip("/")
        if profile is Profile.PRODUCTION and not value.startswith("https://"):
            what = "give the address readers use, beginning with https://"
            raise self._refuse("ORIGIN", value, what)
        return value or f"http://localhost:{bind.rpartition(':')[2]}"

    def _switch(self, name: str) -> bool:
        value = self._text(name).lower()
        if value not in YES + NO:
            raise self._refuse(name, value, "use yes or no")
        return value in YES

    def _master(self) -> str:
        value = self._text("SPARK")
        if value and not value.startswith(MASTERS):
            what = "name a master of Spark, such as local[4] or spark://10.0.0.7:7077, or leave it"
            raise self._refuse("SPARK", value, f"{what} unset for DuckDB")
        return value

    def _number(self, name: str, default: int, least: int, most: int) -> int:
        value = self._text(name) or str(default)
        if not value.isdecimal() or not least <= int(value) <= most:
            raise self._refuse(name, value, f"give a number from {least} to {most}")
        return int(value)

    def _log_level(self) -> str:
        value = self._text("LOG_LEVEL").upper() or "WARNING"
        levels = ("DEBUG", "INFO", "WARNING", "ERROR")
        if value not in levels:
            raise self._refuse("LOG_LEVEL", value, f"use one of {', '.join(levels)}")
        return value


def _default_var() -> Path:
    checkout = (CHECKOUT / "pyproject.toml").exists()
    return (CHECKOUT if checkout else Path.cwd()) / "var"


def _check_production(environment: Environment) -> None:
    variables = setting_variables()
    key = environment.secret_key
    weak = len(key) < LEAST_CHARACTERS or len(set(key)) < LEAST_DIFFERENT
    refusals: list[tuple[bool, str, Any, str]] = [
        (environment.debug, "debug", "yes", "errors shown to readers disclose records; unset it"),
        (
            weak,
            "secret_key",
            f"({len(environment.secret_key)} characters)",
            "too weak; give 64 random hexadecimal digits",
        ),
        (
            environment.draw_key == environment.session_binding_key,
            "draw_key",
            "(the session binding key)",
            "give a key of its own: it is never changed, and used for nothing else",
        ),
    ]
    for refused, name, value, what in refusals:
        if refused:
            raise SettingRefused(variables[name], value, what)
