from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .explanation import explained


#: Every kind of finding.
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
    #: What let all of it pass, as it was said; None where nothing did.
    allowed: str | None
    lane: int
    #: ``*`` for a rule that is about any.
    service: str
    operation: str | None
    #: In one line.
    told: str
    times: int
    #: How many of them were allowed; it fails by the others.
    times_allowed: int
    #: The journal's number of the first.
    seq: int | None
    #: As it came.
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def scenario(self) -> str | None:
        """Whose rule was never met."""
        rule = self.raw["rule"]
        return None if rule is None else str(rule["scenario"])

    @property
    def allowance(self) -> str:
        """What allows just this: ``violation:alert.createAlert``."""
        if self.service == "*":
            return self.kind
        return f"{self.kind}:{self.service}" + (f".{self.operation}" if self.operation else "")

    def __str__(self) -> str:
        often = f" ({self.times} times)" if self.times > 1 else ""
        lines = [f"{self.kind}: {self.told}{often}"]
        if self.raw["explanation"] is not None:
            lines += explained(self.raw["explanation"])
        return "\n".join(lines)


@dataclass(frozen=True)
class Verification:
    """Whether the service under test used its neighbours as agreed, since the last reset of its lane."""

    passed: bool
    #: Those that fail first.
    findings: tuple[Finding, ...]
    #: ``missing``: what the client calls and no fake has; ``uncalled``: operations that it never called.
    gaps: Mapping[str, Any]


def verification(raw: Mapping[str, Any]) -> Verification:
    """From what the suite says."""
    plain = ("id", "kind", "fails", "allowed", "lane", "service", "operation", "told", "times", "times_allowed", "seq")
    findings = tuple(Finding(raw=one, **{name: one[name] for name in plain}) for one in raw["findings"])
    return Verification(raw["passed"], findings, raw["gaps"])
