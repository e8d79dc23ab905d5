#!/bin/sh
# Holds the fakes against real Python clients: httpx, aiohttp, requests and prometheus_client, of today and of the time before httpx 0.28.
#
#   run.sh [PYTEST ARGUMENTS]
#
#   CLIENTS_VENV    where the virtual environments are kept; default .venv-clients, beside it .venv-clients-former
#   PYTHON          what makes them; default python3
#   MOCK_SUITE_BIN  the program to hold; default dist/bin/mock-suite.js, which must be built
#
# Where PyPI cannot be had, the packages that the machine has will do. Without any, nothing is held: that is said, and is no failure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=${CLIENTS_VENV:-$root/.venv-clients}
python=${PYTHON:-python3}
program=${MOCK_SUITE_BIN:-$root/dist/bin/mock-suite.js}
export PYTHONDONTWRITEBYTECODE=1

say() {
  echo "clients: $*" >&2
}

# The environment of one list of requirements, made when it is not there yet.
prepare() {
  "$2/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv "$2" >&2 || return 1
  "$2/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 15 --only-binary :all: --requirement "$here/$1" >&2
}

# What one Python lacks of what the tests import.
lacking() {
  for module in httpx aiohttp requests prometheus_client tenacity pybreaker anyio pytest; do
    "$1" -c "import $module" >/dev/null 2>&1 || echo "$module"
  done
}

# The tests, by one Python; whatever follows it is for pytest.
hold() {
  with=$1
  shift
  say "$("$with" -c 'import aiohttp, httpx, platform, requests as r; print(
    "Python", platform.python_version() + ", httpx", httpx.__version__ + ", aiohttp", aiohttp.__version__ + ", requests", r.__version__)')"
  (cd "$here" && MOCK_SUITE_BIN=$program "$with" -m pytest -q "$@")
}

if [ ! -f "$program" ]; then
  say "$program is missing: run npm run build first"
  exit 1
fi

today=
if prepare requirements.txt "$venv"; then
  today=$venv/bin/python
else
  for machine in "$python" /usr/bin/python3; do
    [ -n "$(lacking "$machine")" ] || today=${today:-$machine}
  done
  if [ -z "$today" ]; then
    say "SKIPPED: no fake was held against a real client. The packages of test/clients/requirements.txt cannot be had from PyPI, and $python lacks:" $(lacking "$python")
    say "(Debian has them as python3-httpx python3-aiohttp python3-requests python3-prometheus-client python3-tenacity python3-pybreaker python3-pytest.)"
    exit 0
  fi
fi

former=
if prepare requirements-former.txt "$venv-former"; then
  former=$venv-former/bin/python
else
  say "SKIPPED: the clients of former years; the packages of test/clients/requirements-former.txt cannot be had"
fi

# What test_drift.py records: real services. By the clients of today alone; once is enough.
if sh "$here/provider/run.sh" prepare; then
  export PROVIDERS=ready
else
  say "SKIPPED: drift was not held against real services; the packages of test/clients/provider cannot be had"
fi

# The first that fails has the last word.
hold "$today" "$@"
[ -z "$former" ] || hold "$former" --ignore=test_drift.py "$@"
