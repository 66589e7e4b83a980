#!/usr/bin/env bash
# The load tester against the server, each row on a fresh server with an empty database: the first table of docs/benchmarks.md.
#   bench/load-tests.sh [REPEATS]      needs jq and curl; writes bench/results/load-tests.jsonl
set -euo pipefail
cd "$(dirname "$0")/.."
repeats=${1:-1}
port=${PORT:-5380}
duration=${DURATION:-15s}
dotnet build -c Release src/Silo -v q --nologo
dotnet build -c Release src/LoadTester -v q --nologo
mkdir -p bench/results
work=$(mktemp -d)
server=
stop() { [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; server=; }
trap 'stop; rm -rf "$work"' EXIT

row() {   # name, options of the load tester: one run on a fresh server
    local name=$1; shift
    rm -rf "$work/data"
    dotnet src/Silo/bin/Release/net10.0/LiveComments.Silo.dll --urls "http://127.0.0.1:$port" \
        --Storage:Path="$work/data/comments.db" --Limits:PostsPerSecond=0 > "$work/log" 2>&1 &
    server=$!
    curl -s --retry 50 --retry-delay 1 --retry-connrefused -o /dev/null "http://127.0.0.1:$port/health/ready"
    dotnet src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll --url "http://127.0.0.1:$port" \
        --pid "$server" --warmup 5s --json "$work/result.json" "$@" > "$work/out" || { tail -40 "$work/out"; echo "$name: failed"; }
    stop
    jq -c --arg name "$name" '{name: $name} + .' "$work/result.json" | tee -a bench/results/load-tests.jsonl | cut -c1-400
}

for _ in $(seq "$repeats"); do
    row "modest" --viewers 200 --videos 1 --rate 200 --duration "$duration"
    row "one hot video" --viewers 5000 --videos 1 --rate 20 --duration "$duration"
    row "1,000 small videos" --viewers 10000 --videos 1000 --rate 500 --duration "$duration"
    row "hot chat" --viewers 200 --videos 1 --rate 1000 --duration "$duration"
    row "idle crowd" --viewers 15000 --videos 100 --rate 0 --duration "$duration"
done
