from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any, Callable
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from .error import MockSuiteError

#: Seconds that any one call may take.
PATIENCE = 20


class Control:
    """The suite's own API. By urllib, which no library that fakes requests or httpx gets hold of, and past any proxy."""

    def __init__(self, url: str, token: str | None = None, ended: Callable[[], str | None] = lambda: None) -> None:
        """``ended`` tells how the suite came to its end, where that is known."""
        self.url = url.rstrip("/")
        self.token = token
        self._ended = ended
        self._opener = build_opener(ProxyHandler({}))

    def get(self, path: str, **query: object) -> Any:
        return self._ask("GET", path, query)

    def post(self, path: str, body: object = None, **query: object) -> Any:
        return self._ask("POST", path, query, body)

    def put(self, path: str, body: object, **query: object) -> Any:
        return self._ask("PUT", path, query, body)

    def delete(self, path: str, **query: object) -> Any:
        return self._ask("DELETE", path, query)

    def _ask(self, method: str, path: str, query: dict[str, object], body: object = None) -> Any:
        request = Request(self._address(path, query), method=method, headers={"accept": "application/json"})
        if self.token:
            request.add_header("authorization", f"Bearer {self.token}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("content-type", "application/json")
        try:
            with self._opener.open(request, timeout=PATIENCE) as reply:
                text = reply.read()
            return json.loads(text) if text else None
        except HTTPError as refusal:
            raise _refused(method, path, refusal) from None
        except (HTTPException, OSError, ValueError) as error:
            raise self._unreachable(method, path, error) from error

    def _address(self, path: str, query: dict[str, object]) -> str:
        given = urlencode([(name, _spelt(one)) for name, value in query.items() for one in _several(value)])
        return self.url + path + (f"?{given}" if given else "")

    def _unreachable(self, method: str, path: str, error: Exception) -> MockSuiteError:
        reason = error.reason if isinstance(error, URLError) else error
        why = self._ended() or f"{reason}. Is it still running?"
        return MockSuiteError("not-running", f"could not ask the suite at {self.url} for {method} {path}: {why}")


def _several(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refused(method: str, path: str, refusal: HTTPError) -> MockSuiteError:
    text = refusal.read().decode("utf-8", "replace")
    try:
        problem = json.loads(text)
        return MockSuiteError(str(problem["code"]), str(problem["detail"]), refusal.code)
    except (ValueError, KeyError, TypeError):
        return MockSuiteError(
            "unreadable", f"{method} {path} was answered with {refusal.code}: {text[:500]}", refusal.code
        )
