/** How many comments are in the document at most, and by how many the window moves at once. */
const Size = 300;
const Step = 60;

/** The window moves when less than this is left to scroll, in pixels. */
export const WindowMargin = 800;

/** The part of the timeline that is in the document: the newest while one follows, else what is around the scroll position. */
export class TimelineWindow {
  from = 0;
  to = 0;
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
    this.#place(timeline, following ? timeline.length - Size : timeline.indexOf(this.#firstId));
    this.#place(timeline, this.from - timeline.trim(this.from, this.to));
  }

  #place(timeline, from) {
    this.from = Math.max(from, 0);
    this.to = Math.min(this.from + Size, timeline.length);
    this.#firstId = timeline.slice(this.from, this.from + 1)[0]?.comment.id ?? "0";
  }
}
