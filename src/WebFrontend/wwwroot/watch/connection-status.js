import { countdown } from "./countdown.js";
import { explain } from "./refusal.js";

const labels = {
  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting…",
  ended: "The live chat has ended",
  closed: "Disconnected",
};

/** Shows whether comments are coming, and if not, why and when it tries again. */
export class ConnectionStatus {
  #root;
  #label;
  #countdown;
  #retry;
  #stop = () => {};

  /**
   * @param {HTMLElement} root
   * @param {() => void} onRetry
   */
  constructor(root, onRetry) {
    this.#root = root;
    this.#label = root.querySelector(".connection-label");
    this.#countdown = root.querySelector(".connection-countdown");
    this.#retry = root.querySelector(".connection-retry");
    this.#retry.addEventListener("click", onRetry);
  }

  /** @param {import("../client/connection.js").ConnectionState} state */
  show({ status, retryAt, problem }) {
    this.#stop();
    this.#root.dataset.status = status;
    // A video that is over may be opened again.
    this.#retry.hidden = !retryAt && status !== "ended";
    this.#countdown.textContent = "";
    const offline = status === "reconnecting" && !navigator.onLine;
    const label = offline ? "You are offline" : labels[status] ?? explain(problem);
    // It is read out at every change, so the seconds are kept out of it.
    if (this.#label.textContent !== label) this.#label.textContent = label;
    if (retryAt) this.#stop = countdown(retryAt, seconds => (this.#countdown.textContent = `in ${seconds} s`));
  }
}
