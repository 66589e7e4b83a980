#!/usr/bin/env bash
# A node is killed (kill -9) and started again, and all its viewers come back at once, with Last-Event-ID: how long until all are served, whether
# each has got what it had missed exactly once, and how much memory that took at its peak.
#   bench/reconnect.sh [viewers=10000] [missed=20]     (build in Release first; needs gcc, curl and jq)
# The generator keeps at most 512 connections unanswered at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
viewers=${1:-10000} missed=${2:-20} port=${PORT:-5480}
make -s -C bench sseload
run=$(mktemp -d)
server=
trap 'kill -9 $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT

start() {
    dotnet "${SERVER:-src/WebFrontend/bin/Release/net10.0/LiveComments.WebFrontend.dll}" --urls "http://127.0.0.1:$port" \
        --Storage:Path="$run/comments.db" --Limits:PostsPerSecond=0 >> "$run/server.log" 2>&1 &
    server=$!
    until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.1; done
}
post() { curl -sf --json "{\"author\":\"Ada\",\"message\":\"$1\"}" "http://127.0.0.1:$port/comments/1" | jq -r .id; }

start
last=$(post 'the last that all have seen')
# Marked as the generator looks for them, and dated before it began: it counts them as "old".
for ((i = 1; i <= missed; i++)); do post "t=$(printf '%019d' "$i")#$i;" > /dev/null; done
kill -9 "$server"
wait "$server" 2>/dev/null || true
start
bench/sseload --to "127.0.0.1:$port" --sub-path '/comments/1/stream' --viewers "$viewers" --ramp 1000000 --rate 0 --settle 2 --duration 3 \
    --sub-header "Last-Event-ID: $last" --pid "$server" --json-only 1 > "$run/result.json"
peak=$(awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$server/status")
jq -r --argjson missed "$missed" --argjson peak "$peak" '
    "viewers \(.viewers), connected \(.connected), all in \(.ramp_s) s; comments missed \(.viewers * $missed), brought \(.old); peak \($peak) MB",
    if .connected == .viewers and .old == .viewers * $missed then "clean" else "NOT CLEAN" | halt_error end' "$run/result.json"
echo "lines at Warning or above in the server's log: $(grep -cE '^(warn|fail|crit):' "$run/server.log" || true)"
