#!/usr/bin/env python3
"""page.py [ROW...]: puts the figures of bench/results/all/ROW into docs/benchmarks.md, between <!-- row: ROW --> and <!-- end -->, and their plots
into docs/images/bench-ROW.svg; without ROW, those of all rows that have been measured."""
import os, re, sys

bench = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(bench, "page"))
from figures import conditions, read
from rows import ROWS

docs = os.environ.get("DOCS", os.path.join(bench, "..", "docs"))
results = os.environ.get("ROWS", os.path.join(bench, "results", "all"))
page = os.path.join(docs, "benchmarks.md")
document = open(page, encoding="utf-8").read()
for row in sys.argv[1:] or [row for row in ROWS if os.path.isdir(os.path.join(results, row))]:
    title, make = ROWS[row]
    runs = read(os.path.join(results, row))
    if not runs:
        sys.exit(f"page.py: the row {row} has no results")
    table, plot = make(title, runs)
    parts = [table, conditions([r for peers in runs.values() for rs in peers.values() for r in rs])]
    if plot:
        open(os.path.join(docs, "images", f"bench-{row}.svg"), "w", encoding="utf-8").write(plot)
        parts.append(f"![{title}](images/bench-{row}.svg)")
    text = f"<!-- row: {row} -->\n\n" + "\n\n".join(part for part in parts if part) + "\n\n<!-- end -->"
    document, found = re.subn(rf"<!-- row: {row} -->.*?<!-- end -->", lambda _: text, document, flags=re.DOTALL)
    if found != 1:
        sys.exit(f"page.py: {page} has {found} places for the row {row}, not one")
    print(f"{row}: {title}")
open(page, "w", encoding="utf-8").write(document)
