import { element } from "/watch/element.js";
import { Chart } from "./chart.js";

const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

/** One measure: its value now, and a chart of the last minutes. */
export class Card {
  #measure;
  #value = element("p", "value", "–");
  #note = element("p", "note");
  #concern = element("p", "concern");
  #chart;
  #history = [];
  #pointed;
  #now = "";

  /** @param {import("./measures.js").Measure} measure */
  constructor(measure) {
    this.#measure = measure;
    this.#chart = new Chart(measure);
    this.#concern.hidden = true;
    const heading = element("h2", "", measure.name);
    const legend = element("p", "legend", ...names(measure).map((name, index) => element("span", `key key-${index}`, name)));
    this.element = element("article", "card",
      element("header", "", heading, this.#concern), element("div", "figures", this.#value, legend), this.#chart.element, this.#note);
  }

  /**
   * @param {object[]} history samples, oldest first
   * @param {object} report
   * @param {object} node
   */
  show(history, report, node) {
    const concern = this.#measure.concern(report, node) || "";
    this.#history = history;
    this.#concern.hidden = !concern;
    this.#concern.textContent = concern;
    this.#value.textContent = this.#measure.value(report, node);
    this.#now = this.#measure.note(report, node);
    this.#chart.draw(history);
    this.point(this.#pointed);
  }

  /** Reads the chart at a part of its width; nowhere where that is undefined. */
  point(part) {
    this.#pointed = part;
    const sample = part === undefined ? undefined : this.#chart.point(part, this.#history);
    if (!sample) this.#chart.unpoint();
    this.#note.textContent = sample ? this.#reading(sample) : this.#now;
  }

  #reading(sample) {
    const { series, format } = this.#measure;
    const values = series.map(({ name, of }) => [name, of(sample)]).filter(([, value]) => value !== null);
    const texts = values.map(([name, value]) => (series.length > 1 ? `${name} ${format(value)}` : format(value)));
    return `${clock.format(sample.at)} · ${texts.join(" · ") || "nothing"}`;
  }
}

/** One line needs no name: it has the card's. */
const names = ({ series }) => (series.length > 1 ? series.map(({ name }) => name) : []);
