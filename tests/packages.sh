#!/usr/bin/env bash
# Every crate packages, with its licences and notice, and a packaged crate compiles with its tests, without the repository.
set -euo pipefail
cd "$(dirname "$0")/.."
# What is not committed is packaged as well: this runs before a commit, too.
cargo package --workspace --exclude xtask --exclude zhengming-python --exclude zhengming-wasm --locked --allow-dirty --no-verify --quiet
folder=${CARGO_TARGET_DIR:-target}/package
for package in "$folder"/*.crate; do
  listed=$(tar -tzf "$package")
  for file in LICENSE-APACHE LICENSE-MIT NOTICE README.md; do
    grep -q "/$file\$" <<<"$listed" || { echo "$(basename "$package") lacks $file"; exit 1; }
  done
  echo "$(basename "$package"): $(stat -c %s "$package") bytes, $(wc -l <<<"$listed") files"
done

# The packages as a workspace of their own, so that each is built from what was packaged.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for package in "$folder"/*.crate; do tar -xzf "$package" -C "$scratch"; done
{
  printf '[workspace]\nresolver = "3"\nmembers = ["*"]\nexclude = ["target"]\n[patch.crates-io]\n'
  for crate in "$scratch"/*/; do
    name=$(basename "$crate")
    printf '%s = { path = "%s" }\n' "${name%-[0-9]*}" "$name"
  done
} > "$scratch/Cargo.toml"
cp Cargo.lock "$scratch"
cargo check --quiet --workspace --all-targets --offline --manifest-path "$scratch/Cargo.toml"
echo "packages: passed"
