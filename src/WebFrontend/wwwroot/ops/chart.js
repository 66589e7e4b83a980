import { element } from "/watch/element.js";

/** The seconds that a chart may be wide, and its size in units of its own: it stretches to the width that there is. */
const Spans = [60, 120, 300];
const Width = 300;
const Height = 80;

/** Lines of the last minutes, in SVG. */
export class Chart {
  #measure;
  #svg = svg("svg", { class: "plot", viewBox: `0 0 ${Width} ${Height}`, preserveAspectRatio: "none", role: "img" });
  #area = svg("path", { class: "area" });
  #lines;
  #limit = svg("line", { class: "limit", x1: 0, x2: Width });
  #cross = svg("line", { class: "cross", y1: 0, y2: Height, visibility: "hidden" });
  #top = element("span", "top");
  #since = element("span", "since");
  #span = Spans[0];

  /** @param {import("./measures.js").Measure} measure */
  constructor(measure) {
    this.#measure = measure;
    this.#lines = measure.series.map((_, index) => svg("path", { class: `line line-${index}` }));
    const grid = [0.25, 0.5, 0.75].map(part => svg("line", { class: "grid", x1: 0, x2: Width, y1: part * Height, y2: part * Height }));
    this.#svg.append(...grid, this.#area, ...this.#lines, this.#limit, this.#cross);
    this.#limit.style.visibility = "hidden";
    this.#top.ariaHidden = this.#since.ariaHidden = "true";
    this.element = element("div", "chart", this.#svg, this.#top, this.#since);
  }

  /** @param {object[]} samples oldest first */
  draw(samples) {
    const { series, least = 1, unit = 1, limit, format, name } = this.#measure;
    const values = series.map(({ of }) => samples.map(of));
    const highest = Math.max(...values.flat(), 0);
    const top = niceCeiling(Math.max(highest, least) / unit) * unit;
    this.#span = Spans.find(span => samples.length <= span) ?? Spans.at(-1);
    const x = index => Width - (samples.length - 1 - index) * (Width / (this.#span - 1));
    const y = value => Height - (value / top) * (Height - 2) - 1;

    values.forEach((line, index) => this.#lines[index].setAttribute("d", path(line, x, y)));
    this.#area.setAttribute("d", area(values[0], x, y));
    this.#top.textContent = format(top);
    this.#since.textContent = `${this.#span / 60} min`;
    this.#svg.ariaLabel = `${name}, the last ${this.#span / 60} minutes: ${format(highest)} at most`;
    if (limit) {
      this.#limit.style.visibility = limit <= top ? "visible" : "hidden";
      setAttributes(this.#limit, { y1: y(limit), y2: y(limit) });
    }
  }

  /** Marks what is at a part of the width, and gives it. */
  point(part, samples) {
    const index = samples.length - 1 - Math.round((1 - part) * (this.#span - 1));
    const at = part * Width;
    setAttributes(this.#cross, { x1: at, x2: at, visibility: samples[index] ? "visible" : "hidden" });
    return samples[index];
  }

  unpoint() {
    this.#cross.setAttribute("visibility", "hidden");
  }
}

/** A line through the values; where there are none it breaks off, and a lone one is a dot. */
function path(values, x, y) {
  let pen = "M";
  return values.map((value, index) => {
    if (value === null) {
      pen = "M";
      return "";
    }
    const lone = pen === "M" && (values[index + 1] ?? null) === null;
    const step = `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}${lone ? "h.01" : ""}`;
    pen = "L";
    return step;
  }).join("");
}

function area(values, x, y) {
  if (values.length === 0 || values.includes(null)) return "";
  return `M${x(0).toFixed(1)} ${Height}${path(values, x, y).replace("M", "L")}V${Height}Z`;
}

/** The next 1, 2, 3 or 5 with noughts behind it. */
function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 5, 10].find(step => step * power >= value) * power;
}

function svg(tag, attributes) {
  return setAttributes(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);
}

function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
