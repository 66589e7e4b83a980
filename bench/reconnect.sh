#!/usr/bin/env bash
# A node is killed (kill -9) and started again, and all its viewers come back at once, with Last-Event-ID: how long until all are served, whether
# each has got what it had missed exactly once, and how much memory that took at its peak.
#   bench/reconnect.sh [viewers=10000] [missed=20]     (build in Release first; needs curl and jq)
# RESULT names a file to which the load tester's result goes as a line of JSON.
# The load tester keeps at most 256 connections unanswered at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
viewers=${1:-10000} missed=${2:-20} port=${PORT:-5480}
run=$(mktemp -d)
server=
trap 'kill -9 $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT

start() {
    dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" \
        --Storage:Path="$run/comments.db" --Limits:PostsPerSecond=0 >> "$run/server.log" 2>&1 &
    server=$!
    until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.1; done
}
post() { curl -sf --json "{\"author\":\"Ada\",\"message\":\"$1\"}" "http://127.0.0.1:$port/comments/1" | jq -r .id; }

start
last=$(post 'the last that all have seen')
# The load tester counts them as those of others.
for ((i = 1; i <= missed; i++)); do post "missed $i" > /dev/null; done
kill -9 "$server"
wait "$server" 2>/dev/null || true
start
dotnet "${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}" --url "http://127.0.0.1:$port" \
    --stream-path /comments/1/stream --stream-header "Last-Event-ID: $last" \
    --viewers "$viewers" --ramp 1000000 --rate 0 --warmup 2s --duration 3s \
    --pid "$server" --json "$run/result.json" > "$run/out" || tail -5 "$run/out"
[ -z "${RESULT:-}" ] || jq -c . "$run/result.json" >> "$RESULT"
jq -r --argjson missed "$missed" '
    "viewers \(.options.viewers), connected \(.viewers.connected), all in \(.viewers.connectSeconds) s; "
    + "comments missed \(.options.viewers * $missed), brought \(.deliveries.foreign); "
    + "peak \(.server.peakResidentBytes / 1048576 | round) MB",
    if .faults == [] and .viewers.connected == .options.viewers and .deliveries.foreign == .options.viewers * $missed
    then "clean" else "NOT CLEAN" | halt_error end' "$run/result.json"
echo "lines at Warning or above in the server's log: $(grep -cE '^(warn|fail|crit):' "$run/server.log" || true)"
