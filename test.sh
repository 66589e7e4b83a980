#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the formatting and runs every test. Needs the .NET SDK, and Node with npm; what some tests need
# besides (chromium, nginx, PostgreSQL, Redis, dynalite, azurite) it installs where it may, from Debian and npm. Where it may not, the tests that need
# it are left out, and the output says so; with CI set that is a failure.
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

# One project after the other: some tests start servers and would only take each other's time.
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed=0
dotnet test LiveComments.sln --no-build -c Release -m:1 --logger 'trx' --results-directory "$results" "${filter[@]}" || failed=$?

# The sum of all test projects, one line.
cat "$results"/*.trx | grep -o '<Counters [^>]*' | awk '
  { for (i = 1; i <= NF; i++) { split($i, field, "\""); if ($i ~ /^passed=/) passed += field[2]; if ($i ~ /^failed=/) bad += field[2]; if ($i ~ /^total=/) total += field[2] } }
  END { printf "%d passed, %d failed, %d skipped\n", passed, bad, total - passed - bad }'
if [[ -n $missing ]]; then
  echo "SKIPPED: the tests that need" $missing "(not found, and not installed)" >&2
  [[ -z ${CI:-} ]] || failed=1
fi
exit "$failed"
