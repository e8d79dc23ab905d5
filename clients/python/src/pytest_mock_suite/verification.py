from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

from .explanation import explained

KINDS = ("unmatched", "violation", "refused", "rule-never-met", "handler-failure", "off-contract")


@dataclass(frozen=True)
class Finding:
    """One way in which the service under test, a scenario or a fake did not do as agreed."""

    #: The same from run to run.
    id: str
    #: One of ``KINDS``.
    kind: str
    #: Whether a test fails by it.
    fails: bool
    lane: int
    service: str
    operation: str | None
    #: In one line.
    told: str
    times: int
    #: The journal's number of the first.
    seq: int | None
    #: As it came.
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """What allows just this: ``violation:alert.createAlert``."""
        return f"{self.kind}:{self.service}" + (f".{self.operation}" if self.operation else "")

    def is_allowed(self, allow: tuple[str, ...]) -> bool:
        """By its id, its kind, ``kind:service`` or ``kind:service.operation``."""
        return not {self.id, self.kind, f"{self.kind}:{self.service}", self.name}.isdisjoint(allow)

    def __str__(self) -> str:
        often = f" ({self.times} times)" if self.times > 1 else ""
        lines = [f"{self.name}: {self.told}{often}"]
        if self.raw["explanation"] is not None:
            lines += explained(self.raw["explanation"])
        return "\n".join(lines)


@dataclass(frozen=True)
class Verification:
    """Whether the service under test used its neighbours as agreed, since the last reset of its lane."""

    passed: bool
    findings: tuple[Finding, ...]
    #: ``missing``: what the client calls and no fake has; ``uncalled``: operations that it never called.
    gaps: Mapping[str, Any]

    def failures(self, allow: tuple[str, ...] = ()) -> tuple[Finding, ...]:
        """The findings that fail, but for those that are allowed."""
        return tuple(one for one in self.findings if one.fails and not one.is_allowed(allow))


def verification(raw: Mapping[str, Any]) -> Verification:
    plain = ("id", "kind", "fails", "lane", "service", "operation", "told", "times", "seq")
    findings = tuple(Finding(raw=one, **{name: one[name] for name in plain}) for one in raw["findings"])
    return Verification(raw["passed"], findings, raw["gaps"])
