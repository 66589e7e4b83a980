/**
 * @typedef {object} ServerSentEvent
 * @property {string} type
 * @property {string} data
 * @property {string} lastEventId
 */

/** Reads Server-Sent Events from text that comes in pieces (WHATWG HTML, 9.2.6 "Interpreting an event stream"). */
export class EventStreamParser {
  /** The server's wish for the time to wait before a reconnect, in milliseconds. @type {number | undefined} */
  retry;

  #rest = "";
  #endedInReturn = false;
  #lastEventId = "";
  #type = "";
  /** @type {string[]} */
  #data = [];

  /**
   * @param {string} text
   * @returns {ServerSentEvent[]} the events that this piece completed
   */
  push(text) {
    // A line feed after a carriage return belongs to it, also if it comes in the next piece.
    const [first = "", ...others] = (this.#endedInReturn ? text.replace(/^\n/, "") : text).split(/\r\n|\n|\r/);
    if (text !== "") this.#endedInReturn = text.endsWith("\r");

    // Only the new text is searched: a line may come in many pieces.
    const lines = [this.#rest + first, ...others];
    this.#rest = lines.pop() ?? "";
    return lines.map(line => this.#readLine(line)).filter(event => event !== undefined);
  }

  /**
   * @param {string} line
   * @returns {ServerSentEvent | undefined} the event that this line completed
   */
  #readLine(line) {
    if (line === "") return this.#dispatch();

    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") this.#data.push(value);
    else if (field === "event") this.#type = value;
    else if (field === "id" && !value.includes("\0")) this.#lastEventId = value;
    else if (field === "retry" && /^\d+$/.test(value)) this.retry = Number(value);
    return undefined;
  }

  #dispatch() {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), lastEventId: this.#lastEventId };
    const complete = this.#data.length > 0;
    this.#type = "";
    this.#data = [];
    return complete ? event : undefined;
  }
}
