from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .child import Child
from .control import Control
from .error import MockSuiteError
from .program import find_program
from .settings import Settings


class Keeper:
    """Has one suite for a whole run of pytest: one that runs already, or one that is started at the first use and ends with pytest."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: Child | None = None
        self._opened: Control | MockSuiteError | None = None
        self._lanes = 0
        self._standing: dict[int, dict[str, Any]] = {}

    @property
    def joins(self) -> bool:
        return bool(self._settings.url)

    def open(self, lanes: int) -> Control:
        """:raises MockSuiteError: each time the same, when there is no suite to be had, or it has fewer lanes."""
        if self._opened is None:
            try:
                self._opened = self._join() if self.joins else self._start(lanes)
                self._standing = _standing(self._opened)
            except MockSuiteError as error:
                self._opened = error
        if isinstance(self._opened, MockSuiteError):
            raise self._opened
        needed = self._settings.first_lane + lanes
        if needed > self._lanes:
            has = "1 lane" if self._lanes == 1 else f"{self._lanes} lanes"
            raise MockSuiteError(
                "too-few-lanes",
                f"could not join the suite at {self._opened.url}: it has {has} for {_wanted(lanes, self._settings.first_lane)}. "
                f"Start it with --lanes {needed}, or let fewer workers run.",
            )
        return self._opened

    def standing(self, lane: int) -> Mapping[str, Any]:
        """What played in a lane before the first test, by name, and what to ask of the suite for it to play again."""
        return self._standing.get(lane, {})

    def close(self) -> None:
        if self._child is not None:
            self._child.stop()

    def _join(self) -> Control:
        control = Control(self._settings.url, self._settings.token)
        self._lanes = int(control.get("/v1/suite")["lanes"])
        return control

    def _start(self, lanes: int) -> Control:
        self._child = Child([*find_program(self._settings), *self._settings.flags(lanes)], self._settings.root)
        announced: dict[str, Any] = self._child.announced
        self._lanes = len(announced["lanes"])
        return Control(announced["control"]["url"], announced["control"]["token"], self._child.ended)


def _standing(control: Control) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for one in control.get("/v1/playing")["playing"]:
        name, lane = one["scenario"], one["lane"]
        found.setdefault(lane, {})[name] = control.get(f"/v1/playing/{name}", lane=lane)
    return found


def _wanted(lanes: int, first: int) -> str:
    workers = "1 worker" if lanes == 1 else f"{lanes} workers"
    return f"{workers} from lane {first} on" if first else workers
