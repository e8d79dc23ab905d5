from __future__ import annotations


class MockSuiteError(Exception):
    """What the suite refused, in its own words, or why it cannot be had."""

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(message)
        #: As in the suite's list of errors, e.g. ``unknown-scenario``.
        self.code = code
        #: Of the reply; None where there was none.
        self.status = status

    def __reduce__(self) -> tuple[type[MockSuiteError], tuple[str, str, int | None]]:
        return type(self), (self.code, str(self), self.status)
