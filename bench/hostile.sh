#!/usr/bin/env bash
# A hostile day: 1,000 honest viewers of one video with 20 comments/s, and beside them strangers from 50 addresses who hold what they do not use (400
# readers of pages that take a byte a second, 100 streams of random ids a second of which 1,500 stay open, 300 connections without a whole request, 200 viewers
# who vanish from the network) and posts at ten times the limit. How long the honest viewers wait, and what the server holds before, during and after.
#   bench/hostile.sh [SECONDS=120]      (build src/Silo and src/LoadTester in Release first; needs curl, jq, python3, ip and unshare)
#   QUIET=1 bench/hostile.sh            the same without the strangers, to compare
# All of it runs in a network namespace of its own, where peers can be made to vanish. Limits are those that strangers have by default, but for
# posts: the honest ones come from few addresses, so each may post 25/s. OVERLOAD (2500) posts/s come from ten addresses.
set -euo pipefail
if [ -z "${HOSTILE_NAMESPACE:-}" ]; then
    HOSTILE_NAMESPACE=1 exec unshare --map-root-user --net "$0" "$@"
fi
cd "$(dirname "$0")/.."
seconds=${1:-120}
port=5000
ip link set lo up
# The table of local addresses is asked second, so that a rule before it can drop packets.
ip rule add pref 10 lookup local
ip rule del pref 0
run=$(mktemp -d)
server= load= strangers= overload=
trap 'kill $load $strangers $overload $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT
tester=${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}
addresses() { seq -s, -f "127.0.$1.%g" 1 "$2"; }
resident() { awk '/^VmRSS/ { printf "%.0f MB", $2 / 1024 }' "/proc/$server/status"; }

dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" --Storage:Path="$run/comments.db" \
    --Limits:PostsPerSecond=25 --Limits:PostBurst=50 --Limits:ReadsPerSecond=100 --Limits:MaxViewersPerAddress=1000 > "$run/server.log" 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done

dotnet "$tester" --url "http://127.0.0.1:$port" --viewers 1000 --videos 1 --rate 20 --sources "$(addresses 1 4)" \
    --warmup 30s --duration "${seconds}s" --drain 30s --pid "$server" --json "$run/honest.json" > "$run/honest.log" 2>&1 &
load=$!
sleep 20
echo "resident before: $(resident)"
if [ -z "${QUIET:-}" ]; then
    python3 bench/hostile.py "$port" $((seconds + 10)) --vanish > "$run/strangers.json" &
    strangers=$!
    dotnet "$tester" --url "http://127.0.0.1:$port" --viewers 0 --videos 1 --first-video 900 --rate "${OVERLOAD:-2500}" --posters 100 \
        --sources "$(addresses 3 10)" --warmup 0s --duration "$((seconds + 10))s" --drain 10s --json "$run/overload.json" > "$run/overload.log" 2>&1 &
    overload=$!
fi
wait "$load" || tail -20 "$run/honest.log"
load=
jq -r '"honest: p50 \(.endToEnd.p50) p99 \(.endToEnd.p99) max \(.endToEnd.max) ms from due to read; posts p99 \(.post.p99) ms; "
    + "\(.deliveries.total) deliveries, missing \(.deliveries.missing), doubled \(.deliveries.doubled), gaps \(.deliveries.gaps); posts failed \(.posts.failed), refused \(.posts.refused)\n"
    + "resident at the end of the window: \(.server.residentBytes / 1048576 | round) MB, at its peak \(.server.peakResidentBytes / 1048576 | round) MB; \(.server.cpuPercent | round)% of a core"' "$run/honest.json"
if [ -n "$strangers" ]; then
    wait "$strangers" "$overload" || true
    strangers= overload=
    echo "strangers: $(cat "$run/strangers.json")"
    jq -r '"overload: \(.posts.due) posts due, taken \(.posts.acknowledged), refused \(.posts.refused), failed \(.posts.failed), unsent \(.posts.unsent)"' "$run/overload.json"
fi
echo "resident right after all have gone: $(resident)"
sleep 60
echo "resident a minute later: $(resident)"
python3 bench/collect.py "$server"
sleep 5
echo "resident after a full collection: $(resident)"
echo "lines at Warning or above in the server's log: $(grep -cE '^(warn|fail|crit):' "$run/server.log" || true)"
grep -E -A1 '^(warn|fail|crit):' "$run/server.log" | head -10 || true
