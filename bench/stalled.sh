#!/usr/bin/env bash
# 5,000 viewers of one video, once all reading, and once with 500 of them that do not for a minute and then read on: what the others notice, what it
# costs in memory, and whether those 500 go on or are told of their gap.
#   bench/stalled.sh [REPEATS]      (build src/Silo and src/LoadTester in Release first; needs curl and jq; writes bench/results/stalled.jsonl)
# RATE (20) comments a second, DURATION (60s).
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-5510}
mkdir -p bench/results
run=$(mktemp -d)
server=
stop() { [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; server=; }
trap 'stop; rm -rf "$run"' EXIT

for _ in $(seq "${1:-1}"); do
    for slow in 0 500; do
        rm -rf "$run/data"
        dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" \
            --Storage:Path="$run/data/comments.db" --Limits:PostsPerSecond=0 > "$run/log" 2>&1 &
        server=$!
        until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done
        dotnet "${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}" --url "http://127.0.0.1:$port" --viewers 5000 --slow "$slow" \
            --rate "${RATE:-20}" --warmup 10s --duration "${DURATION:-60s}" --drain 30s --pid "$server" --json "$run/result.json" > "$run/out" || tail -20 "$run/out"
        peak=$(awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$server/status")
        stop
        jq -c --argjson peak "$peak" '. + {peakMb: $peak}' "$run/result.json" >> bench/results/stalled.jsonl
        jq -r --argjson peak "$peak" '"\(.options.slow) stalled: p50 \(.endToEnd.p50) p99 \(.endToEnd.p99) ms; CPU \(.server.cpuMicrosecondsPerDelivery) us a delivery; resident \(.server.residentBytes / 1048576 | round) MB at the end, peak \($peak) MB; missing \(.deliveries.missing), doubled \(.deliveries.doubled), gaps told to the stalled \(.deliveries.slowGaps) for \(.deliveries.inToldGaps) comments, to others \(.deliveries.gaps); cut off \(.viewers.slowCutOff)"' "$run/result.json"
    done
done
