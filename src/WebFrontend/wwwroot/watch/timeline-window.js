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
   * Moves to where it should be, and lets the timeline drop what is too much and too far away.
   * @param {import("./timeline.js").Timeline} timeline
   * @param {import("./scroll-position.js").ScrollPosition} position
   */
  move(timeline, { following, above, below }) {
    const { length } = timeline;
    this.from = following ? Math.max(length - Size, 0) : timeline.indexOf(this.#firstId);
    this.to = Math.min(this.from + Size, length);

    if (!following && above < WindowMargin && this.from > 0) {
      this.from = Math.max(this.from - Step, 0);
      this.to = Math.min(this.from + Size, length);
    } else if (!following && below < WindowMargin && this.to < length) {
      this.to = Math.min(this.to + Step, length);
      this.from = Math.max(this.to - Size, 0);
    }
    const dropped = timeline.trim(this.from, this.to);
    this.from -= dropped;
    this.to -= dropped;
    this.#firstId = timeline.slice(this.from, this.from + 1)[0]?.comment.id ?? "0";
  }
}
