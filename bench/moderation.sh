#!/usr/bin/env bash
# What moderation costs. How long after a removal's 204 the last of 5,000 viewers is told; the bytes and the CPU of a purge of 10,000 comments; how long a
# post takes on a video with 100,000 bans, beside one without.
#   bench/moderation.sh [SECONDS=20] [REPEATS=5]      (build src/Silo and src/LoadTester in Release first; needs curl, jq, openssl, python3)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20} repeats=${2:-5} port=${PORT:-5000}
run=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT
key=$(openssl rand -base64 32)

# A token as a site makes it: HS256 by the shared key.
part() { openssl base64 -A | tr '+/' '-_' | tr -d =; }
claims='{"iss":"https://site.example","aud":"livecomments","exp":'$(($(date +%s) + 36000))',"sub":"moderator",
         "scope":"comments:post comments:moderate comments:manage","videos":["*"]}'
head=$(printf '{"alg":"HS256","typ":"JWT"}' | part).$(printf '%s' "$claims" | part)
hex=$(printf '%s' "$key" | base64 -d | od -An -tx1 | tr -d ' \n')
token=$head.$(printf '%s' "$head" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$hex" -binary | part)

serve() {
    dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" --Storage:Path="$run/comments.db" \
        --Limits:PostsPerSecond=0 --Limits:PostsPerSecondPerPerson=0 --Limits:GuestsPerSecond=0 --Auth:Issuers:0:Issuer=https://site.example \
        --Auth:Issuers:0:Audience=livecomments --Auth:Issuers:0:Key="$key" >> "$run/server.log" 2>&1 &
    server=$!
    until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done
}
serve

for repeat in $(seq "$repeats"); do
    dotnet src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll --url "http://127.0.0.1:$port" --viewers 5000 --videos 1 --rate 20 \
        --removals 2 --moderator-token "$token" --warmup 10s --duration "${seconds}s" --drain 10s --json "$run/removals.json" > "$run/load.log" 2>&1 ||
        { cat "$run/load.log" >&2; exit 1; }
    jq -c "{repeat: $repeat, removals, removalToLast}" "$run/removals.json"
done

python3 bench/moderation.py purge "$port" "$server" "$token" "$repeats"

# Bans are written one after the other; 100,000 of them are put where the server would have put them.
kill "$server"; wait "$server" || true
python3 bench/moderation.py ban "$run/comments.db" 100000
serve
python3 bench/moderation.py posts "$port" "$repeats"
