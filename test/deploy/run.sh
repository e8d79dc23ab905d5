#!/bin/bash
# Holds the action, the image, the compose file, the manifests and the snippets of the documentation against the tools and schemas of those who read them.
#
#   DEPLOY_VENV   where the tools are kept; default .venv-deploy
#   PYTHON        what makes it; default python3
#
# A tool that cannot be had checks nothing: that is said, and is no failure. Each one that is there must find what is wrong in something broken, first.
# shellcheck disable=SC2016  # What is replaced in a file has dollars of its own.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
venv=${DEPLOY_VENV:-$PWD/.venv-deploy}
python=${PYTHON:-python3}
passed=0

say() {
  echo "deploy: $*" >&2
}

# One thing that must hold.
hold() {
  local told=$1
  shift
  if ! "$@" >"$scratch/told" 2>&1; then
    cat "$scratch/told" >&2
    say "FAILED: $told"
    exit 1
  fi
  passed=$((passed + 1))
}

# One thing that must not hold: a tool that lets it pass is no tool.
notice() {
  local told=$1
  shift
  if "$@" >"$scratch/told" 2>&1; then
    say "FAILED: nothing was found in $told"
    exit 1
  fi
  passed=$((passed + 1))
}

# The same of a file with a word in place of another.
broken() {
  sed "s/$2/$3/" "$1" >"$scratch/broken-$(basename "$1")"
  ! cmp -s "$1" "$scratch/broken-$(basename "$1")" || { say "FAILED: $1 has no $2 to break"; exit 1; }
  echo "$scratch/broken-$(basename "$1")"
}

first() {
  echo "$1"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
node test/deploy/extract.mjs "$scratch/pieces"

if "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv "$venv" >&2; then :; fi
if "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 15 --only-binary :all: --requirement "$here/requirements.txt" >&2; then
  schema() { "$venv/bin/check-jsonschema" --builtin-schema "vendor.$1" "${@:2}"; }
  hold 'action.yml is an action' schema github-actions action.yml
  notice 'an action of no kind' schema github-actions "$(broken action.yml 'using: composite' 'using: nothing')"
  hold 'compose.yaml is a compose file' schema compose-spec compose.yaml "$scratch"/pieces/compose/*.yaml
  notice 'a compose file with an unknown member' schema compose-spec "$(broken compose.yaml read_only: read_lonely:)"
  hold 'the steps in docs are workflows' schema github-workflows "$scratch"/pieces/workflows/*.yaml
  notice 'a workflow with an unknown member' schema github-workflows "$(broken "$(first "$scratch"/pieces/workflows/*.yaml)" 'steps:' 'stairs:')"
  hold 'the GitLab job in docs is one' schema gitlab-ci --data-transform gitlab-ci "$scratch"/pieces/gitlab/*.yaml
  notice 'a GitLab job that is none' schema gitlab-ci --data-transform gitlab-ci "$(broken "$(first "$scratch"/pieces/gitlab/*.yaml)" 'script:' 'scripture:')"

  hold 'hadolint has nothing to say of the Dockerfile' "$venv/bin/hadolint" Dockerfile
  notice 'a Dockerfile with the newest Node, whichever' "$venv/bin/hadolint" "$(broken Dockerfile 'FROM node:${NODE} AS build' 'FROM node:latest AS build')"

  hold 'shellcheck has nothing to say of the scripts' "$venv/bin/shellcheck" "$scratch"/pieces/scripts/*.sh .ci/run test/deploy/run.sh
  notice 'a script with a word that splits' "$venv/bin/shellcheck" "$(broken "$scratch/pieces/scripts/step-2.sh" 'mkdir -p "$home\/bin"' 'mkdir -p $home\/bin')"

  if command -v kubectl >/dev/null; then
    for folder in base overlays/shared-world; do
      built=$scratch/$(basename "$folder").yaml
      hold "deploy/kubernetes/$folder can be built" kubectl kustomize "deploy/kubernetes/$folder" --output "$built"
      hold "what Kubernetes takes is in deploy/kubernetes/$folder" "$venv/bin/kubernetes-validate" --strict "$built"
      notice 'a manifest with an unknown member' "$venv/bin/kubernetes-validate" --strict "$(broken "$built" seccompProfile: seccompProfiles:)"
    done
  else
    say 'SKIPPED: the manifests were not built: there is no kubectl'
  fi
  for snippet in "$scratch"/pieces/kubernetes/*.yaml; do
    grep -q '^kind: Kustomization' "$snippet" || hold "$(basename "$snippet") is a manifest" "$venv/bin/kubernetes-validate" --strict "$snippet"
  done
else
  say 'SKIPPED: action, image, compose file and manifests were not held against their schemas. The packages of test/deploy/requirements.txt cannot be had from PyPI.'
fi

# Not on PyPI as a binary; Go builds it.
if command -v go >/dev/null && GOBIN=$venv/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7 >&2; then
  hold 'actionlint has nothing to say of the steps in docs' "$venv/bin/actionlint" -shellcheck= "$scratch"/pieces/workflows/*.yaml
  notice 'a workflow with an expression of nothing' "$venv/bin/actionlint" -shellcheck= "$(broken "$(grep -l cancelled "$scratch"/pieces/workflows/*.yaml | head -1)" '!cancelled()' '!concealed()')"
else
  say 'SKIPPED: the steps in docs were not given to actionlint, which needs go and its module'
fi

echo "$passed passed"
