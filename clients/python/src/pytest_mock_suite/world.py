from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .control import Control
from .error import MockSuiteError

Record = dict[str, Any]
#: As many as are asked for at once.
PAGE = 500


class Table:
    """One table of a lane: records by their key. What is written is seen by the next request of the service under test."""

    def __init__(self, control: Control, lane: int, name: str) -> None:
        self.name = name
        self._control = control
        self._lane = lane
        self._path = f"/v1/tables/{quote(name, safe='')}"

    def __getitem__(self, key: str) -> Record:
        return self._keyed("get", key)["record"]  # type: ignore[no-any-return]

    def __setitem__(self, key: str, record: Mapping[str, Any]) -> None:
        self._control.put(self._of(key), dict(record), lane=self._lane)

    def __delitem__(self, key: str) -> None:
        self._keyed("delete", key)

    def __contains__(self, key: str) -> bool:
        try:
            self[key]
        except KeyError:
            return False
        return True

    def __len__(self) -> int:
        return int(self._control.get(self._path, lane=self._lane, limit=1)["total"])

    # Without it, `for record in table` would ask for the keys 0, 1, 2 …
    __iter__ = None

    def records(self) -> list[Record]:
        """All of them, in the order in which they came."""
        found: list[Record] = []
        while True:
            page = self._control.get(self._path, lane=self._lane, offset=len(found), limit=PAGE)
            found += page["records"]
            if len(found) >= page["total"] or not page["records"]:
                return found

    def change(self, key: str, **members: Any) -> Record:
        """Replaces some members of a record, and returns it."""
        changed = {**self[key], **members}
        self[key] = changed
        return self[key]

    def _keyed(self, method: str, key: str) -> Any:
        try:
            return getattr(self._control, method)(self._of(key), lane=self._lane)
        except MockSuiteError as error:
            if error.code == "unknown-key":
                raise KeyError(str(error)) from None
            raise

    def _of(self, key: str) -> str:
        return f"{self._path}/{quote(key, safe='')}"


class World:
    """The tables of a lane: ``world["users"]`` is one that all fakes share, ``world["alert.alerts"]`` one that a fake keeps."""

    def __init__(self, control: Control, lane: int) -> None:
        self._control = control
        self._lane = lane

    def __getitem__(self, name: str) -> Table:
        return Table(self._control, self._lane, name if "." in name else f"world.{name}")

    # As for tables: no walk through the keys 0, 1, 2 …
    __iter__ = None

    def tables(self) -> list[str]:
        """The names of all tables."""
        return [one["table"] for one in self._control.get("/v1/tables", lane=self._lane)]
