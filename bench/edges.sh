#!/usr/bin/env bash
# The load tester against an owner, an edge before it and an edge before that, all on this machine: the last tables of docs/scaling.md.
#   bench/edges.sh      needs jq and curl; writes bench/results/edges.jsonl
set -euo pipefail
cd "$(dirname "$0")/.."
duration=${DURATION:-8s}
dotnet build -c Release src/Silo -v q --nologo
dotnet build -c Release src/LoadTester -v q --nologo
mkdir -p bench/results
work=$(mktemp -d)
servers=()
stop() { for server in "${servers[@]}"; do kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; done; servers=(); }
trap 'stop; rm -rf "$work"' EXIT

serve() {   # port, settings: one node
    local port=$1; shift
    dotnet src/Silo/bin/Release/net10.0/LiveComments.Silo.dll --urls "http://127.0.0.1:$port" \
        --Limits:PostsPerSecond=0 "$@" > "$work/log-$port" 2>&1 &
    servers+=($!)
    curl -s --retry 50 --retry-delay 1 --retry-connrefused -o /dev/null "http://127.0.0.1:$port/health/live"
}

row() {   # name, tier that is measured, settings of the edges, options of the load tester: one run on fresh nodes
    local name=$1 tier=$2 edges=$3; shift 3
    rm -rf "$work/data"
    serve 5390 --Storage:Path="$work/data/comments.db" ${OWNER:-}
    for ((edge = 1; edge <= tier; edge++)); do serve $((5390 + edge)) --Role=edge --Upstream:Address="http://127.0.0.1:$((5389 + edge))" $edges; done
    dotnet src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll --url "http://127.0.0.1:$((5390 + tier))" \
        --pid "${servers[$tier]}" --warmup 4s --json "$work/result.json" "$@" > "$work/out" || { tail -40 "$work/out"; echo "$name: failed"; }
    stop
    jq -c --arg name "$name, tier $tier" '{name: $name} + .' "$work/result.json" | tee -a bench/results/edges.jsonl | cut -c1-700
}

for tier in 0 1 2; do row "modest" $tier "" --viewers 200 --videos 1 --rate 200 --duration "$duration"; done
for tier in 0 1; do row "one hot video" $tier "" --viewers 4000 --videos 1 --rate 20 --duration "$duration"; done
for tier in 0 1; do row "one viewer a video" $tier "" --viewers 3500 --videos 3500 --rate 0 --duration "$duration"; done
OWNER=--Kestrel:EndpointDefaults:Protocols=Http2 row "one viewer a video, HTTP/2" 1 --Upstream:Http2=true --viewers 3500 --videos 3500 --rate 0 --duration "$duration"
