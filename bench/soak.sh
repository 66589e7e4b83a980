#!/usr/bin/env bash
# A long, modest load with churn and viewers that stop reading; prints what the server holds, one line a minute, as a table.
#   bench/soak.sh [minutes=60]     (build in Release first; PORT, VIEWERS, RATE, CHURN and SLOW change the load)
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-60}
port=${PORT:-5180}
run=$(mktemp -d)
server= load=
trap 'kill $load $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT

dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" \
    --Storage:Path="$run/comments.db" --Limits:PostsPerSecond=0 > "$run/server.log" 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done

dotnet "${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}" --url "http://127.0.0.1:$port" \
    --viewers "${VIEWERS:-300}" --videos 20 --zipf 1 --rate "${RATE:-10}" --churn "${CHURN:-5}" --slow "${SLOW:-20}" \
    --duration "${minutes}m" --drain 60s --pid "$server" > "$run/load.log" 2>&1 &
load=$!

echo '| minute | resident MB | handles | threads | CPU s |'
echo '|---:|---:|---:|---:|---:|'
for ((minute = 0; ; minute++)); do
    [ "$minute" = 0 ] && sleep 20     # connected and warm
    awk -v minute="$minute" -v handles="$(find "/proc/$server/fd" | wc -l)" -v ticks="$(awk '{ print $14 + $15 }' "/proc/$server/stat")" '
        /^VmRSS/ { resident = $2 / 1024 } /^Threads/ { threads = $2 }
        END { printf "| %d | %.0f | %d | %d | %.1f |\n", minute, resident, handles - 1, threads, ticks / 100 }' "/proc/$server/status"
    [ "$minute" -ge "$minutes" ] && break
    sleep 60
done
result=0
wait "$load" || result=$?
load=
cat "$run/load.log"
echo "lines at Warning or above in the server's log:"
grep -E -A1 '^(warn|fail|crit):' "$run/server.log" | head -40 || true
exit "$result"
