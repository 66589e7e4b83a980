"""What the runs of a row say: read from the JSON lines that peers/run.sh and reads.sh wrote, and put together over the repeats."""
import glob, json, os, statistics

NAMES = {
    "rawlimit": "floor: C, one `send` for each viewer and comment",
    "product": "**LiveComments**, durable",
    "product-cost": "LiveComments, `Streaming:Pace=cost`",
    "nchan-1": "nginx + nchan, 1 worker",
    "aspnet-pipe": "plain ASP.NET Core, pipe writes",
    "node": "Node, plain",
}
TLS_FLOOR = "floor: C, OpenSSL, one `SSL_write` for each viewer and comment"


class Series:
    """The runs of one server under one load: a line of a table, and a mark of a plot."""

    def __init__(self, peer, workload, runs, cpu, label=None):
        self.peer, self.runs, self.cpu = peer, runs, cpu
        self.label = label or (TLS_FLOOR if peer == "rawlimit" and workload.startswith("TLS") else NAMES.get(peer, peer))

    def clean(self):
        return sum(not r["faults"] and not r["posts"]["refused"] for r in self.runs)

    def latency(self, name, of="endToEnd"):
        return [r[of][name] for r in self.runs]

    def cpus(self):
        return [self.cpu(r) for r in self.runs]

    def ratios(self, other, value):
        """Of each run to the other's run in the same repeat."""
        base = {r["repeat"]: value(r) for r in other.runs} if other else {}
        return [value(r) / base[r["repeat"]] for r in self.runs if base.get(r["repeat"])]


def per_delivery(run):
    return run["server"]["cpuMicrosecondsPerDelivery"] or 0


def per_post(run):
    return run["server"]["cpuPercent"] * 1e4 / max(run["posts"]["acknowledgedPerSecond"], 1)


def read(folder):
    """All runs of a row, by workload and then by server, in the order of NAMES."""
    runs = {}
    for name in glob.glob(os.path.join(folder, "*.jsonl")):
        for line in open(name):
            run = json.loads(line)
            if run["workload"] == "BEFORE":   # It warmed the server up for the run after it.
                continue
            runs.setdefault(run["workload"], {}).setdefault(run["peer"], []).append(run)
    order = list(NAMES)
    return {workload: dict(sorted(peers.items(), key=lambda item: order.index(item[0]) if item[0] in order else 99))
            for workload, peers in runs.items()}


def middle(values, digits):
    """The median, and [lowest–highest] of more than one."""
    if not values:
        return "-"
    text = f"{statistics.median(values):,.{digits}f}"
    return text if len(values) == 1 else f"{text} [{min(values):,.{digits}f}–{max(values):,.{digits}f}]"


def table(head, lines):
    return "\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|"] + ["| " + " | ".join(line) + " |" for line in lines])


def conditions(runs):
    """How long they were warmed up and measured, and what else the machine did; nothing of runs that run.sh did not make."""
    runs = [r for r in runs if "stolenPercent" in r]
    if not runs:
        return ""
    said = f"Measured for {seconds(runs[0]['options']['duration']):g} s each, {runs[0]['at'][:10]}"
    warm = [r["server"]["warmUpSeconds"] for r in runs if r["options"]["rate"] > 0 and r["workload"] != "COLD"]
    if warm:
        said += f", after {min(warm):.0f} to {max(warm):.0f} s of warm-up" if max(warm) - min(warm) > 1 else f", after {max(warm):.0f} s of warm-up"
    return (f"{said}. During a run at most {max(r['stolenPercent'] for r in runs):.1f}% of the processors went to other machines and"
            f" {max(0, *(r['othersPercent'] for r in runs)):.1f}% to other processes.")


def seconds(text):
    """Of a .NET TimeSpan."""
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)
