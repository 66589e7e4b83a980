/**
 * The full-screen layout: the picture fills the screen, and the comments lie over it or are put away. Where the browser gives
 * no page the whole screen (an iPhone does not), the layout fills the window.
 */
export class FullScreen {
  #page;
  #toggle;
  #comments;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    this.#toggle = page.querySelector(".stage-full-screen");
    this.#comments = page.querySelector(".stage-comments");
    this.#toggle.addEventListener("click", () => this.#enter(!this.#entered));
    this.#comments.addEventListener("click", () => this.#showComments(this.#page.classList.contains("without-comments")));
    document.addEventListener("fullscreenchange", () => {
      const entered = document.fullscreenElement !== null;
      // The layout comes first, the event later: what one did meanwhile stays.
      if (entered !== this.#entered) this.#show(entered);
    });
    document.addEventListener("keydown", event => this.#onKey(event));
    this.#show(false);
  }

  get #entered() {
    return this.#page.classList.contains("full");
  }

  async #enter(entered) {
    this.#show(entered);
    try {
      if (entered) await document.documentElement.requestFullscreen({ navigationUI: "hide" });
      else if (document.fullscreenElement) await document.exitFullscreen();
    } catch {
      // Forbidden or unknown here: the layout alone it is.
    }
  }

  #show(entered) {
    this.#page.classList.toggle("full", entered);
    label(this.#toggle, entered ? "Leave full screen" : "Full screen", "F");
    this.#comments.hidden = !entered;
    this.#showComments(true);
  }

  #showComments(shown) {
    this.#page.classList.toggle("without-comments", !shown);
    label(this.#comments, shown ? "Hide the comments" : "Show the comments", "C");
  }

  #onKey(event) {
    const writing = event.target instanceof Element && event.target.closest("input, textarea");
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "f") this.#enter(!this.#entered);
    else if (event.key === "Escape" && this.#entered) this.#enter(false);
    else if (event.key === "c" && this.#entered) this.#comments.click();
  }
}

function label(button, words, key) {
  button.setAttribute("aria-label", words);
  button.title = `${words} (${key})`;
}
