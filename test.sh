#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the formatting and runs every test. Needs the .NET SDK, and Node 20 with npm; what some tests
# need besides (chromium, nginx, PostgreSQL, Redis, dynalite, azurite, bubblewrap, linters) it installs where it may, from Debian and npm. Where it
# may not, the tests that need it are left out, and the output says so; with CI set that is a failure.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

missing=$(deploy/tools.sh) || true

dotnet restore LiveComments.sln
.ci/dependencies --check
dotnet build LiveComments.sln --no-restore -c Release
dotnet format LiveComments.sln --no-restore --verify-no-changes

# A test that needs a tool says so by a trait: Needs=nginx.
filter=()
for tool in $missing; do filter=(--filter "${filter[1]:+${filter[1]}&}Needs!=$tool"); done

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed=0

# The client module: its types, then its tests and those of the pages' modules.
if [[ $missing != *node* ]]; then
  (cd client && npm ci --silent && npm run --silent check) || failed=$?
  node --test --test-timeout=60000 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$results/node.tap" client/test/*.test.js tests/Pages.Tests/*.test.js || failed=$?
fi

# One project after the other: some tests start servers and would only take each other's time.
dotnet test LiveComments.sln --no-build -c Release -m:1 --logger 'trx' --results-directory "$results" "${filter[@]}" || failed=$?

# The sum of all tests, one line.
grep -hoE -d skip '<Counters [^>]*|^# (tests|pass|fail|cancelled) [0-9]+$' "$results"/* | awk '
  /^<Counters/ { for (i = 1; i <= NF; i++) { split($i, field, "\""); if ($i ~ /^passed=/) passed += field[2]; if ($i ~ /^failed=/) bad += field[2]; if ($i ~ /^total=/) total += field[2] } }
  $2 == "tests" { total += $3 }
  $2 == "pass" { passed += $3 }
  $2 == "fail" || $2 == "cancelled" { bad += $3 }
  END { printf "%d passed, %d failed, %d skipped\n", passed, bad, total - passed - bad }'
if [[ -n $missing ]]; then
  echo "SKIPPED: the tests that need" $missing "(not found, and not installed)" >&2
  [[ -z ${CI:-} ]] || failed=1
fi
exit "$failed"
