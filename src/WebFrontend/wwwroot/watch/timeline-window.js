/** How many comments are in the document at most, and by how many the window moves at once. */
const Size = 300;
const Step = 60;

/** How far back the window reaches to fill itself where only a sample is shown. Well below what the timeline holds. */
const Reach = 2_000;

/** The window moves when less than this is left to scroll, in pixels. */
export const WindowMargin = 800;

/** The part of the timeline that is in the document: the newest while one follows, else what is around the scroll position. */
export class TimelineWindow {
  from = 0;
  to = 0;
  #sampled = false;
  #firstId = "0";

  /** Whether it has somewhere to move to, and should. */
  isAtEdge(timeline, { above, below }) {
    return (above < WindowMargin && this.from > 0) || (below < WindowMargin && this.to < timeline.length);
  }

  /**
   * Moves to where it should be.
   * @param {import("./timeline.js").Timeline} timeline
   * @param {import("./scroll-position.js").ScrollPosition} position
   */
  move(timeline, position) {
    this.stay(timeline, position);
    if (position.following) return;
    if (position.above < WindowMargin) this.#place(timeline, this.from - Step);
    else if (position.below < WindowMargin) this.#place(timeline, Math.min(this.to + Step, timeline.length) - Size);
  }

  /**
   * Stays where it is in a timeline that has changed, and lets that drop what is too much and too far away.
   * @param {import("./timeline.js").Timeline} timeline
   * @param {import("./scroll-position.js").ScrollPosition} position
   */
  stay(timeline, { following }) {
    if (following) this.#placeAtEnd(timeline);
    else if (this.#sampled) this.#place(timeline, timeline.length - Size);
    else this.#place(timeline, timeline.indexOf(this.#firstId));
    this.#sampled = following;
    this.#setFrom(timeline, this.from - timeline.trim(this.from, this.to), this.to - this.from);
  }

  /**
   * Moves so that it has a comment.
   * @param {import("./timeline.js").Timeline} timeline
   * @param {string} id
   */
  showAround(timeline, id) {
    const index = timeline.indexOf(id);
    if (index < this.from || index >= this.to) this.#place(timeline, index - Size / 2);
  }

  /** The newest that are shown: all of the newest, unless there is no time to read them. */
  #placeAtEnd(timeline) {
    const from = timeline.indexOfLastShown(Size, Reach);
    this.#setFrom(timeline, from, timeline.length - from);
  }

  #place(timeline, from) {
    this.#setFrom(timeline, from, Size);
  }

  #setFrom(timeline, from, size) {
    this.from = Math.max(from, 0);
    this.to = Math.min(this.from + size, timeline.length);
    this.#firstId = timeline.slice(this.from, this.from + 1)[0]?.comment.id ?? "0";
  }
}
