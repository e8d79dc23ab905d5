#!/bin/sh
# One of the two services, in a virtual environment of its own.
#
#   run.sh alert|user [--port N] [--version 1|2] [--seed N] …    runs it; the first line of the output is its address
#   run.sh prepare                                               only makes the environments; ends with 1 if that cannot be
#
#   VENVS     where the environments are kept; default the root of the repository
#   PYTHON    what makes them; default python3
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${VENVS:-$here/../../..}
python=${PYTHON:-python3}
export PYTHONDONTWRITEBYTECODE=1

# The environment of one service, made when it is not there yet.
prepare() {
  venv=$folder/.venv-provider-$1
  "$python" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))' || {
    echo "provider: Python 3.10 to 3.12 is wanted: these releases of FastAPI have no packages for later ones" >&2
    return 1
  }
  cmp -s "$here/requirements-$1.txt" "$venv/installed.txt" && return
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv" >&2 || return 1
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 15 --only-binary :all: \
    --requirement "$here/requirements-$1.txt" >&2 || return 1
  cp "$here/requirements-$1.txt" "$venv/installed.txt"
}

service=$1
shift
if [ "$service" = prepare ]; then
  prepare alert
  prepare user
else
  prepare "$service"
  exec "$folder/.venv-provider-$service/bin/python" "$here/$service.py" "$@"
fi
