from __future__ import annotations

import json
import os
import queue
import shlex
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from .error import MockSuiteError

#: Seconds until everything must listen.
PATIENCE = 60
#: Seconds that an end in order may take.
GRACE = 15
#: Of what it said, as many characters are told.
TOLD = 4000


class Child:
    """A suite that was started here, and ends here."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """:raises MockSuiteError: ``not-started``, with what it said."""
        self._command = command
        self._owner = os.getpid()
        self._said = tempfile.TemporaryFile("w+b")
        self._lines: queue.Queue[str] = queue.Queue()
        try:
            # In a session of its own: Ctrl-C is for pytest, which still asks the suite while it ends.
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self._said,
                start_new_session=True,
            )
        except OSError as error:
            self._said.close()
            raise MockSuiteError("not-started", f"could not start a suite by {shlex.join(command)}: {error}") from error
        threading.Thread(target=self._read, name="mock-suite", daemon=True).start()
        self.announced = self._announcement()

    def ended(self) -> str | None:
        """How it came to its end; None while it runs."""
        code = self._process.poll()
        return None if code is None else f"it has ended with {code}.{self._last_words()}"

    def stop(self) -> None:
        """Ends it, in order if it can be. What was forked off the process that started it leaves it alone."""
        if self._owner != os.getpid():
            return
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()

    def _read(self) -> None:
        # To the end, or a full pipe would halt it.
        with self._process.stdout as lines:  # type: ignore[union-attr]
            for line in lines:
                self._lines.put(line.decode("utf-8", "replace"))
        self._lines.put("")

    def _announcement(self) -> Any:
        try:
            line = self._lines.get(timeout=PATIENCE)
            announced = json.loads(line)
            announced["control"]["url"], announced["lanes"]
            return announced
        except queue.Empty:
            why = f"it was not ready within {PATIENCE} s."
        except (ValueError, KeyError, TypeError):
            why = self._why(line)
        told = f"could not start a suite by {shlex.join(self._command)}: {why}{self._last_words()}"
        self.stop()
        raise MockSuiteError("not-started", told)

    def _why(self, line: str) -> str:
        if line:
            return f"it said {line.strip()[:200]!r}, which is no announcement."
        try:
            return f"it ended with {self._process.wait(GRACE)}."
        except subprocess.TimeoutExpired:
            return "it said nothing."

    def _last_words(self) -> str:
        if self._said.closed:
            return ""
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace").strip()
        return f" It said:\n{said[-TOLD:]}" if said else " It said nothing."
