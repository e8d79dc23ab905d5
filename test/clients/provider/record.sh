#!/bin/sh
# Records a day with each of the two services, through our own relay.
#
#   record.sh [--version 1|2] [--out FOLDER]     default: release 1, into contracts/recordings
#
#   MOCK_SUITE_BIN    the program; default dist/bin/mock-suite.js, which must be built
#   PYTHON_CLIENT     a Python that has httpx, for the client; default that of .venv-provider-alert
#   VENVS, PYTHON     as in run.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
program=${MOCK_SUITE_BIN:-$root/dist/bin/mock-suite.js}
client=${PYTHON_CLIENT:-${VENVS:-$root}/.venv-provider-alert/bin/python}
version=1
out=$root/contracts/recordings
# The same each time, so that what is recorded anew has the pseudonyms of before. It hides nothing: all secrets of these services are made up.
export MOCK_SUITE_REDACTION_KEY=mock-suite-committed-recordings
export PYTHONDONTWRITEBYTECODE=1

while [ $# -gt 0 ]; do
  case $1 in
    --version) version=$2 ;;
    --out) out=$2 ;;
    *) echo "record: what is $1?" >&2 && exit 2 ;;
  esac
  shift 2
done

work=$(mktemp -d)
started=
finish() {
  for each in $started; do kill "$each" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# Starts a command in the background, and waits until it has told its address in the first line.
# $1 names the file that it is kept in.
begin() {
  name=$1
  shift
  "$@" >"$work/$name" &
  process=$!
  started="$process $started"
  while [ ! -s "$work/$name" ]; do
    kill -0 "$process" 2>/dev/null || { echo "record: $name did not start" >&2 && exit 1; }
    sleep 0.1
  done
}

begin user sh "$here/run.sh" user --version "$version" --port 0
user=$(cat "$work/user")
begin alert sh "$here/run.sh" alert --version "$version" --port 0 --evaluate-after 0.5 --jwks "$user/v1/auth/.well-known/jwks.json"
alert=$(cat "$work/alert")

# One day: the relay, the client, and the relay's end, at which the recording is whole.
day() {
  service=$1
  upstream=$2
  shift 2
  begin "$service-relay" node "$program" record --service "$service" --upstream "$upstream" --out "$out/$service" --ports auto --json
  relay=$process
  address=$(sed -n 's/.*"'"$service"'":"\(http[^"]*\)".*/\1/p' "$work/$service-relay")
  strict=
  [ "$version" != 1 ] || strict=--strict
  "$client" "$here/drive.py" "$service" "$address" $strict "$@"
  kill "$relay"
  wait "$relay"
}

day alert "$alert" --login "$user"
day user "$user"
