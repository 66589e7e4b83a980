#!/usr/bin/env bash
# What nginx adds, and what comments cost in DynamoDB's write units: the tables of docs/site.md.
#   bench/site.sh [REPEATS]      needs jq, curl and what deploy/tools.sh installs; writes bench/results/site.jsonl
set -euo pipefail
cd "$(dirname "$0")/.."
repeats=${1:-1}
duration=${DURATION:-10s}
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_EC2_METADATA_DISABLED=true
deploy/tools.sh nginx dynalite
dotnet build -c Release src/Silo -v q --nologo
dotnet build -c Release src/LoadTester -v q --nologo
mkdir -p bench/results
work=$(mktemp -d)
chmod 755 "$work"
pids=()
stop() { for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null && wait "$pid" 2> /dev/null || true; done; pids=(); }
trap 'stop; rm -rf "$work"' EXIT

start() {   # dynalite, one node, and nginx before it
    node "${LIVECOMMENTS_TOOLS:-$HOME/.cache/live-comments}/node_modules/dynalite/cli.js" --host 127.0.0.1 --port 4568 --createTableMs 0 > "$work/dynalite.log" &
    pids+=($!)
    until (exec 3<> /dev/tcp/127.0.0.1/4568) 2> /dev/null; do sleep 0.1; done
    dotnet src/Silo/bin/Release/net10.0/LiveComments.Silo.dll --urls http://127.0.0.1:5390 --Limits:PostsPerSecond=0 \
        "$@" > "$work/node.log" 2>&1 &
    pids+=($!)
    curl -s --retry 50 --retry-delay 1 --retry-connrefused -o /dev/null http://127.0.0.1:5390/health/ready
    cp deploy/nginx/*.conf "$work"
    echo 'zone nodes 256k; server 127.0.0.1:5390;' > "$work/nodes.conf"
    echo 'zone edges 256k; server 127.0.0.1:5390;' > "$work/edges.conf"
    echo 'listen 127.0.0.1:5391;' > "$work/internal.conf"
    echo 'listen 127.0.0.1:5392;' > "$work/listen.conf"
    nginx -p "$work" -c "$work/nginx.conf" -g 'daemon off;' 2> /dev/null &
    pids+=($!)
    curl -s --retry 50 --retry-delay 1 --retry-connrefused -o /dev/null http://127.0.0.1:5391/health/ready
}

load() {   # name, port, options of the load tester
    local name=$1 port=$2
    shift 2
    dotnet src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll --url "http://127.0.0.1:$port" --warmup 3s --duration "$duration" \
        --json "$work/result.json" "$@" > "$work/out" || { tail -40 "$work/out"; echo "$name: failed"; }
    jq -c --arg name "$name" '{name: $name} + .' "$work/result.json" >> bench/results/site.jsonl
    tail -1 bench/results/site.jsonl | jq -c '{name, endToEnd, post}'
}

dynamo() {   # operation, JSON: dynalite wants a signature, and takes any
    curl -s http://127.0.0.1:4568 -H "X-Amz-Target: DynamoDB_20120810.$1" -H 'Content-Type: application/x-amz-json-1.0' \
        -H 'X-Amz-Date: 20260101T000000Z' -H 'Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' -d "$2"
}

units() {   # name: what the comments in the table cost to write, as DynamoDB counts: each item's bytes, rounded up to whole KB
    local key=null page items=0 total=0
    while :; do
        page=$(dynamo Scan "$(jq -nc --argjson key "$key" '{TableName: "live-comments"} + if $key then {ExclusiveStartKey: $key} else {} end')")
        # Names (27 bytes), the video, a number of 19 digits (11 bytes), the token (16 bytes), and the packed comments.
        read -r n wcu < <(jq -r '[.Items[] | 54 + (.video.S | length) + (.comments.B | length * 3 / 4) | . / 1024 | ceil] | "\(length) \(add // 0)"' <<< "$page")
        items=$((items + n)) total=$((total + wcu))
        key=$(jq -c '.LastEvaluatedKey // null' <<< "$page")
        [ "$key" != null ] || break
    done
    jq -nc --arg name "$1" --argjson items "$items" --argjson units "$total" '{name: $name, items: $items, writeUnits: $units}' | tee -a bench/results/site.jsonl
}

for _ in $(seq "$repeats"); do
    start --Storage:Path="$work/$RANDOM/comments.db"
    load "modest, direct" 5390 --viewers 200 --videos 1 --rate 200
    load "modest, nginx" 5391 --viewers 200 --videos 1 --rate 200
    load "small videos, direct" 5390 --viewers 1000 --videos 100 --rate 200
    load "small videos, nginx" 5391 --viewers 1000 --videos 100 --rate 200
    stop
    for rate in 20 200 1000; do
        start --Storage:Provider=dynamodb --DynamoDb:ServiceUrl=http://127.0.0.1:4568 --DynamoDb:CreateTable=true
        load "DynamoDB, $rate/s" 5390 --viewers 50 --videos 1 --rate "$rate"
        units "DynamoDB, $rate/s"
        stop
    done
done
