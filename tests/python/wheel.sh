#!/usr/bin/env bash
# Builds the wheel, installs it where no compiler is, and runs the tests of the Python package, its types and examples,
# and the hooks that install it. What a step needs and cannot be had is named and passed over.
#   tests/python/wheel.sh [PROFILE]     the profile of Cargo.toml to build with, default: release
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
profile=${1:-release}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed_over() { echo "passed over: $*"; }

python=
for candidate in python3 python; do
  "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' 2>/dev/null && python=$candidate && break
done
[ -n "$python" ] || { passed_over "the Python package (no Python 3.9 or newer with venv)"; exit 0; }

echo "-- tools"
"$python" -m venv "$scratch/tools"
tools=$scratch/tools/bin
"$tools/pip" install --quiet --disable-pip-version-check 'maturin>=1.9,<2' ||
  { passed_over "the Python package (maturin cannot be installed)"; exit 0; }
zig=()
if "$tools/pip" install --quiet --disable-pip-version-check ziglang; then
  # The C library of Debian 10, RHEL 8 and Kylin V10 SP1; maturin fails if the wheel asks for a newer one.
  zig=(--zig --compatibility manylinux_2_28)
else
  passed_over "a wheel for old systems (zig cannot be installed); the wheel is for this one"
fi

echo "-- wheel"
(cd "$project/crates/python" && PATH=$tools:$PATH "$tools/maturin" build --quiet --locked --profile "$profile" \
  --interpreter "$scratch/tools/bin/python" --out "$scratch/wheels" "${zig[@]}")
wheel=$(ls "$scratch"/wheels/*.whl)
echo "$(basename "$wheel"): $(stat -c %s "$wheel") bytes"
"$python" -m zipfile -l "$wheel"

echo "-- a fresh environment without cargo on PATH"
"$python" -m venv "$scratch/fresh"
fresh=$scratch/fresh/bin
PATH=$fresh:/usr/bin:/bin "$fresh/pip" install --quiet --disable-pip-version-check --no-index "$wheel"
status=0
PATH=$fresh:/usr/bin:/bin zhengming check --no-cache "$project/fixtures/office/plan.runs.docx" || status=$?
[ "$status" -eq 1 ] || { echo "the command ended with $status, expected 1"; exit 1; }

echo "-- tests"
# mypy and the packages for tables and Spark: each is tested where it can be had.
"$fresh/pip" install --quiet --disable-pip-version-check pytest || { passed_over "pytest cannot be installed"; exit 0; }
for package in pyarrow pandas duckdb; do
  "$fresh/pip" install --quiet --disable-pip-version-check "$package" || passed_over "$package cannot be installed"
done
if command -v java >/dev/null; then
  "$fresh/pip" install --quiet --disable-pip-version-check pyspark || passed_over "pyspark cannot be installed"
else
  passed_over "Spark (no java)"
fi
(cd "$project/crates/python" && "$fresh/python" -m pytest -p no:cacheprovider -rs)
if "$fresh/pip" install --quiet --disable-pip-version-check mypy; then
  (cd "$project/crates/python" && "$fresh/python" -m mypy --cache-dir="$scratch/mypy" --ignore-missing-imports)
else
  passed_over "the types (mypy cannot be installed)"
fi

echo "-- hooks of language: python"
if "$fresh/pip" install --quiet --disable-pip-version-check pre-commit; then
  export GIT_CONFIG_GLOBAL=$scratch/gitconfig PRE_COMMIT_HOME=$scratch/pre-commit PIP_FIND_LINKS=$scratch/wheels
  git config --file "$GIT_CONFIG_GLOBAL" user.name drafter
  git config --file "$GIT_CONFIG_GLOBAL" user.email drafter@example.org
  git config --file "$GIT_CONFIG_GLOBAL" --add safe.directory '*'
  mkdir "$scratch/repository" && cd "$scratch/repository" && git init --quiet
  printf '会议通知通过浙政盯发送。\n' > draft.md && git add .
  # No cargo on PATH: the hook must not compile.
  try() { PATH=$fresh:/usr/bin:/bin pre-commit try-repo "$project" "$1" --all-files; }
  if try zhengming-py; then echo "the mistake passed the hook"; exit 1; fi
  try zhengming-fix-py || true
  grep -q 浙政钉 draft.md || { echo "the hook did not mend the draft"; exit 1; }
  git add . && try zhengming-py || { echo "a mended draft was refused"; exit 1; }
else
  passed_over "the hooks (pre-commit cannot be installed)"
fi
echo "-- Python: passed"
