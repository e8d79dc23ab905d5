#!/bin/sh
# The package as its users get it: packed, installed into a project that is not ours, and used by all its doors.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
relay=
export XDG_STATE_HOME="$work/state" NO_COLOR=1
unset MOCK_SUITE_URL MOCK_SUITE_INSTANCE MOCK_SUITE_LANE MOCK_SUITE_TOKEN 2>/dev/null || true
suite="$work/project/node_modules/.bin/mock-suite"

left() {
  test -z "$relay" || kill "$relay" 2>/dev/null || true
  test ! -x "$suite" || (cd "$work/project" && "$suite" stop --all >"$work/stopped" 2>&1) || true
  rm -rf "$work"
}
trap left EXIT

step() { printf '\n-- %s\n' "$*"; }
# A file must say something; where it does not, what it says is shown.
says() { grep -q -- "$1" "$2" || { printf 'not said: %s\n' "$1"; cat "$2"; exit 1; }; }
# A member of an object in a file.
from() { node -p "const all = JSON.parse(require('node:fs').readFileSync('$1', 'utf8').split('\n')[0]); all.$2"; }

step 'packed'
cd "$here/../.."
npm pack --ignore-scripts --silent --pack-destination "$work"
node test/example/contents.mjs "$work"/*.tgz

step 'installed'
cp -R "$here/project" "$work/project"
cd "$work/project"
mkdir .git
npm install --no-audit --no-fund --loglevel=error --prefer-offline "$work"/*.tgz

step 'types: nodenext, bundler, CommonJS'
npx tsc --noEmit
npx tsc -p consumers/tsconfig.nodenext.json
npx tsc -p consumers/tsconfig.bundler.json

step 'every door, by import and by require'
# Not worker-env, which joins a suite while it is imported, nor what stands on packages that are not here or run only under Vitest.
doors=$(node -p "
  const { exports } = require('mock-suite/package.json')
  const apart = ['./worker-env', './vitest', './in-process']
  Object.keys(exports).filter((door) => !door.endsWith('.json') && !apart.includes(door)).map((door) => 'mock-suite' + door.slice(1)).join(' ')
")
# shellcheck disable=SC2086
for consumer in imported.mjs required.cjs; do
  node "consumers/$consumer" $doors 2>"$work/warned" || { cat "$work/warned"; exit 1; }
  test ! -s "$work/warned" || { printf 'this is told on standard error:\n'; cat "$work/warned"; exit 1; }
done

step 'its own service beside ours'
"$suite" contracts list >"$work/list"
says shipment "$work/list"
says marketplace "$work/list"
"$suite" start-all --detach --ports auto --json >"$work/started"
url=$(from "$work/started" 'lanes[0].services.shipment')
node "$here/ask.mjs" "$url" 201
"$suite" verify
"$suite" scenario play shipment-down
node "$here/ask.mjs" "$url" 503
"$suite" journal --service shipment --json >"$work/journal"
says '"operation":"order"' "$work/journal"

step 'recorded, and held against its contract'
"$suite" scenario stop shipment-down
"$suite" reset
"$suite" record --service shipment --upstream "$url" --ports auto --json >"$work/recording" 2>"$work/relay" &
relay=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  test ! -s "$work/recording" || break
  sleep 1
done
node "$here/ask.mjs" "$(from "$work/recording" 'lanes[0].services.shipment')" 201
kill "$relay"
wait "$relay"
relay=
"$suite" drift --service shipment
"$suite" trust shipment
"$suite" stop

step 'its tests'
npx vitest run

step 'a new service in it'
"$suite" new service order-book
npx tsc --noEmit
"$suite" contracts list >"$work/list"
says order-book "$work/list"
"$suite" scenario check order-book-down
npx vitest run

printf '\nthe package works in a project that is not ours\n'
