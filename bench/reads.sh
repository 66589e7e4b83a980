#!/usr/bin/env bash
# The read side of one server on the same two cores as who asks: pages of 50 comments a second, without and with the ETag of what is known already;
# how long 5,000 viewers take who join at once with 50 earlier comments each; and 10,000 who resume after a kill -9.
#   bench/reads.sh      (build src/Silo and src/LoadTester in Release first; needs curl, jq and wrk (Debian); DURATION of the pages (6))
# Appends JSON lines to $RESULTS/product.jsonl (bench/results/reads).
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-5520}
url=http://127.0.0.1:$port
results=${RESULTS:-bench/results/reads}
out=$results/product.jsonl
mkdir -p "$results"
run=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT
tester=${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}
export SERVER=${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}

dotnet "$SERVER" --urls "$url" --Storage:Path="$run/comments.db" --Limits:PostsPerSecond=0 --Limits:ReadsPerSecond=0 > "$run/server.log" 2>&1 &
server=$!
until curl -sf "$url/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done
dotnet "$tester" --url "$url" --viewers 0 --rate 500 --warmup 0 --duration 2s > "$run/out" || tail -5 "$run/out"

cpu() { awk '{ print ($14 + $15) * 10000 }' "/proc/$server/stat"; }   # microseconds
pages() {   # workload, seconds, options of wrk; leaves the JSON line in $line
    local before after; before=$(cpu)
    line=$(wrk -t1 -c64 -d"$2s" --latency -s bench/pages.lua "${@:3}" "$url/comments/load-0?limit=50" | tail -1)
    after=$(cpu)
    line=$(jq -c --arg w "$1" --argjson repeat "${REPEAT:-null}" --argjson cpu $((after - before)) \
        '{peer: "product", workload: $w, repeat: $repeat} + . + {cpuMicroseconds: ($cpu / .requests)}' <<< "$line")
}
measure() {   # the same, once the CPU for a page no longer falls
    local last=1000000000 now
    for _ in $(seq 12); do
        pages "$1" 5 "${@:2}"
        now=$(jq '.cpuMicroseconds * 100 | round' <<< "$line")
        [ $((now * 100)) -lt $((last * 95)) ] || break
        last=$now
    done
    pages "$1" "${DURATION:-6}" "${@:2}"
    tee -a "$out" <<< "$line"
}
measure PAGES
etag=$(curl -s -D - -o /dev/null "$url/comments/load-0?limit=50" | sed -n 's/^etag: *\(.*\)\r$/\1/Ip')
if [ -n "$etag" ]; then measure PAGES304 -H "If-None-Match: $etag"
else echo "pages have no ETag: nothing to measure with one" >&2; fi

for _ in 1 2; do   # the first warms up
    before=$(cpu)
    dotnet "$tester" --url "$url" --viewers 5000 --ramp 1000000 --backlog 50 --rate 0 --warmup 0 --duration 1s --pid "$server" \
        --json "$run/result.json" > "$run/out" || tail -5 "$run/out"
    after=$(cpu)
done
jq -c --argjson repeat "${REPEAT:-null}" --argjson cpu $(((after - before) / 5000)) \
    '{peer: "product", workload: "JOINS", repeat: $repeat, cpuMicroseconds: $cpu} + .' "$run/result.json" >> "$out"
kill "$server"
wait "$server" || true

RESULT=$run/resumes.json bench/reconnect.sh 10000 20
jq -c --argjson repeat "${REPEAT:-null}" '{peer: "product", workload: "RESUMES", repeat: $repeat} + .' "$run/resumes.json" >> "$out"
