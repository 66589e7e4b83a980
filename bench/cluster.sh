#!/usr/bin/env bash
# The figures of docs/benchmarks.md, "The cluster": three nodes in three processes on this machine, against a single node where that has the same.
#   cluster.sh fanout    one video, 3,000 viewers over all three nodes, 20 comments a second: latency, and CPU for each delivery
#   cluster.sh posts     posts to one grain through the Orleans client
#   cluster.sh videos    100,000 videos posted to: memory of the silos for each
# REPEATS (3) sets how often. Build first: dotnet build -c Release
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
folder=$(mktemp -d)
pids=()
stop() {
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill "${pids[i]}" 2> /dev/null || true
    wait "${pids[i]}" 2> /dev/null || true
  done
  pids=()
}
trap 'stop; rm -rf "$folder"' EXIT

# start PORT ARGUMENTS...
start() {
  dotnet "$root/src/Silo/bin/Release/net10.0/LiveComments.Silo.dll" --urls "http://127.0.0.1:$1" --Limits:PostsPerSecond=0 "${@:2}" > "$folder/$1.log" 2>&1 &
  pids+=($!)
  until curl -sf -o /dev/null "http://127.0.0.1:$1/health/ready"; do kill -0 $! && sleep 0.1; done
}
# One log for all nodes.
start_cluster() {
  local log="$folder/cluster$RANDOM.db"
  for node in 1 2 3; do start $((5200 + node)) --Role=node --Local:Node=$node --Storage:Path="$log"; done
}
# The warm-up is long: until then the compiler of each process takes more than the crowd.
fan_out() {   # name, ports
  load $(printf -- '--url http://127.0.0.1:%s ' "${@:2}") $(printf -- '--pid %s ' "${pids[@]}") --viewers 3000 --rate 20 \
    --warmup "${WARMUP:-15s}" --duration "${DURATION:-10s}" --drain 2s
  jq -c --arg engine "$1" '{$engine, clean: (.faults == []), deliveries: .deliveries.perSecond, p50: .endToEnd.p50, p99: .endToEnd.p99,
    usPerDelivery: .server.cpuMicrosecondsPerDelivery}' "$folder/result.json"
}
load() {
  dotnet "$root/src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll" --json "$folder/result.json" "$@" > "$folder/load.log" ||
    tail -4 "$folder/load.log"
}
load_grains() { load --url orleans://127.0.0.1:30000 --viewers 0 --drain 5s "$@"; }
resident() { for pid in "${pids[@]}"; do awk '/^VmRSS/ { print $2 * 1024 }' "/proc/$pid/status"; done | paste -sd+ | bc; }

for ((repeat = 1; repeat <= ${REPEATS:-3}; repeat++)); do
  case ${1:-} in
    fanout)
      start 5200 --Storage:Path="$folder/embedded$repeat.db"
      fan_out embedded 5200
      stop
      start_cluster
      fan_out cluster 5201 5202 5203
      ;;
    posts)
      start_cluster
      load_grains --videos 1 --rate "${RATE:-25000}" --posters 1900 --warmup 2s --duration 6s
      jq -c '{posts: .posts, post_ms: .post}' "$folder/result.json"
      ;;
    videos)
      start_cluster
      load_grains --videos 1000 --rate 5000 --posters 1900 --warmup 0s --duration 2s
      before=$(resident)
      load_grains --videos 100000 --rate 2500 --posters 1900 --warmup 0s --duration 40s
      after=$(resident)
      jq -c "{acknowledged: .posts.acknowledged, bytes_each: (($after - $before) / 99000)}" "$folder/result.json"
      ;;
    *) sed -n '2,6s/^# //p' "$0"; exit 2 ;;
  esac
  stop
done
