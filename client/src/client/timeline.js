/**
 * A place where a recording and the clock on the wall meet. The recording goes on from there as the broadcast did, until the next one:
 * a piece of the broadcast that is missing in the recording, or was inserted, is one more of them.
 * @typedef {object} TimelinePiece
 * @property {number} media seconds from the beginning of the recording
 * @property {string | number | Date} at when that was broadcast: RFC 3339, or milliseconds as `Date.now()` has them
 */

/** From the time of a recording to that of the broadcast. */
export class Timeline {
  #pieces;

  /** @param {TimelinePiece[]} pieces one at least, with rising `media` */
  constructor(pieces) {
    this.#pieces = pieces.map(({ media, at }) => ({ media, at: new Date(at).getTime() }));
    const wrong = this.#pieces.findIndex(({ media, at }, i) =>
      !Number.isFinite(media) || Number.isNaN(at) || media <= (this.#pieces[i - 1]?.media ?? -Infinity));
    if (this.#pieces.length === 0) throw new TypeError("A timeline has one piece at least: { media: 0, at: \"2026-01-01T20:00:00Z\" }.");
    if (wrong >= 0) throw new TypeError(`Piece ${wrong} of the timeline needs a time, and a place after the piece before it.`);
  }

  /**
   * When a place of the recording was broadcast, in milliseconds; undefined before the first piece.
   * @param {number} media seconds
   * @returns {number | undefined}
   */
  at(media) {
    const piece = this.#pieces.findLast(piece => piece.media <= media);
    return piece && piece.at + (media - piece.media) * 1_000;
  }
}
