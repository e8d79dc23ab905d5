"""What is told of a test that failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Callable

from .error import MockSuiteError
from .lane import Lane
from .verification import Finding

#: Of the journal, as many exchanges are told.
LAST = 10


def told_findings(findings: Sequence[Finding]) -> str:
    """Why a test fails that had passed."""
    allow = ", ".join(dict.fromkeys(repr(one.allowance) for one in findings))
    meant = (
        f"The neighbours were not used as agreed. Where this is meant, say so: @pytest.mark.mock_suite(allow=[{allow}])"
    )
    return "\n\n".join([*map(str, findings), meant])


def told_lane(lane: Lane, findings: Callable[[], Sequence[Finding]]) -> str:
    """What went on around a test. Of a suite that cannot be asked any more, that is told."""
    try:
        return "\n".join([*(f"{one}\n" for one in findings()), *_playing(lane), *_journal(lane)])
    except MockSuiteError as error:
        return str(error)


def _playing(lane: Lane) -> Iterator[str]:
    for one in lane.playing():
        yield f"lane {lane.number} plays {one.scenario}, seed {one.seed}:"
        yield from (f"  {rule.told}: {rule.matches} matches, {rule.strikes} strikes" for rule in one.rules)


def _journal(lane: Lane) -> Iterator[str]:
    came = lane.journal()
    kept = f", the last {LAST}" if len(came) > LAST else ""
    yield f"lane {lane.number}, {len(came)} {'exchange' if len(came) == 1 else 'exchanges'}{kept}:"
    yield from (f"  {one}" for one in came[-LAST:])
