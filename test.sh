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

# Pictures are for people to look at. A test that needs a tool says so by a trait: Needs=nginx.
filter=(--filter "Makes!=pictures")
for tool in $missing; do filter[1]+="&Needs!=$tool"; done

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed=0

# The client module: its types, then its tests and those of the pages' modules.
if [[ $missing != *node* ]]; then
  (cd client && npm ci --silent && npm run --silent check) || failed=$?
  node --test --test-timeout=60000 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$results/node.tap" client/test/*.test.js tests/Pages.Tests/*.test.js || failed=$?
fi

# test_in FIRST_PORT PROJECT...: one project after the other, since most would only take each other's time.
test_in() {
  local ports=$1 failed=0 project
  shift
  for project in "$@"; do
    LIVECOMMENTS_TEST_PORTS=$ports dotnet test "$project" --no-build -c Release --logger trx --results-directory "$results" "${filter[@]}" || failed=$?
  done
  return "$failed"
}

# Most of their time they wait, so two lanes go on beside each other, about as long as each other.
beside=(tests/{Comments,Grains,Site,LoadTester,Deploy,Client,Firehose,Storage.DynamoDb,Storage.Sqlite,Storage.Orleans,Storage.PostgreSql,Silo}.Tests)
others=()
for project in tests/*Tests; do
  [[ -e $project/${project#tests/}.csproj && " ${beside[*]} " != *" $project "* ]] && others+=("$project")
done
test_in 12000 "${beside[@]}" > "$results/beside.log" 2>&1 &
lane=$!
test_in 21000 "${others[@]}" || failed=$?
wait "$lane" || failed=$?
cat "$results/beside.log"

# What failed, by name and in some lines, where a reader looks first: at the end.
find "$results" -name '*.trx' -o -name '*.tap' | xargs awk '
  /<UnitTestResult / { name = ""; more = 0 }
  /<UnitTestResult .*outcome="Failed"/ { match($0, /testName="[^"]*"/); name = substr($0, RSTART + 10, RLENGTH - 11) }
  { last = sub(/<\/Message>.*/, "") }
  more > 0 { print "  " $0; more = last ? 0 : more - 1 }
  name && sub(/.*<Message>/, "") { print "FAILED " name ": " $0; name = ""; more = last ? 0 : 5 }
  /^ *not ok / { print "FAILED " $0 }'

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
