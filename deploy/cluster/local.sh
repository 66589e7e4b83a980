#!/usr/bin/env bash
# A cluster of three nodes on this machine, on one durable log (data/comments.db where you stand). Ctrl+C stops it, or "local.sh stop" from
# the same folder: every node hands its live videos over and leaves.
set -euo pipefail
running=data/cluster.pid
if [[ ${1:-} == stop ]]; then
  pid=$(cat "$running")
  kill -TERM "$pid"
  exec tail --pid="$pid" -f /dev/null
fi

silo="$(cd "$(dirname "$0")/../.." && pwd)/src/Silo"
dotnet build -c Release "$silo" --nologo -v quiet

mkdir -p data
echo $$ > "$running"
nodes=()
# The last first: the first keeps the list that the others take themselves from.
stop() {
  trap '' INT TERM
  for ((i = ${#nodes[@]} - 1; i >= 0; i--)); do
    kill -TERM "${nodes[i]}" 2> /dev/null || true
    wait "${nodes[i]}" || true
  done
  rm -f "$running"
}
trap stop EXIT
trap 'exit 0' INT TERM

for node in 1 2 3; do
  address="http://127.0.0.1:$((5000 + node))"
  dotnet "$silo/bin/Release/net10.0/LiveComments.Silo.dll" --Role=node --Local:Node=$node --urls "$address" "$@" &
  nodes+=($!)
  # The first node keeps the list of the others: each waits until the one before it is ready.
  until curl -sf -o /dev/null "$address/health/ready"; do
    kill -0 "${nodes[-1]}" 2> /dev/null || exit 1
    sleep 0.3
  done
  echo "Node $node: $address/videos/demo and $address/dashboard"
done
wait
