#!/usr/bin/env bash
# Durable posts a second over 1,000 videos with the log in PostgreSQL on the same machine, and in SQLite for comparison: how long they take, and the
# processor time of the server and of the database for each.
#   bench/postgresql.sh [RATE=10000] [SECONDS=30] [REPEATS=1]      (build src/Silo and src/LoadTester in Release first; needs curl, jq and PostgreSQL)
# SQLITE=no leaves the comparison out. fsync is on, and the database is as initdb makes it. As root PostgreSQL runs as the user postgres.
set -euo pipefail
cd "$(dirname "$0")/.."
rate=${1:-10000} seconds=${2:-30} repeats=${3:-1} port=${PORT:-5480}
database_port=$((port + 1))
run=$(mktemp -d)
chmod 755 "$run"
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2> /dev/null | tail -1 || command -v initdb)")
user=()
if ((EUID == 0)); then user=(setpriv --reuid=postgres --regid=postgres --clear-groups); fi
server= database=
stop() {
    [[ -z $server ]] || { kill "$server" 2> /dev/null && wait "$server" 2> /dev/null || true; }
    # Its fast shutdown: connections are cut.
    [[ -z $database ]] || { kill -INT "$database" 2> /dev/null && wait "$database" 2> /dev/null || true; }
    server= database=
}
trap 'stop; rm -rf "$run"' EXIT

ask() { "$programs/psql" -h 127.0.0.1 -p "$database_port" -U postgres -Atc "$1" postgres; }

start_database() {
    rm -rf "$run/data"
    mkdir "$run/data"
    if ((EUID == 0)); then chown postgres "$run/data"; fi
    (cd / && "${user[@]}" "$programs/initdb" -D "$run/data" -U postgres -A trust > "$run/initdb.log")
    (cd / && exec "${user[@]}" "$programs/postgres" -D "$run/data" -p "$database_port" -h 127.0.0.1 -k '') > "$run/postgres.log" 2>&1 &
    database=$!
    until ask 'SELECT 1' > /dev/null 2>&1; do kill -0 "$database"; sleep 0.2; done
}

start_server() {
    dotnet "${SERVER:-src/Silo/bin/Release/net10.0/LiveComments.Silo.dll}" --urls "http://127.0.0.1:$port" --Limits:PostsPerSecond=0 --Auth:Guests=deny "$@" \
        > "$run/server.log" 2>&1 &
    server=$!
    until curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null; do kill -0 "$server"; sleep 0.2; done
}

# Hundredths of a second of a process, of its children, and of those that have ended.
used() {
    [[ -n $1 ]] || { echo 0; return; }
    local children
    children=$(cat "/proc/$1/task/$1/children")
    { awk '{ print $14 + $15 + $16 + $17 }' "/proc/$1/stat"; for pid in $children; do awk '{ print $14 + $15 }' "/proc/$pid/stat" 2> /dev/null || true; done; } |
        awk '{ sum += $1 } END { print sum }'
}

measure() {   # name
    local server_before database_before server_after database_after
    dotnet src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll --url "http://127.0.0.1:$port" --viewers 0 --videos 1000 --rate $((rate / 5)) \
        --posters 1000 --warmup 1s --duration 5s --drain 10s > "$run/warm" 2>&1 || true
    server_before=$(used "$server") database_before=$(used "$database")
    dotnet src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll --url "http://127.0.0.1:$port" --viewers 0 --videos 1000 --rate "$rate" \
        --posters 1000 --warmup 5s --duration "${seconds}s" --drain 10s --json "$run/result.json" > "$run/load" 2>&1 || tail -12 "$run/load" >&2
    server_after=$(used "$server") database_after=$(used "$database")
    # The posts of the warm-up cost as much as the others.
    jq -rc --arg name "$1" --argjson all "$((seconds + 5))" --argjson server "$((server_after - server_before))" \
        --argjson database "$((database_after - database_before))" \
        '(.posts.acknowledgedPerSecond * $all) as $posts
        | {store: $name, acknowledged: (.posts.acknowledgedPerSecond | round), refused: .posts.refused, failed: .posts.failed, p50: .post.p50, p99: .post.p99,
           max: .post.max, serverMicroseconds: ($server * 10000 / $posts | round), databaseMicroseconds: ($database * 10000 / $posts | round)}' "$run/result.json"
}

for _ in $(seq "$repeats"); do
    echo "before: load average $(cut -d' ' -f1 /proc/loadavg)"
    start_database
    start_server --Storage:Provider=postgresql --Storage:ConnectionString="Host=127.0.0.1;Port=$database_port;Username=postgres;Database=postgres"
    measure postgresql
    echo "bytes of a comment of 100 characters, with its index: $(ask "SELECT (SELECT sum(pg_total_relation_size(relid)) FROM
        pg_partition_tree('livecomments.entries') WHERE isleaf)::bigint / (SELECT count(*) FROM livecomments.entries)")"
    stop
    [[ ${SQLITE:-yes} == yes ]] || continue
    start_server --Storage:Path="$run/comments.db"
    measure sqlite
    stop
    rm -f "$run"/comments.db*
done
