from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import cached_property
from math import ceil
from pathlib import Path
from time import sleep
from typing import Any, Callable

from .control import Control
from .error import MockSuiteError
from .exchange import Exchange, exchange
from .message import Message, message
from .playing import Playing, playing
from .source import Source, scenario_source
from .verification import Finding, Verification, verification
from .world import Record, World

#: Seconds between two looks at the journal.
PACE = 0.02


class Lane:
    """One isolated set of fakes, and all that a test does with it."""

    def __init__(self, control: Control, number: int, root: Path, standing: Mapping[str, Any] | None = None) -> None:
        """``standing`` tells of what plays for all tests how it is played."""
        self.number = number
        #: Its tables: ``world["users"]["user_123"]``.
        self.world = World(control, number)
        self._control = control
        self._root = root
        self._standing: dict[str, Any] = dict(standing or {})
        #: Of the test under way: what it played or stopped, and what it allowed.
        self._under_test = False
        self._touched: set[str] = set()
        self._allowed: list[str] = []

    def __repr__(self) -> str:
        return f"<lane {self.number} of the suite at {self._control.url}>"

    # Where the fakes are

    @cached_property
    def urls(self) -> Mapping[str, str]:
        """The addresses of its fakes, by service."""
        services = self._control.get("/v1/services", lane=self.number)
        return {one["service"]: one["url"] for one in services if one["url"] is not None}

    def url(self, service: str, path: str = "") -> str:
        """The address of a fake, and of a path of it."""
        try:
            return self.urls[service] + path
        except KeyError:
            raise KeyError(f"{service} is not running; running are {', '.join(self.urls)}") from None

    @cached_property
    def env(self) -> Mapping[str, str]:
        """The variables that the service under test must read to find the fakes of this lane."""
        variables: Mapping[str, str] = self._control.get("/v1/env", lane=self.number)
        return variables

    # As new

    def reset(self) -> None:
        """Records, journal, clock and ids as they were at the start. What plays goes on playing, from its beginning."""
        self._control.post("/v1/reset", lane=self.number)
        if self._allowed:
            self._say_allowed(self._allowed)

    # What goes wrong

    def play(self, source: Source, *, seed: int | None = None) -> Playing:
        """Plays a scenario from now on: a name of the library, a path, the text of one, or data. It ends with the test, with
        ``stop()``, or with the ``with`` block that it was begun in."""
        asked = scenario_source(source, self._root)
        if seed is not None:
            asked["seed"] = seed
        begun = self._control.post("/v1/playing", asked, lane=self.number)["playing"][0]
        if self._under_test:
            self._touched.add(begun["scenario"])
        else:
            self._standing[begun["scenario"]] = asked
        return playing(begun, self._end)

    def stop(self, name: str) -> None:
        """Ends one scenario.

        :raises MockSuiteError: ``unknown-scenario`` when it does not play
        """
        self._control.delete(f"/v1/playing/{name}", lane=self.number)
        if self._under_test:
            self._touched.add(name)
        else:
            self._standing.pop(name, None)

    def playing(self) -> list[Playing]:
        """What plays, and how often each rule matched and struck."""
        found = self._control.get("/v1/playing", lane=self.number)["playing"]
        return [playing(one, self._end) for one in found]

    def plan(self, source: Source, *, requests: int | None = None, seed: int | None = None) -> Mapping[str, Any]:
        """What each rule of a scenario would do to its first so many matches; nothing is changed by asking."""
        asked = {**scenario_source(source, self._root), "requests": requests, "seed": seed}
        given = {name: value for name, value in asked.items() if value is not None}
        plan: Mapping[str, Any] = self._control.post("/v1/plan", given, lane=self.number)
        return plan

    # What happened

    def journal(
        self,
        *,
        service: str | None = None,
        operation: str | None = None,
        status: int | None = None,
        fault: str | None = None,
        unmatched: bool | None = None,
        since: int | None = None,
        limit: int | None = None,
    ) -> list[Exchange]:
        """What happened since the last reset, oldest first; with a limit, the newest of it."""
        filters = dict(
            service=service,
            operation=operation,
            status=status,
            fault=fault,
            unmatched=unmatched,
            since=since,
            limit=limit,
        )
        return [exchange(one) for one in self._control.get("/v1/journal", lane=self.number, **filters)["entries"]]

    def wait_for(
        self,
        predicate: Callable[[Exchange], bool] | None = None,
        *,
        count: int = 1,
        timeout: float = 5.0,
        **filters: Any,
    ) -> list[Exchange]:
        """Exchanges that pass the filters of ``journal()`` and the predicate, as soon as there are ``count`` of them.

        :raises TimeoutError: telling what did come, after ``timeout`` seconds.
        """
        # Looks are counted, because a clock may be under a test's thumb (freezegun, time-machine).
        for _ in range(ceil(timeout / PACE) + 1):
            found = [one for one in self.journal(**filters) if predicate is None or predicate(one)]
            if len(found) >= count:
                return found
            sleep(PACE)
        raise TimeoutError(self._missed(count, timeout, filters, len(found)))

    def inbox(self, *, channel: str | None = None, to: str | None = None, user_id: str | None = None) -> list[Message]:
        """Mail, SMS and the like that the fakes have sent by now, oldest first."""
        found = self._control.get("/v1/inbox", lane=self.number, channel=channel, to=to, user_id=user_id)
        return [message(one) for one in found["messages"]]

    def allow(self, *findings: str) -> None:
        """Findings that are meant, e.g. ``violation:alert.createAlert``: whatever came or comes of them fails neither the test nor
        the whole run.

        :raises MockSuiteError: when it is no kind of finding, no service or no operation
        """
        self._say_allowed(findings)
        self._allowed += findings

    def verify(self, allow: Sequence[str] = ()) -> Verification:
        """Whether the neighbours were used as agreed, since the last reset. What is allowed, e.g. ``violation:alert.createAlert``,
        is told and fails nothing."""
        found = self._control.get("/v1/verification", lane=self.number, since="reset", allow=list(allow))
        return verification(found)

    def coverage(self, service: str | None = None) -> Mapping[str, Any]:
        """Which failures the service under test has met, over all lanes, since the suite started."""
        coverage: Mapping[str, Any] = self._control.get("/v1/coverage", service=service)
        return coverage

    # Time

    def now(self) -> datetime:
        """The instant on the fakes' clock. The service under test keeps its own."""
        return _instant(self._control.get("/v1/clock", lane=self.number)["now"])

    def advance(self, by: str | timedelta) -> datetime:
        """Moves the fakes' clock on, ``61s`` or ``2m`` or ``1h``; what falls due on the way happens at once."""
        asked = by if isinstance(by, str) else f"{by // timedelta(milliseconds=1)}ms"
        return _instant(self._control.post("/v1/clock/advance", {"by": asked}, lane=self.number)["now"])

    def freeze(self, at: str | datetime | None = None) -> datetime:
        """Stops the fakes' clock where it stands, or at an instant: ``2026-01-17T09:15:30Z``."""
        asked = {} if at is None else {"at": at if isinstance(at, str) else at.astimezone(timezone.utc).isoformat()}
        return _instant(self._control.post("/v1/clock/freeze", asked, lane=self.number)["now"])

    def resume(self) -> datetime:
        """Lets the fakes' clock run on from where it stands."""
        return _instant(self._control.post("/v1/clock/resume", lane=self.number)["now"])

    # Records

    def record(self, table: str, key: str) -> Record:
        """One record: ``record("users", "user_123")``."""
        return self.world[table][key]

    def put(self, table: str, key: str, record: Mapping[str, Any] | None = None, **members: Any) -> None:
        """Replaces a record, or creates it."""
        self.world[table][key] = {**(record or {}), **members}

    # For the plugin

    def begin(self) -> None:
        """A test begins: as new, and what is played, stopped and allowed from here on is the test's own."""
        self._touched = set()
        self._allowed = []
        self.reset()
        self._under_test = True

    def end(self) -> None:
        """A test is over: what it played ends, and what it replaced or stopped plays again."""
        self._under_test = False
        if self._touched:
            self._restore(self._touched)

    def clear(self) -> None:
        """Ends what a worker that died was playing here."""
        self._restore({one.scenario for one in self.playing()} | set(self._standing))

    def findings(self) -> list[Finding]:
        """What was not as agreed and not allowed."""
        return [one for one in self.verify().findings if one.allowed is None]

    def _say_allowed(self, findings: Sequence[str]) -> None:
        self._control.post("/v1/allowances", {"allow": list(findings)}, lane=self.number)

    def _restore(self, touched: Collection[str]) -> None:
        # Rules are asked in the order in which scenarios came: where one has lost its place, all take theirs again.
        standing = {} if self._standing.keys().isdisjoint(touched) else dict(self._standing)
        for one in self.playing():
            if one.scenario in touched or one.scenario in standing:
                self._control.delete(f"/v1/playing/{one.scenario}", lane=self.number)
        for source in standing.values():
            self._control.post("/v1/playing", source, lane=self.number)

    def _end(self, name: str) -> None:
        try:
            self.stop(name)
        except MockSuiteError as error:
            if error.code != "unknown-scenario":
                raise

    def _missed(self, count: int, timeout: float, filters: Mapping[str, Any], found: int) -> str:
        asked = ", ".join(f"{name}={value!r}" for name, value in filters.items()) or "the predicate"
        came = self.journal()
        told = "\n".join(f"  {one}" for one in came[-20:]) or "  nothing"
        return f"waited {timeout:g} s for {count} of {asked}; {found} came. All that came, {len(came)}:\n{told}"


def _instant(text: str) -> datetime:
    # Python 3.9 and 3.10 do not read a Z.
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
