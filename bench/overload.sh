#!/usr/bin/env bash
# A minute of three times as many posts on one video as the node takes: what it takes then, how fast it refuses the rest, how long the accepted wait.
#   bench/overload.sh      (build in Release first; needs curl and jq; DURATION changes the minute)
# The generator has the other half of the machine, and at most 6,000 posts under way.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-5490}
run=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT
dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" \
    --Storage:Path="$run/comments.db" --Limits:PostsPerSecond=0 > "$run/server.log" 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done

load() {   # posts a second, posters, duration
    dotnet "${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}" --url "http://127.0.0.1:$port" --viewers 0 --videos 1 \
        --rate "$1" --posters "$2" --warmup 3s --duration "$3" --drain 10s --pid "$server" --json "$run/result.json" > "$run/out" || { tail -5 "$run/out"; }
    jq -r '"acknowledged \(.posts.acknowledgedPerSecond | round)/s  refused \(.posts.refused)  failed \(.posts.failed)  accepted p50 \(.post.p50) p99 \(.post.p99) ms  refused p50 \(.refusal.p50) p99 \(.refusal.p99) max \(.refusal.max) ms"' "$run/result.json"
}

echo -n "to warm up: "
load 4000 256 8s
echo -n "as much as it takes from 256 posters: "
load 60000 256 10s
peak=$(jq '.posts.acknowledgedPerSecond | round' "$run/result.json")
echo -n "three times as much: "
load $((3 * peak)) 6000 "${DURATION:-60s}"
echo "goodput: $(jq --argjson peak "$peak" '100 * .posts.acknowledgedPerSecond / $peak | round' "$run/result.json")% of the peak"
echo "peak of memory: $(awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$server/status") MB"
