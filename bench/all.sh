#!/usr/bin/env bash
# All figures of "All in one run" in docs/benchmarks.md, with their plots: each row with all its servers in turn, the repeats outermost.
#   bench/all.sh [REPEATS=3] [ROW...]      e.g. bench/all.sh 3 tls11 busy makes these two rows anew
# Needs what bench/README.md names, and wrk for the row "reads". Raw results go to bench/results/all/ROW/, and from there bench/page.py, which
# can be run alone, makes the tables and plots. A row's page is made when the row is done: after a stop, name the rows that are left.
# Environment: DURATION of all rows; OTHERS, STOLEN and PORT as for peers/run.sh. Let nothing else run meanwhile, or set OTHERS=10.
set -euo pipefail
cd "$(dirname "$0")"
repeats=${1:-3}
shift || true
duration=${DURATION:-}
results=$PWD/results/all
# Folders of its own, so that two checkouts do not disturb each other.
[ -n "${RUNS:-}" ] || { RUNS=$(mktemp -d) && trap 'rm -rf "$RUNS"' EXIT; }
export RUNS SERVER=$PWD/results/server/LiveComments.Silo.dll LOAD_TESTER=$PWD/../src/LoadTester/bin/Release/net10.0/LiveComments.LoadTester.dll

# row: workloads | servers of each repeat | servers of the first repeat only | about how many seconds a run takes | how long it measures
declare -A rows=(
    [busy]="BUSY|rawlimit product product-cost nchan-1|aspnet-pipe node|30|6"
    [chat]="W3|rawlimit product product-cost nchan-1|aspnet-pipe node|30|6"
    [hot]="W1|rawlimit product product-cost nchan-1|aspnet-pipe node|32|6"
    [small]="W2|rawlimit product product-cost nchan-1|aspnet-pipe node|32|6"
    [apart]="APART|rawlimit product nchan-1|aspnet-pipe node|30|6"
    [tls11]="TLS11|rawlimit product nchan-1|aspnet-pipe node|32|6"
    [tls2]="TLS2|rawlimit product nchan-1|aspnet-pipe node|32|6"
    [tlsidle]="TLSIDLE11 TLSIDLE2|rawlimit product nchan-1|aspnet-pipe node|15|5"
    [cold]="COLD|product|aspnet-pipe node|50|10"
    [stalled]="STALL0 STALL500|product||60|30"
    [posts]="POSTS|product product-cost||42|6"
    [max]="MAX||product nchan-1|200|6"
    [reads]="READS|product||60|6"
)
all=(busy chat hot small apart tls11 tls2 tlsidle cold stalled posts max reads)
chosen=("${@:-${all[@]}}")

seconds=0
for row in "${chosen[@]}"; do
    [ -n "${rows[$row]:-}" ] || { echo "all.sh: there is no row \"$row\"; there are ${all[*]}" >&2; exit 2; }
    IFS='|' read -r workloads each once length _ <<< "${rows[$row]}"
    seconds=$((seconds + $(wc -w <<< "$workloads") * length * ($(wc -w <<< "$each") * repeats + $(wc -w <<< "$once"))))
done
echo "about $((seconds / 60 + 1)) minutes, until $(date -d "+$seconds seconds" +%H:%M): ${chosen[*]}"

# The server as it is published: compiled ahead.
dotnet publish ../src/Silo -c Release --runtime linux-x64 --no-self-contained -o "$(dirname "$SERVER")" -v q --nologo -nodeReuse:false
dotnet build ../src/LoadTester -c Release -v q --nologo -nodeReuse:false

for row in "${chosen[@]}"; do
    IFS='|' read -r workloads each once _ length <<< "${rows[$row]}"
    rm -rf "${results:?}/$row"
    mkdir -p "$results/$row"
    for REPEAT in $(seq "$repeats"); do
        servers=$each
        [ "$REPEAT" != 1 ] || servers+=" $once"
        for workload in $workloads; do
            for server in $servers; do
                export REPEAT RESULTS=$results/$row DURATION=${duration:-$length}
                # Where the search begins is near what was found before.
                case $workload-$server in MAX-product) RATE=800 ;; MAX-*) RATE=24 ;; *) RATE= ;; esac
                export RATE
                case $workload in
                READS) ./reads.sh ;;
                *) peers/run.sh "$server" "$workload" ;;
                esac || echo "all.sh: $server failed at $workload" >&2
            done
        done
    done
    ./page.py "$row"
done
