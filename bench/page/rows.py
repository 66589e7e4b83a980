"""Each row of the page: from its runs to a table, and to what its plot shows."""
import statistics
from figures import NAMES, Series, middle, per_delivery, per_post, table
from plot import bars, marks

DELIVERY, LATENCY = "us of CPU per delivery", ["p50, ms", "p99, ms"]


def points(lines, of="endToEnd"):
    """For the plot. A server has the same color in all plots, unless a plot has one server several times."""
    lines = list(lines)
    once = len({s.peer for s in lines}) == len(lines)
    return [(s.label, s.latency("p50", of), s.latency("p99", of), s.cpus(), list(NAMES).index(s.peer) if once else i)
            for i, s in enumerate(lines)]


def common(s):
    return [s.label, f"{len(s.runs)}, {s.clean()}", middle(s.cpus(), 2)]


def waits(s, of="endToEnd"):
    return [middle(s.latency("p50", of), 1), middle(s.latency("p99", of), 1)]


def beside(title, runs):
    """All servers under one load, beside the floor and nchan."""
    (workload, peers), = runs.items()
    lines = {peer: Series(peer, workload, rs, per_delivery) for peer, rs in peers.items()}
    ratio = lambda s, peer: "1" if s.peer == peer else middle(s.ratios(lines.get(peer), per_delivery), 2)
    return table(["server", "runs, clean", DELIVERY, "to the floor of the same repeat", "to nchan", *LATENCY],
                 [common(s) + [ratio(s, "rawlimit"), ratio(s, "nchan-1")] + waits(s) for s in lines.values()]), \
        marks(title, DELIVERY, points(lines.values()))


def idle(title, runs):
    """Memory of viewers who are sent nothing, over HTTP/1.1 and HTTP/2."""
    ways = {"HTTP/1.1": runs.get("TLSIDLE11", {}), "HTTP/2": runs.get("TLSIDLE2", {})}
    kb = lambda run: run["server"]["bytesPerViewerAtEnd"] / 1e3
    lines, groups = [], []
    for peer in [p for p in NAMES if any(p in way for way in ways.values())]:
        cells, values = [], []
        for way in ways.values():
            s = Series(peer, "TLS", way.get(peer, []), kb)
            nchan = Series("nchan-1", "TLS", way.get("nchan-1", []), kb)
            cells += [middle(s.cpus(), 1), "1" if peer == "nchan-1" else middle(s.ratios(nchan, kb), 2),
                      middle([r["server"]["peakResidentBytes"] / 1e6 for r in s.runs], 0)]
            values.append(statistics.median(s.cpus()) if s.runs else None)
        lines.append([s.label, *cells])
        groups.append((s.label, values))
    head = [f"{way}: {what}" for way in ways for what in ("KB a viewer", "to nchan", "MB at most, in all")]
    return table(["server", *head], lines), bars(title, "KB", ways, groups)


def cold(title, runs):
    """A server's first 10 s beside 10 s of it once it is warm."""
    lines = []
    for peer, rs in runs["COLD"].items():
        warm = Series(peer, "", runs.get("WARM", {}).get(peer, []), per_delivery, f"{NAMES[peer]}: warm")
        first = Series(peer, "", rs, per_delivery, f"{NAMES[peer]}: the first 10 s")
        lines += [(first, middle(first.ratios(warm, per_delivery), 2)), (warm, "1")]
    lines = [(s, ratio) for s, ratio in lines if s.runs]
    return table(["server", "runs, clean", DELIVERY, "to the warm one of the same repeat", "ms of CPU in 10 s", *LATENCY],
                 [common(s) + [ratio, middle([r["server"]["cpuPercent"] * 100 for r in s.runs], 0)] + waits(s) for s, ratio in lines]), \
        marks(title, DELIVERY, points(s for s, _ in lines))


def stalled(title, runs):
    """The others, without and with viewers who read nothing."""
    p99 = lambda run: run["endToEnd"]["p99"]
    none = Series("product", "", runs["STALL0"]["product"], per_delivery, "none stalled")
    lines = [none] + [Series("product", "", rs["product"], per_delivery, "500 stalled") for w, rs in runs.items() if w == "STALL500"]
    ratio = lambda s, value: "1" if s is none else middle(s.ratios(none, value), 2)
    return table(["the others, while", "runs, clean", DELIVERY, "to none stalled", *LATENCY, "p99 to none stalled", "MB at most", "cut off"],
                 [common(s) + [ratio(s, per_delivery)] + waits(s) + [
                     ratio(s, p99), middle([r["server"]["peakResidentBytes"] / 1e6 for r in s.runs], 0),
                     middle([r["viewers"]["slowCutOff"] for r in s.runs], 0)] for s in lines]), \
        marks(title, DELIVERY, points(lines))


def posts(title, runs):
    """Posts alone, from when they were due until their answer."""
    lines = [Series(peer, "", rs, per_post) for peer, rs in runs["POSTS"].items()]
    return table(["server", "runs, clean", "us of CPU per post", "acknowledged a second", "answer p50, ms", "p99, ms", "end to end p50, ms", "p99, ms"],
                 [common(s) + [middle([r["posts"]["acknowledgedPerSecond"] for r in s.runs], 0)] + waits(s, "post") + waits(s) for s in lines]), \
        marks(title, "us of CPU per post", points(lines, "post"))


def highest(title, runs):
    """The highest rate that was found, and the run that reached it."""
    lines, shown = [], []
    for peer, found in runs["MAX"].items():
        best = max(found, key=lambda r: r["maxRate"])
        tried = [r for r in runs["MAXTRY"][peer]
                 if r["options"]["rate"] == best["maxRate"] and not r["faults"] and not r["posts"]["refused"] and r["endToEnd"]["p99"] < 200]
        s = Series(peer, "", tried[-1:], per_delivery)
        lines.append([s.label, middle([r["maxRate"] for r in found], 0), middle([r["maxDeliveriesPerSecond"] for r in found], 0),
                      f"{best['failedRate']}", middle(s.cpus(), 2), *waits(s)])
        shown += [s] if tried else []
    return table(["server", "comments/s", "deliveries/s", "it fails at", DELIVERY, *LATENCY], lines), \
        marks(title, DELIVERY, points(shown)) if shown else None


def reads(title, runs):
    """Pages, joins and resumes."""
    ways = [("pages of 50", "PAGES"), ("the same page, known by its ETag", "PAGES304")]
    ways = [(label, runs[w]["product"]) for label, w in ways if w in runs]
    of = lambda rs, name: [r[name] for r in rs]
    pages = table(["pages", "runs, clean", "a second", "us of CPU each", *LATENCY], [
        [label, f"{len(rs)}, {sum(not r['failed'] for r in rs)}", middle(of(rs, "perSecond"), 0), middle(of(rs, "cpuMicroseconds"), 1),
         middle(of(rs, "p50"), 1), middle(of(rs, "p99"), 1)] for label, rs in ways])
    if "PAGES304" not in runs:
        pages += "\n\nPages have no ETag."
    crowds = [(label, runs[w]["product"]) for label, w in (("5,000 join", "JOINS"), ("10,000 resume after `kill -9`", "RESUMES")) if w in runs]
    crowds = table(["viewers", "runs, clean", "all are served after, s", "us of CPU each", "MB at most"], [
        [label, f"{len(rs)}, {sum(not r['faults'] for r in rs)}", middle([r["viewers"]["connectSeconds"] for r in rs], 2),
         middle([r["cpuMicroseconds"] for r in rs if "cpuMicroseconds" in r], 0),
         middle([r["server"]["peakResidentBytes"] / 1e6 for r in rs], 0)] for label, rs in crowds])
    return pages + "\n\n" + crowds, \
        marks(title, "us of CPU per page", [(label, of(rs, "p50"), of(rs, "p99"), of(rs, "cpuMicroseconds"), i)
                                           for i, (label, rs) in enumerate(ways, 1)])


ROWS = {
    "busy": ("Busy: 1,000 viewers, 100 comments/s", beside),
    "chat": ("Hot chat: 200 viewers, 1,000 comments/s", beside),
    "hot": ("One hot video: 5,000 viewers, 20 comments/s", beside),
    "small": ("Small: 1,000 videos of 10 viewers, 500 comments/s", beside),
    "apart": ("Nothing to gather: 2,000 viewers, 10 comments/s", beside),
    "tls11": ("TLS, HTTP/1.1: 1,500 viewers, 20 comments/s", beside),
    "tls2": ("TLS, HTTP/2: 1,500 viewers, 20 comments/s", beside),
    "tlsidle": ("Idle viewers over TLS: resident memory for each of 1,500", idle),
    "cold": ("The first 10 s after a start: 200 viewers, 10 comments/s", cold),
    "stalled": ("500 of 5,000 viewers stalled, 20 comments/s", stalled),
    "posts": ("Posts: 20,000 a second over 1,000 videos", posts),
    "max": ("The highest rate on one hot video of 5,000 viewers", highest),
    "reads": ("History pages, joins and resumes", reads),
}
