"""What is told of a test that failed."""

from __future__ import annotations

from typing import Iterator

from .error import MockSuiteError
from .lane import Lane
from .verification import Finding

#: Of the journal, as many exchanges are told.
LAST = 10


def told_findings(findings: tuple[Finding, ...]) -> str:
    """Why a test fails that had passed."""
    head = "The neighbours were not used as agreed:" if len(findings) == 1 else f"The neighbours were not used as agreed, in {len(findings)} ways:"
    ways = [str(one) for one in findings]
    names = ", ".join(repr(one.name) for one in findings)
    return "\n\n".join([head, *ways, f"Where this is meant, mark the test: @pytest.mark.mock_suite(allow=[{names}])"])


def told_lane(lane: Lane, allow: tuple[str, ...], with_findings: bool) -> str:
    """What went on around a test; a suite that cannot be asked any more is told of instead."""
    try:
        return "\n".join([*(_findings(lane, allow) if with_findings else ()), *_playing(lane), *_journal(lane)])
    except MockSuiteError as error:
        return str(error)


def _findings(lane: Lane, allow: tuple[str, ...]) -> Iterator[str]:
    for finding in lane.verify().failures(allow):
        yield from (str(finding), "")


def _playing(lane: Lane) -> Iterator[str]:
    for one in lane.playing():
        yield f"lane {lane.number} plays {one.scenario}, seed {one.seed}"
        yield from (f"  {rule.told}: {rule.matches} matches, {rule.strikes} strikes" for rule in one.rules)


def _journal(lane: Lane) -> Iterator[str]:
    came = lane.journal()
    yield f"lane {lane.number}, the last {LAST} of {len(came)} exchanges:" if len(came) > LAST else f"lane {lane.number}, {len(came)} exchange(s):"
    yield from (f"  {one}" for one in came[-LAST:])
