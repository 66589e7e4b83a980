import { createIdempotencyKey } from "/client.js";
import { MaxAuthorLength, MaxMessageLength, cleanAuthor, cleanMessage, lengthOf } from "./comment-rules.js";
import { countdown } from "./countdown.js";
import { recall, remember } from "./memory.js";

/** From this part of the longest text on, one sees how long it is. */
const NearEnd = 0.8;

/** The form that a comment is written in. What was written is lost in no case: a refused comment comes back into it. */
export class Composer {
  #author;
  #message;
  #status;
  #countdown;
  #onSend;
  #returned;
  #heldUntil = 0;
  #stopCountdown = () => {};

  /**
   * @param {HTMLFormElement} form
   * @param {(draft: import("./outbox.js").Draft) => void} onSend
   */
  constructor(form, onSend) {
    this.#author = form.elements.author;
    this.#message = form.elements.message;
    this.#status = form.querySelector(".composer-status");
    this.#countdown = form.querySelector(".composer-countdown");
    this.#onSend = onSend;
    this.#author.value = recall("author") ?? "";
    this.#showLengths();
    form.addEventListener("input", () => this.#edited());
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.#submit();
    });
    this.#message.addEventListener("keydown", event => this.#sendOnEnter(event, form));
  }

  focus() {
    this.#message.focus();
  }

  /**
   * Takes a comment back that was not sent, to be sent again as it is or changed.
   * @param {import("./outbox.js").Draft} draft
   * @param {string} reason
   * @returns {boolean} false where something else is being written
   */
  takeBack(draft, reason) {
    if (this.#message.value.trim()) return false;
    this.#returned = draft;
    this.#message.value = draft.message;
    this.#showLengths();
    this.#say(reason);
    return true;
  }

  /** Sends nothing before a moment (`Date.now()` time). */
  holdUntil(moment) {
    this.#heldUntil = moment;
    this.#stopCountdown();
    this.#stopCountdown = countdown(moment, seconds => {
      this.#countdown.textContent = seconds > 0 ? `Try again in ${seconds} s` : "";
      if (seconds === 0 && this.#status.textContent) this.#say("You can send again now.");
    });
  }

  #submit() {
    const author = cleanAuthor(this.#author.value);
    const message = cleanMessage(this.#message.value);
    const fault = findFault(author, message);
    if (fault) {
      this.#say(fault.words);
      (fault.inName ? this.#author : this.#message).focus();
      return;
    }
    if (Date.now() < this.#heldUntil) return;

    remember("author", author);
    const returned = this.#returned;
    const same = returned?.author === author && returned.message === message;
    this.#message.value = "";
    this.#returned = undefined;
    this.#edited();
    this.#onSend({ author, message, key: same ? returned.key : createIdempotencyKey() });
  }

  #sendOnEnter(event, form) {
    // Enter that ends the composition of a character is not meant for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }

  #edited() {
    this.#showLengths();
    if (Date.now() >= this.#heldUntil) this.#say("");
  }

  #showLengths() {
    showLength(this.#author, MaxAuthorLength);
    showLength(this.#message, MaxMessageLength);
  }

  #say(words) {
    this.#status.textContent = words;
  }
}

function findFault(author, message) {
  const authorLength = lengthOf(author);
  const excess = lengthOf(message) - MaxMessageLength;
  if (authorLength === 0) return { inName: true, words: "Please tell your name first." };
  if (authorLength > MaxAuthorLength) return { inName: true, words: `A name has at most ${MaxAuthorLength} characters.` };
  if (excess > 0) return { words: `That is ${excess} ${excess === 1 ? "character" : "characters"} too long.` };
  if (message === "") return { words: "Write something first." };
  return undefined;
}

function showLength(field, max) {
  const length = lengthOf(field.value);
  const count = document.getElementById(`${field.id}-count`);
  count.textContent = `${length}/${max}`;
  count.classList.toggle("near", length > NearEnd * max);
  count.classList.toggle("over", length > max);
  field.ariaInvalid = String(length > max);
}
