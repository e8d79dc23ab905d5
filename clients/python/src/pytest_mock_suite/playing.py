from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Callable


@dataclass(frozen=True)
class Rule:
    rule: str
    #: In words.
    told: str
    #: How many requests it was about.
    matches: int
    #: How many of them it did something to.
    strikes: int


@dataclass(frozen=True)
class Playing:
    """A scenario that plays, as it stood when the suite was asked. As a context manager it ends with its block."""

    scenario: str
    lane: int
    seed: int
    since: str
    #: The one that is on, ``over`` after the last; None where there are none.
    phase: str | None
    rules: tuple[Rule, ...]
    _stop: Callable[[str], None] = field(repr=False, compare=False)

    def stop(self) -> None:
        """Ends it; nothing happens where it has ended already."""
        self._stop(self.scenario)

    def __enter__(self) -> Playing:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def playing(raw: Mapping[str, Any], stop: Callable[[str], None]) -> Playing:
    """From what the suite says that plays."""
    rules = tuple(Rule(one["rule"], one["told"], one["matches"], one["strikes"]) for one in raw["rules"])
    return Playing(raw["scenario"], raw["lane"], raw["seed"], raw["since"], raw["phase"], rules, stop)
