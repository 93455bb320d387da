#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml under the real pre-commit program: first try-repo, then commits that are
# refused and commits that pass. Builds the program as pre-commit does, so it takes minutes.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PRE_COMMIT_HOME=$scratch/pre-commit
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$project/target}/pre-commit
# The hooks are tried here, not the speed of the program.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
export GIT_CONFIG_GLOBAL=$scratch/gitconfig
git config --file "$GIT_CONFIG_GLOBAL" user.name drafter
git config --file "$GIT_CONFIG_GLOBAL" user.email drafter@example.org

fail() { echo "pre-commit test: $*"; exit 1; }

mkdir "$scratch/repository" && cd "$scratch/repository"
git init --quiet
printf '会议通知通过浙政盯发送。\n' > draft.md
printf 'zhengming does not read this: 浙政盯\n' > data.bin
git add .

echo "-- try-repo: a draft with a mistake"
if pre-commit try-repo "$project" zhengming --all-files; then fail "the mistake passed"; fi

echo "-- commits"
revision=$(git -C "$project" rev-parse HEAD)
cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $project
    rev: $revision
    hooks:
      - id: zhengming
      - id: zhengming-docx
YAML
printf 'exclude = ["archive/**"]\n' > zhengming.toml
pre-commit install
git add .
if git commit --quiet --message draft; then fail "a commit with a mistake passed"; fi
printf '会议通知通过浙政钉发送。\n' > draft.md
mkdir archive && printf '旧稿：通过浙政盯发送。\n' > archive/old.md
git add .
git commit --message draft || fail "a mended commit was refused, or an excluded file was read"
cp "$project/fixtures/office/plan.runs.docx" .
git add .
if git commit --quiet --message word; then fail "a Word file with mistakes passed"; fi
echo "pre-commit test: passed"
