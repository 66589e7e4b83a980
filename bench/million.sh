#!/usr/bin/env bash
# A comment on each of a million videos, then silence, then 10,000 active ones: what a video takes in memory while it is active and when it is not.
#   bench/million.sh      (build in Release first; needs gcc, curl, jq and python3; VIDEOS, RATE and ACTIVE change the figures; four to five minutes)
# Managed memory is what the operator page shows, right after a full collection (bench/collect.py): what is alive.
set -euo pipefail
cd "$(dirname "$0")/.."
videos=${VIDEOS:-1000000} rate=${RATE:-10000} active=${ACTIVE:-10000} port=${PORT:-5520}
make -s -C bench sseload
run=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT
dotnet "${SERVER:-src/WebFrontend/bin/Release/net10.0/LiveComments.WebFrontend.dll}" --urls "http://127.0.0.1:$port" \
    --Storage:Path="$run/comments.db" --Limits:PostsPerSecond=0 > "$run/server.log" 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done

post() {   # number of the first video, of videos, a second, seconds
    bench/sseload --to "127.0.0.1:$port" --viewers 0 --video-base "$1" --videos "$2" --rate "$3" --duration "$4" --warmup 0 --drain 5 --posters 256 \
        --post-path '/comments/{video}' --post-body '{"author":"user{n}","message":"{marker} {pad}"}' --pid "$server" --json-only 1 |
        jq -r '"  posted: \(.posts_ok_per_s)/s, refused or failed \(.post_errors), unsent \(.posts_unsent), p99 \(.post_p99_us / 1000) ms"'
}
look() {   # what the operator page is told
    { timeout 3 curl -sN "http://127.0.0.1:$port/ops/events" || true; } | sed -n 's/^data: //p' | jq -sc 'map(select(.heap)) | last | {activeVideos, heap}'
}
report() {
    local now; bench/collect.py "$server"; now=$(look)
    printf '%s: %s active videos; managed memory %.1f MB; resident %d MB\n' "$1" "$(jq .activeVideos <<< "$now")" "$(jq '.heap / 1048576' <<< "$now")" \
        "$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$server/status")"
}

post 0 1 2000 10
report "warm"
post 1 "$videos" "$rate" $(((videos + rate - 1) / rate))
report "a comment on each of $videos videos"
sleep 130
post 0 1 2000 5
report "130 s later"
post 1 "$active" 2000 $(((active + 1999) / 2000))
report "$active of them active"
