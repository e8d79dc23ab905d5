#!/bin/sh
# Holds the pytest plugin, installed from its wheel, against the newest pytest and pytest-xdist, and against the oldest supported ones.
#
#   run.sh [PYTEST ARGUMENTS]
#
#   PLUGIN_VENV     where the virtual environments are kept; default .venv-plugin, beside it .venv-plugin-former
#   PYTHON          what makes them; default python3
#   PYTHON_FORMER   what makes the former one; default a Python 3.9 where there is one, otherwise PYTHON
#   MOCK_SUITE_BIN  the program that is started; default dist/bin/mock-suite.js, which must be built
#   RUNS            how often in a row the two hundred tests run on four workers; default 2. By the oldest versions it is forty of them, once
#
# Where PyPI cannot be had, nothing is held: that is said, and is no failure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
package=$(dirname "$here")
root=$(cd "$package/../.." && pwd)
venv=${PLUGIN_VENV:-$root/.venv-plugin}
python=${PYTHON:-python3}
program=${MOCK_SUITE_BIN:-$root/dist/bin/mock-suite.js}
export PYTHONDONTWRITEBYTECODE=1
export MOCK_SUITE_COMMAND="node '$program'"
unset MOCK_SUITE_URL MOCK_SUITE_TOKEN

say() {
  echo "plugin: $*" >&2
}

# A Python 3.9, on the path or kept by pyenv, if it does run.
former_python() {
  for one in "${PYTHON_FORMER:-}" python3.9 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.9.*/bin/python "$python"; do
    [ -n "$one" ] && "$one" --version >/dev/null 2>&1 && echo "$one" && return
  done
}

# Sdist and wheel, the wheel out of the sdist: what is missing there is missing in what people install.
build() {
  "$venv/bin/python" -m build --no-isolation --outdir "$1" "$package" >"$1/log" 2>&1 || { cat "$1/log" >&2; return 1; }
}

# The environment of one list of requirements, made by one Python when it is not there yet.
prepare() {
  "$2/bin/python" -m pip --version >/dev/null 2>&1 || "$3" -m venv "$2" >&2 || return 1
  "$2/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 15 --only-binary :all: --requirement "$here/$1" >&2
}

# The tests, by one environment; whatever follows it is for pytest.
hold() {
  with=$1/bin/python
  shift
  "$with" -m pip install --quiet --disable-pip-version-check --no-deps --no-index --force-reinstall "$built"/*.whl
  say "$("$with" -c 'import platform, pytest, xdist; print("Python", platform.python_version() + ", pytest", pytest.__version__ + ", pytest-xdist", xdist.__version__)')"
  (cd "$here" && "$with" -m pytest -q -n 2 -p no:cacheprovider "$@")
}

if [ ! -f "$program" ]; then
  say "$program is missing: run npm run build first"
  exit 1
fi
if ! prepare requirements.txt "$venv" "$python"; then
  say "SKIPPED: the pytest plugin was not tested. The packages of clients/python/tests/requirements.txt cannot be had from PyPI."
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
built=$scratch/built
mkdir "$built"
build "$built"

hold "$venv" "$@"
if prepare requirements-former.txt "$venv-former" "$(former_python)"; then
  RUNS=1 TURNS=40 hold "$venv-former" "$@"
else
  say "SKIPPED: the oldest pytest that is supported; the packages of clients/python/tests/requirements-former.txt cannot be had"
fi
