#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the formatting and runs every test. Needs the .NET SDK; what some tests need besides (chromium;
# nginx and dynalite; PostgreSQL for the cluster) it installs where it may, from Debian and npm. Where it may not, those tests are left out, and
# the output says so; with CI set that is a failure.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

if ! { [ -n "${LIVECOMMENTS_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null \
  && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install chromium; } >/dev/null \
    || echo "chromium could not be installed" >&2
fi

# The Orleans cluster is built and tested, too, unless its packages are not to be had.
configuration=Cluster
unbuilt=()
if ! restored=$(dotnet restore LiveComments.sln -p:Configuration=Cluster -v quiet 2>&1); then
  # Only a project that misses a package of Orleans (NU1101 to NU1103) is excused, with whatever follows for it from that.
  projects() { grep -E "$1" <<< "$restored" | grep -oE "^$PWD/[^ ]+/" | sort -u; }
  others=$(comm -23 <(projects ' error ') <(projects ' error NU110[123]: .*Microsoft\.Orleans\.'))
  if [[ -n $others || $restored != *' error '* ]]; then
    echo "$restored" >&2
    exit 1
  fi
  echo "The Orleans cluster is neither built nor tested: its Microsoft.Orleans packages are not found."
  configuration=Release
  # Formatting is judged by what the compiler understands, and it understands nothing of a project without its packages.
  mapfile -t unbuilt < <(projects ' error ' | sed "s|^$PWD/||")
  dotnet restore LiveComments.sln
fi
.ci/dependencies --check
dotnet build LiveComments.sln --no-restore -c "$configuration"
dotnet format LiveComments.sln --no-restore --verify-no-changes ${unbuilt:+--exclude "${unbuilt[@]}"}

filter=()
if ! deploy/tools.sh; then
  filter=(--filter 'FullyQualifiedName!~LiveComments.Site.Tests&FullyQualifiedName!~LiveComments.Storage.DynamoDb.Tests')
fi

if [[ $configuration == Cluster ]] && ! deploy/cluster/postgresql.sh; then
  filter=(--filter "${filter[1]:+${filter[1]}&}FullyQualifiedName!~LiveComments.Silo.Tests.FailoverTests&FullyQualifiedName!~LiveComments.Storage.Orleans.Tests")
fi

# One project after the other: some tests start servers and would only take each other's time.
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed=0
dotnet test LiveComments.sln --no-build -c "$configuration" -m:1 --logger 'trx' --results-directory "$results" "${filter[@]}" || failed=$?

# The sum of all test projects, one line.
cat "$results"/*.trx | grep -o '<Counters [^>]*' | awk '
  { for (i = 1; i <= NF; i++) { split($i, field, "\""); if ($i ~ /^passed=/) passed += field[2]; if ($i ~ /^failed=/) bad += field[2]; if ($i ~ /^total=/) total += field[2] } }
  END { printf "%d passed, %d failed, %d skipped\n", passed, bad, total - passed - bad }'
if ((${#filter[@]})); then
  echo "SKIPPED, for want of what is said to be missing above: tests with ${filter[1]}" >&2
  [[ -z ${CI:-} ]] || failed=1
fi
exit "$failed"
