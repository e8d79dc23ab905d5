from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .error import MockSuiteError
from .settings import Settings

NAME = "mock-suite"


def find_program(settings: Settings) -> list[str]:
    """The words that call mock-suite: as it is set, as a project has it installed, as the machine has it, as npx keeps it.

    :raises MockSuiteError: ``program-not-found``, naming what was tried.
    """
    if settings.command:
        return settings.command_words()
    installed = _installed(settings.root)
    on_path = None if installed else shutil.which(NAME)
    found = installed or on_path or _kept_by_npx(settings.root)
    if found:
        return [found]
    raise MockSuiteError(
        "program-not-found",
        "could not start a suite: the program mock-suite was not found. Tried were\n"
        "  - the option --mock-suite-command, MOCK_SUITE_COMMAND and mock_suite_command of the ini file: none is set\n"
        f"  - node_modules/.bin/{NAME} in {settings.root} and in every folder above it\n"
        f"  - {NAME} on PATH\n"
        f"  - npx --no-install {NAME}\n"
        "Install it (npm install --save-dev mock-suite), name it, or join a suite that runs by MOCK_SUITE_URL.",
    )


def _installed(root: Path) -> str | None:
    name = f"{NAME}.cmd" if os.name == "nt" else NAME
    places = (folder / "node_modules" / ".bin" / name for folder in (root, *root.parents))
    return next((str(place) for place in places if place.is_file()), None)


def _kept_by_npx(root: Path) -> str | None:
    """Where npx has it. It is not started by npx: the suite would be npx's child, and outlive a pytest that is killed."""
    npx = shutil.which("npx")
    if npx is None:
        return None
    command = [npx, "--no-install", "--package", NAME, "--call", f"command -v {NAME}"]
    # Offline, or npx asks the registry for what it must not install.
    env = {**os.environ, "npm_config_offline": "true"}
    try:
        asked = subprocess.run(
            command,
            cwd=root,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None
