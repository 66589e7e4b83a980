import { claimsIn, takeTokenFrom } from "/watch/sign-in.js";
import { faultOf, ModeratorToken, refusalOf } from "./token.js";

/** The longest time that a timer can wait, in milliseconds. */
const LongestTimer = 2 ** 31 - 1;

/** Asks for a moderator's token where there is none that will do, and says why. The page stays as it is meanwhile. */
export class SignIn {
  #root;
  #form;
  #id;
  #token;
  #begin = () => {};
  #begun = false;
  #timer;
  /** Called when another token was given. */
  onNext = () => {};

  /**
   * @param {HTMLElement} root
   * @param {string} liveVideoId
   */
  constructor(root, liveVideoId) {
    this.#root = root;
    this.#form = root.querySelector(".token-form");
    this.#id = liveVideoId;
    this.#token = new ModeratorToken(liveVideoId);
    this.#form.addEventListener("submit", event => {
      event.preventDefault();
      this.#take(this.#form.elements.token.value);
    });
    const link = root.querySelector(".sign-in");
    if (link) takeTokenFrom(link, token => this.#take(token));
    addEventListener("hashchange", () => {
      if (location.hash.startsWith("#token=")) location.reload();
    });
  }

  /** The token for requests. */
  get token() {
    return this.#token.value;
  }

  /** Calls this once there is a token that may do. @param {() => void} begin */
  whenThere(begin) {
    this.#begin = begin;
    this.#look();
  }

  /** Asks for another token if a request was refused for this one. @param {any} problem */
  judge(problem) {
    const refusal = refusalOf(problem);
    if (refusal) this.#show(this.#fault() ?? refusal);
  }

  #take(token) {
    this.#token.set(token);
    this.#form.reset();
    this.#look();
  }

  #look() {
    const fault = this.#fault();
    if (fault) return this.#show(fault);
    this.#root.hidden = true;
    const { name, exp } = claimsIn(this.#token.value ?? "");
    document.querySelector(".who").textContent = name ?? "";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fault() && this.#show(this.#fault()), Math.min((exp ?? 0) * 1_000 + 61_000 - Date.now(), LongestTimer));
    if (this.#begun) return this.onNext();
    this.#begun = true;
    this.#begin();
  }

  #fault() {
    return faultOf(this.#token.value, this.#id, Date.now());
  }

  /** @param {string} fault */
  #show(fault) {
    const words = this.#root.querySelector(".token-fault");
    if (!this.#root.hidden && words.textContent === fault) return;
    words.textContent = fault;
    const wasHidden = this.#root.hidden;
    this.#root.hidden = false;
    if (wasHidden) this.#form.elements.token.focus();
  }
}
