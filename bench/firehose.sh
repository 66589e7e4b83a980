#!/usr/bin/env bash
# The firehose: what viewers notice of a receiver that hangs, and how fast what was not sent goes to Redis when that is there again.
#   bench/firehose.sh hang      1,000 viewers, RATE (200) comments a second, without a firehose and with one to a webhook that never answers
#   bench/firehose.sh drain     posts RATE (2000) comments a second for DURATION (40s) over VIDEOS (100) while Redis is away, then starts it
#   bench/firehose.sh live      the same with Redis there: how far behind it is at the end of the posts
# Build src/Silo and src/LoadTester in Release first; needs curl, jq, python3 and redis-server.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-5520} redis=${REDIS_PORT:-5521} hung=${HUNG_PORT:-5522}
run=$(mktemp -d)
pids=()
stop() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done; pids=(); }
trap 'stop; rm -rf "$run"' EXIT

serve() {
    rm -rf "$run/data"
    dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" \
        --Storage:Path="$run/data/comments.db" --Limits:PostsPerSecond=0 "$@" > "$run/log" 2>&1 &
    server=$!
    pids+=("$server")
    until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done
}

load() {
    dotnet "${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}" --url "http://127.0.0.1:$port" \
        --pid "$server" --json "$run/result.json" "$@" > "$run/out" || tail -20 "$run/out"
}

start_redis() {
    redis-server --bind 127.0.0.1 --port "$redis" --dir "$run" --save "" --appendonly no > "$run/redis.log" 2>&1 &
    pids+=($!)
    until redis-cli -p "$redis" ping > /dev/null 2>&1; do sleep 0.1; done
}

length() { redis-cli -p "$redis" xlen livecomments; }

case ${1:-} in
hang)
    python3 -c "
import socket, time
listener = socket.create_server(('127.0.0.1', $hung), backlog=512)
kept = []
while True: kept.append(listener.accept())" &
    pids+=($!)
    receiver=$!
    for with in none hung none hung; do
        firehose=()
        [ $with = none ] || firehose=(--Firehose:Videos:0='*' --Firehose:Webhook:Url="http://127.0.0.1:$hung/" \
            --Firehose:Webhook:Secret="whsec_$(head -c 32 /dev/zero | base64)")
        serve "${firehose[@]}"
        load --viewers 1000 --videos 10 --rate "${RATE:-200}" --warmup 5s --duration "${DURATION:-20s}"
        jq -r --arg with $with '"receiver \($with): p50 \(.endToEnd.p50) p99 \(.endToEnd.p99) ms; CPU \(.server.cpuMicrosecondsPerDelivery) us a delivery; resident \(.server.residentBytes / 1048576 | round) MB; missing \(.deliveries.missing)"' "$run/result.json"
        kill "$server" && wait "$server" || true
    done
    kill "$receiver"
    ;;
drain | live)
    [ "$1" = drain ] || start_redis
    serve --Firehose:Videos:0='*' --Firehose:Redis:Connection="127.0.0.1:$redis" --Firehose:Redis:MaxLength=100000000
    load --viewers 0 --videos "${VIDEOS:-100}" --rate "${RATE:-2000}" --warmup 1s --duration "${DURATION:-40s}"
    posted=$(jq .posts.acknowledged "$run/result.json")
    [ "$1" = live ] || start_redis
    begun=$(date +%s.%N) first=
    while :; do
        now=$(date +%s.%N) sent=$(length)
        [ -n "$first" ] || [ "$sent" = 0 ] || first="$now $sent"
        [ "$sent" -lt "$posted" ] || break
        sleep 0.1
    done
    echo "$posted posted; all in Redis after $(echo "$now - $begun" | bc) s; from the first look on" \
        "$(echo "$first $now $sent" | awk '{ print ($3 > $1) ? int(($4 - $2) / ($3 - $1)) : "at once" }') entries a second"
    ;;
*)
    sed -n 2,6p "$0"
    exit 1
    ;;
esac
