"""Where this network lives and whom it tells, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit


class BadEnvironment(Exception):
    """A variable that cannot be used. The text names it and says what it must be."""


@dataclass(frozen=True)
class Environment:
    home: Path
    port: int
    sayso_url: str
    token: str | None

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Self:
        sayso_port = port_number(variables, "SAYSO_PORT", default=8000)
        return cls(
            home=Path(variables.get("SAYSO_HOME") or ".sayso") / "sandbox",
            port=port_number(variables, "SAYSO_SANDBOX_PORT", default=8001),
            sayso_url=web_address(variables, "SAYSO_URL", default=f"http://127.0.0.1:{sayso_port}"),
            token=variables.get("SAYSO_SANDBOX_TOKEN") or None,
        )


def port_number(variables: Mapping[str, str], name: str, *, default: int) -> int:
    given = variables.get(name) or str(default)
    if not (given.isascii() and given.isdecimal() and 0 < int(given) < 65536):
        raise BadEnvironment(f"{name} must be a port number from 1 to 65535, not {given!r}")
    return int(given)


def web_address(variables: Mapping[str, str], name: str, *, default: str) -> str:
    given = variables.get(name) or default
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise BadEnvironment(f"{name} must be an http or https address, not {given!r}")
    return given.rstrip("/")
