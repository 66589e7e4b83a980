#!/usr/bin/env python3
"""hostile.py PORT SECONDS [--vanish]: strangers from 127.0.2.0/24 who hold what they do not use, beside the honest load of hostile.sh. Prints what they got
as one line of JSON. With --vanish some peers vanish; that needs the network namespace of hostile.sh, in which it makes their packets go nowhere."""
import collections, errno, json, random, selectors, socket, subprocess, sys, time

PORT, SECONDS, VANISH = int(sys.argv[1]), float(sys.argv[2]), "--vanish" in sys.argv
SLOW, STREAMS, STREAMS_PER_SECOND, HALF_OPEN, VANISHING = 400, 1500, 100, 300, 200
WATCHED = "load-0"   # what the honest viewers watch
got = collections.Counter()


def connect(source, request, receive_buffer=None):
    peer = socket.socket()
    if receive_buffer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    peer.bind((source, 0))
    peer.settimeout(5)
    try:
        peer.connect(("127.0.0.1", PORT))
        peer.sendall(request)
    except OSError as error:
        got[f"not connected: {errno.errorcode.get(error.errno, type(error).__name__)}"] += 1
        peer.close()
        return None
    peer.setblocking(False)
    return peer


def take(peer, most):
    """The bytes that came; b"" if the peer was cut off, None if nothing came."""
    try:
        return peer.recv(most)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def stranger(number):
    return f"127.0.2.{number % 50 + 1}"


def fill_history():
    """Two hundred of the longest comments, from many addresses: each may post a few at once."""
    body = json.dumps({"author": "a", "message": "\U0001F600" * 500}, ensure_ascii=False).encode()
    for number in range(200):
        with socket.socket() as peer:
            peer.bind((f"127.0.4.{number % 40 + 1}", 0))
            peer.connect(("127.0.0.1", PORT))
            peer.sendall(b"POST /comments/history HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
                         b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            got[f"history: {peer.recv(4096).split()[1].decode()}"] += 1


def slow_reader(number):
    return connect(stranger(number), get("/comments/history?limit=200") * 20, receive_buffer=2048)


def half_open(number):
    return connect(stranger(number), b"" if number % 2 else b"GET /comments/x HTTP/1.1\r\nHost: loc")


fill_history()
slow = [slow_reader(number) for number in range(SLOW)]
halves = [half_open(number) for number in range(HALF_OPEN)]
vanishing = [connect(f"127.0.9.{number % 50 + 1}", get(f"/comments/{WATCHED}/stream")) for number in range(VANISHING if VANISH else 0)]
streams, answers, opened = collections.deque(), selectors.DefaultSelector(), 0
begun, vanished = time.monotonic(), not VANISH
second = 0
while time.monotonic() - begun < SECONDS:
    passed = time.monotonic() - begun
    if not vanished and passed > 5:
        subprocess.run(["ip", "rule", "add", "pref", "5", "from", "127.0.9.0/24", "blackhole"], check=True)
        vanished = True
        got["peers that vanished"] = len([peer for peer in vanishing if peer])
    for peer in vanishing if not vanished else []:
        if peer:
            take(peer, 1 << 16)
    while opened < passed * STREAMS_PER_SECOND:
        opened += 1
        peer = connect(stranger(opened), get(f"/comments/r{random.getrandbits(64):x}/stream"))
        if peer:
            streams.append(peer)
            answers.register(peer, selectors.EVENT_READ)
        if len(streams) > STREAMS:
            oldest = streams.popleft()
            if oldest.fileno() >= 0:
                if oldest in answers.get_map():
                    answers.unregister(oldest)
                oldest.close()
    for key, _ in answers.select(0.05):
        head = take(key.fileobj, 4096)
        got[f"random streams: {head.split()[1].decode() if head else 'cut off'}"] += 1
        answers.unregister(key.fileobj)
    if passed < second:
        continue
    second += 1
    for number, peer in enumerate(slow):
        # One byte a second: enough to look alive.
        if peer is None or take(peer, 1) == b"":
            got["slow readers cut off"] += 1
            if peer:
                peer.close()
            slow[number] = slow_reader(number)
    for number, peer in enumerate(halves):
        if peer is None or (answer := take(peer, 4096)) == b"":
            got["half-open connections cut off"] += 1
            if peer:
                peer.close()
            halves[number] = half_open(number)
got["random streams opened"] = opened
print(json.dumps(got))
