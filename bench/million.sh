#!/usr/bin/env bash
# A comment on each of a million videos, then silence, then 10,000 active ones: what a video takes in memory while it is active and when it is not.
#   bench/million.sh      (build in Release first; needs curl, jq and python3; VIDEOS, RATE and ACTIVE change the figures; four to five minutes)
# Managed memory is what the operator page shows, right after a full collection (bench/collect.py): what is alive.
set -euo pipefail
cd "$(dirname "$0")/.."
videos=${VIDEOS:-1000000} rate=${RATE:-10000} active=${ACTIVE:-10000} port=${PORT:-5520}
run=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT
dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" \
    --Storage:Path="$run/comments.db" --Limits:PostsPerSecond=0 > "$run/server.log" 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done

post() {   # number of the first video, of videos, a second, seconds
    dotnet "${LOAD_TESTER:-src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll}" --url "http://127.0.0.1:$port" \
        --viewers 0 --first-video "$1" --videos "$2" --rate "$3" --posters 256 --warmup 0s --duration "$4s" --drain 5s \
        --json "$run/result.json" > "$run/out" || tail -5 "$run/out"
    jq -r '.posts as $posts | "  posted: \($posts.acknowledgedPerSecond)/s, refused or failed \($posts.refused + $posts.failed), "
        + "unsent \($posts.unsent), p99 \(.post.p99) ms"' "$run/result.json"
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
