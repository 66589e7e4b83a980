"""Plots as plain SVG that can be read in light and dark: marks of latency against CPU, and bars."""
import html, math, statistics

STYLE = """<style>
.page{fill:#fff}.text{fill:#24292f}.faint{fill:#57606a}.grid{stroke:#d0d7de}.number{fill:#fff;font-weight:bold}
@media(prefers-color-scheme:dark){.page{fill:#0d1117}.text{fill:#e6edf3}.faint{fill:#9198a1}.grid{stroke:#30363d}}
</style>"""
# Told apart also without red and green, and on black as on white.
COLORS = ["#6e7781", "#cf4a1c", "#b07c00", "#2f6fdb", "#8250df", "#1a8a4c"]
WIDTH, LEFT, RIGHT, TOP, DEEP = 760, 60, 740, 46, 260


def plain(label):
    return html.escape(label.replace("**", "").replace("`", ""))


def svg(height, title, parts):
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12" role="img">',
        f"<title>{plain(title)}</title>", STYLE, f'<rect class="page" width="{WIDTH}" height="{height}"/>',
        f'<text class="text" x="{LEFT}" y="24" font-size="14">{plain(title)}</text>', *parts, "</svg>", ""])


def text(x, y, words, kind="text", anchor="start"):
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def line(x1, y1, x2, y2, color=None, wide=2):
    paint = f'stroke="{color}" stroke-width="{wide}"' if color else 'class="grid"'
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {paint}/>'


def step(top):
    """The distance of about five round ticks."""
    power = 10 ** math.floor(math.log10(top / 5))
    return next(power * n for n in (1, 2, 5, 10) if power * n * 5 >= top)


def marks(title, unit, points):
    """Latency on a scale of powers of ten, p50 with a whisker to p99, against CPU with a whisker over its runs.
    A point is (label, p50s, p99s, CPUs, color): the figures of its runs, and which of COLORS it has."""
    middles = [(label, max(statistics.median(p50), 0.01), max(statistics.median(p99), 0.01), statistics.median(cpu), min(cpu), max(cpu), COLORS[color])
               for label, p50, p99, cpu, color in points]
    low, high = math.log10(min(m[1] for m in middles)) - 0.1, math.log10(max(m[2] for m in middles)) + 0.1
    low, high = min(low, high - 1), max(high, low + 1)
    top = max(m[5] for m in middles) * 1.1 or 1
    at = lambda ms: LEFT + (math.log10(ms) - low) / (high - low) * (RIGHT - LEFT)
    up = lambda us: TOP + DEEP - us / top * DEEP
    parts = []
    for tick in range(int(top / step(top)) + 1):
        us = tick * step(top)
        parts += [line(LEFT, up(us), RIGHT, up(us)), text(LEFT - 6, up(us) + 4, f"{us:g}", "faint", "end")]
    for power in range(math.floor(low), math.ceil(high)):
        for ms in (n * 10.0 ** power for n in ((1, 2, 5) if high - low < 3 else (1,))):
            if low <= math.log10(ms) <= high:
                parts += [line(at(ms), TOP, at(ms), TOP + DEEP), text(at(ms), TOP + DEEP + 16, f"{ms:g}", "faint", "middle")]
    parts += [text(RIGHT, TOP + DEEP + 32, "ms: p50, and a line to p99", "faint", "end"), text(LEFT, TOP - 6, unit, "faint")]
    for i, (label, p50, p99, cpu, least, most, color) in enumerate(middles):
        below = TOP + DEEP + 52 + 18 * i
        parts += [line(at(p50), up(cpu), at(p99), up(cpu), color), line(at(p99), up(cpu) - 5, at(p99), up(cpu) + 5, color),
                  line(at(p50), up(least), at(p50), up(most), color)]
        for x, y in ((at(p50), up(cpu)), (LEFT + 8, below)):
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="{color}"/>', text(x, y + 4, i + 1, "number", "middle")]
        parts.append(text(LEFT + 24, below + 4, f"{plain(label)}: {cpu:.2f} us, {p50:.1f} / {p99:.1f} ms"))
    return svg(TOP + DEEP + 52 + 18 * len(middles), title, parts)


def bars(title, unit, series, groups):
    """Bars for the names of series, in groups of (label, a value for each of the series or None)."""
    left, height, parts, y = 250, 16, [], TOP + 20
    top = max(value for _, values in groups for value in values if value is not None) or 1
    for i, name in enumerate(series):
        parts += [f'<rect x="{left + 130 * i}" y="{TOP - 8}" width="12" height="12" fill="{COLORS[1 + 2 * i]}"/>',
                  text(left + 18 + 130 * i, TOP + 3, plain(name))]
    for label, values in groups:
        parts.append(text(left - 8, y + height * len(values) / 2 + 4, plain(label.split(", one ")[0]), anchor="end"))
        for i, value in enumerate(values):
            if value is not None:
                length = value / top * (RIGHT - left - 70)
                parts += [f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{height - 3}" fill="{COLORS[1 + 2 * i]}"/>',
                          text(left + length + 5, y + 11, f"{value:.1f} {unit}", "faint")]
            y += height
        y += 12
    return svg(y + 4, title, parts)
