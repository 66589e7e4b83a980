import { Card } from "/ops/card.js";
import { followNode } from "/ops/node-events.js";
import { showNode, showReport, showState } from "/ops/facts.js";
import { measures } from "/ops/measures.js";
import { showRefusals, showVideos } from "/ops/tables.js";

const container = document.querySelector(".cards");
const cards = measures.map(measure => new Card(measure));
container.append(...cards.map(card => card.element));

// All charts point at the same second.
container.addEventListener("pointermove", ({ target, clientX }) => {
  const plot = target.closest?.(".plot")?.getBoundingClientRect();
  cards.forEach(card => card.point(plot ? (clientX - plot.left) / plot.width : undefined));
});
container.addEventListener("pointerleave", () => cards.forEach(card => card.point(undefined)));

let node;
let history = [];

followNode({
  onState: showState,
  onNode(introduction) {
    node = introduction;
    history = introduction.history;
    showNode(node);
  },
  onReport(report) {
    history = [...history, report.now].slice(-300);
    cards.forEach(card => card.show(history, report, node));
    showVideos(report.videos);
    showRefusals(report.refusals);
    showReport(report);
  },
});
