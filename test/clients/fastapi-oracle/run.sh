#!/bin/sh
# Holds the fixtures against FastAPI itself: builds one virtual environment for each release and asks the live application again.
#
#   run.sh [FOLDER]     where the environments are kept; default VENVS, else the root of the repository
#
# Without Python or the package index there is nothing to hold them against: that is said, and is no failure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-${VENVS:-$here/../../..}}
python=${PYTHON:-python3}

skip() {
  echo "SKIPPED: the fixtures were not held against the real FastAPI $version: $1" >&2
}

# The environment of one release, made when it is not there yet.
prepare() {
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || return 1
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements-$version.txt"
}

failed=0
for version in 0.104.1 0.115.0; do
  venv=$folder/.venv-fastapi-$version
  if ! command -v "$python" >/dev/null 2>&1; then
    skip "$python is missing"
  elif ! "$python" -c 'import sys; sys.exit(not (3, 8) <= sys.version_info[:2] <= (3, 12))'; then
    skip "Python 3.8 to 3.12 is wanted: later ones word JSON errors otherwise, and these releases have no packages for them"
  elif ! prepare; then
    skip "its packages cannot be had (see requirements-$version.txt)"
  else
    PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" "$here/record.py" --check || failed=1
  fi
done
exit $failed
