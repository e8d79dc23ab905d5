"""What can be set: on the command line, in the environment, in the ini file; in this order."""

from __future__ import annotations

import os
import shlex
from typing import Any, Literal

import pytest

_INI: tuple[tuple[str, Literal["string", "args", "bool"], Any, str], ...] = (
    ("url", "string", "", "the control API of a suite that runs, to be joined"),
    ("command", "string", "", "the program to start a suite by, as in a shell"),
    ("services", "args", [], "which fakes to start (default: all)"),
    ("scenarios", "args", [], "what plays from the start: names of the library, or files"),
    ("seed", "string", "", "the root of all chance and ids"),
    ("args", "args", [], "more flags for the start, as in a shell"),
    ("verify", "bool", True, "whether a test fails when the neighbours were not used as agreed"),
    ("allow", "args", [], "findings that fail no test, e.g. violation:alert.createAlert"),
)


def add_settings(parser: pytest.Parser) -> None:
    """Declares them."""
    group = parser.getgroup("mock-suite")
    group.addoption("--mock-suite-url", metavar="URL", help="join the suite whose control API is there")
    group.addoption("--mock-suite-command", metavar="COMMAND", help="start a suite by this program")
    group.addoption("--mock-suite-seed", metavar="N", help="the root of all chance and ids of a suite that is started")
    group.addoption(
        "--no-mock-suite-verify", action="store_true", help="let tests pass whose neighbours were not used as agreed"
    )
    for name, kind, default, told in _INI:
        parser.addini(f"mock_suite_{name}", f"mock-suite: {told}", type=kind, default=default)


class Settings:
    """What is set."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.root = config.rootpath
        self.url = self._first("url")
        self.token = os.environ.get("MOCK_SUITE_TOKEN") or None
        #: The first of those that are this run's, in a suite that is joined.
        self.first_lane = _lane(os.environ.get("MOCK_SUITE_LANE", "0")) if self.url else 0
        self.command = self._first("command")
        self.seed = self._first("seed")
        self.services: list[str] = self._ini("services")
        self.scenarios: list[str] = self._ini("scenarios")
        self.args: list[str] = self._ini("args")
        self.verify = bool(self._ini("verify")) and not config.getoption("no_mock_suite_verify")
        self.allow: tuple[str, ...] = tuple(self._ini("allow"))

    def flags(self, lanes: int) -> list[str]:
        """What follows the program's name."""
        verb = ["start", *self.services] if self.services else ["start-all"]
        fixed = ["--ports", "auto", "--json", "--with-parent", "--lanes", str(lanes)]
        seed = ["--seed", self.seed] if self.seed else []
        return [*verb, *fixed, *seed, *(word for name in self.scenarios for word in ("--scenario", name)), *self.args]

    def command_words(self) -> list[str]:
        """The program that was named, word by word."""
        return shlex.split(self.command, posix=os.name == "posix")

    def _first(self, name: str) -> str:
        given = self._config.getoption(f"mock_suite_{name}", None)
        return str(given or os.environ.get(f"MOCK_SUITE_{name.upper()}") or self._ini(name))

    def _ini(self, name: str) -> Any:
        return self._config.getini(f"mock_suite_{name}")


def _lane(text: str) -> int:
    if not text.isdecimal():
        raise pytest.UsageError(f"MOCK_SUITE_LANE is {text!r}, which is no lane: they count from 0")
    return int(text)
