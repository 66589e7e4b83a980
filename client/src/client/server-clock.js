/** The server's clock, as far as its answers tell it: the viewer's own may be hours off. */
export class ServerClock {
  /** How far the server's clock is ahead of this one, in milliseconds; 0 until an answer has told. */
  offset = 0;

  /** The server's time, in milliseconds as `Date.now()` has them. */
  now() {
    return Date.now() + this.offset;
  }

  /**
   * Takes the time from an answer's `Date`, which has whole seconds: half of one is its middle.
   * @param {Response} response
   */
  read(response) {
    const date = Date.parse(response.headers.get("Date") ?? "");
    if (!Number.isNaN(date)) this.offset = date + 500 - Date.now();
  }
}
