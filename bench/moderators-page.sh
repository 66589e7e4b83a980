#!/usr/bin/env bash
# How long it takes from a moderator's key press until the last of N viewers' pages in a real browser is clean, while a spammer posts 50 comments a second.
#   bench/moderators-page.sh [PAGES=5] [REPEATS=20]      (build tests/WebFrontend.BrowserTests in Release first; needs curl, node, openssl, chromium)
set -euo pipefail
cd "$(dirname "$0")/.."
pages=${1:-5} repeats=${2:-20} port=${PORT:-5000}
run=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"' EXIT
key=$(openssl rand -base64 32)
dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" --Storage:Path="$run/comments.db" \
    --Limits:PostsPerSecond=0 --Limits:PostsPerSecondPerPerson=0 --Auth:Issuers:0:Issuer=https://site.example \
    --Auth:Issuers:0:Audience=livecomments --Auth:Issuers:0:Key="$key" >> "$run/server.log" 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done
node bench/moderators-page.mjs "http://127.0.0.1:$port" "$key" "$pages" "$repeats"
