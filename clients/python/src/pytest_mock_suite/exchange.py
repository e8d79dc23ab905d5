from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class _Part:
    headers: tuple[tuple[str, str], ...]
    text: str

    def header(self, name: str) -> str | None:
        """The value of a header, however it is cased; None where there is none."""
        return next((value for other, value in self.headers if other.lower() == name.lower()), None)

    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.text)


@dataclass(frozen=True)
class Request(_Part):
    method: str
    #: Path and query, as they came.
    target: str
    headers: tuple[tuple[str, str], ...]
    text: str

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True)
class Reply(_Part):
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str


@dataclass(frozen=True)
class Exchange:
    """One request, and what became of it."""

    #: Counts from 1 since the last reset.
    seq: int
    at: str
    service: str
    #: None where no operation took the request.
    operation: str | None
    #: ``out`` for a callback that a fake made.
    direction: str
    request: Request
    #: None where the client got none.
    reply: Reply | None
    #: reply, hang, close, reset, garbage, refuse or lost.
    outcome: str
    status: int | None
    #: The names of those that struck, the outermost first.
    faults: tuple[str, ...]
    #: Why the vendor refused, e.g. ``invalid`` or ``unauthorized``.
    problem: str | None
    #: The client left before it was answered.
    gone: bool
    #: The entry of the journal as it came.
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    def __str__(self) -> str:
        became = self.status if self.outcome == "reply" else self.outcome
        struck = f"  [{', '.join(self.faults)}]" if self.faults else ""
        name = f"{self.service}.{self.operation}" if self.operation else f"{self.service}: no operation took it"
        return f"#{self.seq} {self.request.method} {self.request.target} → {became}  {name}{struck}{'  (client left)' if self.gone else ''}"


def exchange(raw: Mapping[str, Any]) -> Exchange:
    """From an entry of the journal."""
    asked, answered = raw["request"], raw["reply"]
    request = Request(asked["method"], asked["target"], _headers(asked), asked["body"])
    reply = None if answered is None else Reply(raw["status"], _headers(answered), answered["body"])
    faults = tuple(injection["fault"] for injection in raw["faults"])
    plain = ("seq", "at", "service", "operation", "direction", "outcome", "status", "problem", "gone")
    return Exchange(request=request, reply=reply, faults=faults, raw=raw, **{name: raw[name] for name in plain})


def _headers(part: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in part["headers"])
