"""The parts of moderation.sh that need more than a shell.

  moderation.py purge PORT PID TOKEN REPEATS   posts 10,000 comments of one guest and removes them at once
  moderation.py ban DATABASE COUNT             writes COUNT bans of the video "banned" into a database that no server has open
  moderation.py posts PORT REPEATS             posts one after the other to "banned" and to "free", in turns
"""
import base64
import http.client
import json
import os
import socket
import sqlite3
import statistics
import sys
import threading
import time


def post(connection, video, token=None, message="Hello"):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection.request("POST", f"/comments/{video}", json.dumps({"author": "Ada", "message": message}), headers)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 201, (answer.status, body)
    return json.loads(body)


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def purge(port, pid, token, repeats):
    for repeat in range(1, repeats + 1):
        video = f"purge-{repeat}"
        guests = http.client.HTTPConnection("127.0.0.1", port)
        guests.request("POST", "/guests", "")
        guest = json.loads(guests.getresponse().read())

        def post_many(count):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            for i in range(count):
                post(connection, video, guest["token"], f"spam {i}")

        threads = [threading.Thread(target=post_many, args=(500,)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        viewer = socket.create_connection(("127.0.0.1", port))
        viewer.sendall(f"GET /comments/{video}/stream?backlog=0 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = b""
        while b"retry:" not in received:
            received += viewer.recv(65536)
        time.sleep(1)
        cpu, begun = cpu_seconds(pid), time.monotonic()
        moderator = http.client.HTTPConnection("127.0.0.1", port)
        moderator.request(
            "POST", f"/comments/{video}/removals", json.dumps({"authorId": guest["authorId"]}),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
        answer = json.loads(moderator.getresponse().read())
        took = time.monotonic() - begun
        received = b""
        while b"comment-removed" not in received or not received.endswith(b"\n\n\r\n"):
            received += viewer.recv(65536)
        viewer.close()
        time.sleep(1)
        event = received[received.index(b"id: "):received.rindex(b"\n\n") + 2]
        print(json.dumps({
            "repeat": repeat, "purged": answer["count"], "answerMs": round(took * 1000, 1), "eventBytes": len(event),
            "cpuMs": round((cpu_seconds(pid) - cpu) * 1000, 1)}), flush=True)


def ban(database, count):
    connection = sqlite3.connect(database)
    first = int(time.time() * 1000) << 20
    rows = ((
        "banned.bans", first + i, base64.urlsafe_b64encode(i.to_bytes(8, "big")).decode().rstrip("="), "{}")
        for i in range(1, count + 1))
    connection.executemany("INSERT INTO comments (video, id, author, message) VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


def posts(port, repeats):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for repeat in range(0, repeats + 1):
        figures = {"repeat": repeat}
        for video in ("banned", "free"):
            first = time.monotonic()
            post(connection, video)
            times = []
            for _ in range(300):
                begun = time.monotonic()
                post(connection, video)
                times.append((time.monotonic() - begun) * 1000)
            figures[video] = {
                "firstMs": round((time.monotonic() - first) * 1000 - sum(times), 1), "p50Ms": round(statistics.median(times), 2),
                "p99Ms": round(sorted(times)[296], 2)}
        if repeat:
            print(json.dumps(figures), flush=True)
        else:
            print(json.dumps({"firstPostAfterStart": {video: figures[video]["firstMs"] for video in ("banned", "free")}}), flush=True)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "purge":
        purge(int(rest[0]), int(rest[1]), rest[2], int(rest[3]))
    elif what == "ban":
        ban(rest[0], int(rest[1]))
    else:
        posts(int(rest[0]), int(rest[1]))
