# The product: this checkout, built in Release (PRODUCT_DIR = another one; SERVER = the DLL of one that is built), or PRODUCT = a command
# that starts it, which finds the port in $PORT.  Every run starts on an empty database.  product-flushN: with
# Streaming:MaxFlushIntervalMs=N; product-cost, product-latency: with that Streaming:Pace.
READY=/health/ready
LOAD=()
case $VARIANT in
    flush*) export Streaming__MaxFlushIntervalMs=${VARIANT#flush} ;;
    cost | latency) export Streaming__Pace=$VARIANT ;;
esac
prepare() {
    [ -n "${PRODUCT:-}" ] && return
    DLL=${SERVER:-}
    [ -z "$DLL" ] || return 0
    PRODUCT_DIR=${PRODUCT_DIR:-$(dirname "$BENCH")}
    # Before the server was one program with roles it was src/WebFrontend: an older checkout can be measured beside this one.
    local program=Silo
    grep -q Role "$PRODUCT_DIR"/src/Silo/Role.cs 2> /dev/null || program=WebFrontend
    (cd "$PRODUCT_DIR" && dotnet build -c Release src/$program -v q --nologo -nodeReuse:false) || return 1
    DLL=$PRODUCT_DIR/src/$program/bin/Release/net10.0/LiveComments.$program.dll
}
start() {
    rm -rf "$RUN/data" && mkdir -p "$RUN/data"
    [ -z "$CERTIFICATE" ] || export Kestrel__Certificates__Default__Path=$CERTIFICATE Kestrel__Certificates__Default__KeyPath=$KEY
    if [ -n "${PRODUCT:-}" ]; then PORT=$PORT RUN=$RUN sh -c "exec $PRODUCT" > "$RUN/log" 2>&1 &
    else Storage__Path=$RUN/data/comments.db Limits__PostsPerSecond=0 \
        dotnet "$DLL" --urls "$URL" > "$RUN/log" 2>&1 &
    fi
    MAIN=$!
}
