#!/usr/bin/env python3
"""collect.py PID: makes a .NET process collect all its garbage, as the diagnostic tools do: an event session with the keyword GCHeapCollect (0x800000)
of the provider Microsoft-Windows-DotNETRuntime begins with a full collection. The protocol: dotnet/diagnostics, documentation/design-docs/ipc-protocol.md."""
import glob, os, socket, struct, sys, tempfile


def text(value):
    return struct.pack("<I", len(value) + 1) + (value + "\0").encode("utf-16-le")


def command(number, payload):   # of the command set EventPipe (2)
    return b"DOTNET_IPC_V1\0" + struct.pack("<HBBH", 20 + len(payload), 2, number, 0) + payload


def connect(pid):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(glob.glob(os.path.join(tempfile.gettempdir(), f"dotnet-diagnostic-{pid}-*-socket"))[0])
    connection.settimeout(60)
    return connection


pid = int(sys.argv[1])
provider = struct.pack("<QI", 0x800000, 5) + text("Microsoft-Windows-DotNETRuntime") + text("")
session = connect(pid)
session.sendall(command(3, struct.pack("<IIBI", 64, 1, 0, 1) + provider))   # CollectTracing2: 64 MB, nettrace, no rundown, one provider
answer = session.recv(28, socket.MSG_WAITALL)
if answer[16:18] != b"\xff\x00":
    sys.exit(f"the process refused: {answer[20:].hex()}")
stop = connect(pid)
stop.sendall(command(1, answer[20:28]))   # StopTracing; what comes until the end is not wanted
while session.recv(1 << 16):
    pass
