#!/usr/bin/env bash
# A whole site on one machine, for a look: nginx before three nodes and two edges, their comments in dynalite.
#
#     deploy/site/site.sh start     then open https://localhost:8443/videos/demo (the certificate is of our own making)
#     deploy/site/site.sh stop
#
# All that it writes (logs, the certificate, the comments) lies in ${LIVECOMMENTS_SITE}, or in a folder of its own below
# $XDG_RUNTIME_DIR or ~/.cache. It is for its owner alone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
run=${LIVECOMMENTS_SITE:-${XDG_RUNTIME_DIR:-${HOME:?}/.cache}/live-comments-site}
tools=${LIVECOMMENTS_TOOLS:-${HOME:?}/.cache/live-comments}
program=$root/src/Silo/bin/Release/net10.0/LiveComments.Silo.dll

# dynalite takes any credentials, but the AWS SDK wants some, and would ask the network for them.
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_EC2_METADATA_DISABLED=true

# spawn <name> <command…>: starts it in the background and keeps its id.
spawn() {
  local name=$1
  shift
  setsid "$@" > "$run/$name.log" 2>&1 < /dev/null &
  echo $! > "$run/$name.pid"
}

# await <name> <url>: until it answers, or it has ended.
await() {
  until curl -fsko /dev/null "$2"; do
    kill -0 "$(cat "$run/$1.pid")" 2> /dev/null || { echo "$1 did not start:" >&2; tail -5 "$run/$1.log" >&2; stop; exit 1; }
    sleep 0.1
  done
}

# What others put there would be trusted: keys, settings, and the ids of processes that `stop` ends.
own() {
  mkdir -p "$(dirname "$run")"
  mkdir -m 700 "$run" 2> /dev/null || true
  if [[ -L $run || ! -d $run || ! -O $run ]]; then
    echo "$run is not a folder of $(id -un): set LIVECOMMENTS_SITE to another one." >&2
    exit 1
  fi
  chmod 700 "$run"
}

start() {
  if compgen -G "$run/*.pid" > /dev/null; then
    echo "It is running, or was not stopped: $0 stop" >&2
    exit 1
  fi
  "$root/deploy/tools.sh" nginx dynalite
  dotnet build "$root/src/Silo" -c Release --nologo -v quiet
  cp "$root"/deploy/nginx/*.conf "$here"/*.conf "$run"
  [[ -f $run/site.crt ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$run/site.key" -out "$run/site.crt" 2> "$run/openssl.log"

  # One for all nodes: a guest of one is a guest of all.
  [[ -f $run/guest.key ]] || (umask 077; openssl rand -base64 32 > "$run/guest.key")

  spawn dynalite node "$tools/node_modules/dynalite/cli.js" --host 127.0.0.1 --port 4567 --path "$run/comments" --createTableMs 0
  until (exec 3<> /dev/tcp/127.0.0.1/4567) 2> /dev/null; do sleep 0.1; done
  for n in 1 2 3; do
    spawn node$n dotnet "$program" --urls "http://127.0.0.1:510$n" --Node:Name=node$n --Http:TrustedProxies:0=127.0.0.1 \
      --Auth:GuestKeyFile="$run/guest.key" --Storage:Provider=dynamodb --DynamoDb:ServiceUrl=http://127.0.0.1:4567 --DynamoDb:CreateTable=true
  done
  for n in 1 2; do
    spawn edge$n dotnet "$program" --urls "http://127.0.0.1:520$n" --Node:Name=edge$n --Http:TrustedProxies:0=127.0.0.1 \
      --Role=edge --Upstream:Address=http://127.0.0.1:8080
  done
  for n in 1 2 3; do await node$n "http://127.0.0.1:510$n/health/ready"; done
  spawn nginx nginx -p "$run" -c "$run/nginx.conf" -g 'daemon off;'
  for n in 1 2; do await edge$n "http://127.0.0.1:520$n/health/live"; done
  await nginx https://127.0.0.1:8443/health/ready
  echo "https://localhost:8443/videos/demo"
}

stop() {
  local file
  # In this order nobody loses what they wait for: the front first, the store last.
  for file in "$run"/nginx.pid "$run"/edge*.pid "$run"/node*.pid "$run"/dynalite.pid; do
    [[ -f $file ]] || continue
    local pid
    pid=$(cat "$file")
    kill "$pid" 2> /dev/null || true
    while kill -0 "$pid" 2> /dev/null; do sleep 0.1; done
    rm -f "$file"
  done
}

case ${1:-} in
  start) own; start ;;
  stop) own; stop ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
