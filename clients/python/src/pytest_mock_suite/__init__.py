"""The fakes of mock-suite in pytest: fixtures, a lane for every worker, and a verdict on every test."""

from .control import Control
from .error import MockSuiteError
from .exchange import Exchange, Reply, Request
from .lane import Lane
from .message import Message
from .playing import Playing, Rule
from .suite import Suite
from .verification import Finding, Verification
from .world import Table, World

__all__ = [
    "Control",
    "Exchange",
    "Finding",
    "Lane",
    "Message",
    "MockSuiteError",
    "Playing",
    "Reply",
    "Request",
    "Rule",
    "Suite",
    "Table",
    "Verification",
    "World",
]
