import { createIdempotencyKey } from "/client.js";
import { announce } from "./announcer.js";
import {
  MaxAuthorLength, MaxLineFeeds, MaxMarks, MaxMessageLength, cleanAuthor, cleanMessage, lengthOf, lineFeedsOf, mostMarksOf,
} from "./comment-rules.js";
import { countdown } from "./countdown.js";
import { recall, remember } from "./memory.js";
import { ReplyTarget } from "./reply-target.js";

/** From this part of the longest text on, one sees how long it is. */
const NearEnd = 0.8;

/**
 * The form that a comment is written in. What was written is lost in no case: a refused comment comes back into it, and a reload
 * finds the draft.
 */
export class Composer {
  #author;
  #message;
  #status;
  #countdown;
  #modes;
  #send;
  #target;
  #closed = false;
  #pause = 0;
  #pausedUntil = 0;
  #onSend;
  #memory;
  #returned;
  #heldUntil = 0;
  #stopCountdown = () => {};

  /**
   * @param {HTMLFormElement} form
   * @param {import("./memory.js").TabMemory} memory
   * @param {(draft: import("./outbox.js").Draft) => void} onSend
   */
  constructor(form, memory, onSend) {
    this.#author = form.elements.author;
    this.#message = form.elements.message;
    this.#status = form.querySelector(".composer-status");
    this.#countdown = form.querySelector(".composer-countdown");
    this.#modes = form.querySelector(".composer-modes");
    this.#send = form.querySelector(".composer-send");
    this.#onSend = onSend;
    this.#memory = memory;
    this.#target = new ReplyTarget(form.querySelector(".composer-reply"), () => {
      this.#keep();
      this.focus();
    });
    const draft = memory.recall("draft");
    this.#author.value = draft?.author || (recall("author") ?? "");
    this.#message.value = draft?.message ?? "";
    this.#returned = draft?.returned;
    this.#target.parent = draft?.parent;
    this.#showLengths();
    form.addEventListener("input", () => this.#edited());
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.#submit();
    });
    this.#message.addEventListener("keydown", event => this.#sendOnEnter(event));
  }

  focus() {
    this.#message.focus();
  }

  /** Answers a comment with what is sent next. @param {import("./reply-target.js").Parent} parent */
  replyTo(parent) {
    this.#target.parent = parent;
    this.#keep();
    this.focus();
  }

  /** Comments were removed: one of them may be the one that is being answered. @param {import("/client.js").Removed} removed */
  drop(removed) {
    this.#target.drop(removed);
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
    this.#target.parent = draft.parent;
    this.#keep();
    this.#showLengths();
    this.#say(reason);
    return true;
  }

  /**
   * Says what may be sent. What was written stays, also where nothing may be.
   * @param {ReturnType<import("./modes.js").modesFor>} modes
   */
  obey({ closed, words, pause }) {
    this.#closed = closed;
    this.#pause = pause;
    this.#message.readOnly = closed;
    this.#send.disabled = closed;
    if (this.#modes.textContent !== words) announce(this.#modes, words);
    if (pause === 0 && this.#pausedUntil === this.#heldUntil) this.holdUntil(0);
  }

  /** Sends nothing for some seconds, or until the modes ask for none: by default as many as they ask for after a comment. */
  pause(seconds = this.#pause) {
    if (seconds === 0) return;
    this.#pausedUntil = Date.now() + seconds * 1_000;
    this.holdUntil(this.#pausedUntil, "You can write again in");
  }

  /**
   * Sends nothing before a moment (`Date.now()` time).
   * @param {number} moment
   * @param {string} [words] what is said before the seconds
   */
  holdUntil(moment, words = "Try again in") {
    this.#heldUntil = moment;
    this.#stopCountdown();
    this.#stopCountdown = countdown(moment, seconds => {
      this.#countdown.textContent = seconds > 0 ? `${words} ${seconds} s` : "";
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
    if (this.#closed) return;
    const left = Math.ceil((this.#heldUntil - Date.now()) / 1_000);
    if (left > 0) {
      // The countdown is not read out.
      if (!this.#status.textContent) this.#say(`Please wait ${left} ${left === 1 ? "second" : "seconds"}.`);
      return;
    }

    remember("author", author);
    const returned = this.#returned;
    const { parent } = this.#target;
    const same = returned?.author === author && returned.message === message && returned.parent?.id === parent?.id;
    this.#message.value = "";
    this.#returned = undefined;
    this.#target.parent = undefined;
    this.#edited();
    this.#onSend({ author, message, parent, key: same ? returned.key : createIdempotencyKey() });
  }

  #sendOnEnter(event) {
    // Enter that ends the composition of a character is not meant for us.
    // Safari ends it before that key, but calls the key 229 as in a composition.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    // Not requestSubmit: Safari 15 lacks it.
    this.#submit();
  }

  #edited() {
    this.#keep();
    this.#showLengths();
    if (Date.now() >= this.#heldUntil) this.#say("");
  }

  #showLengths() {
    showLength(this.#author, MaxAuthorLength);
    showLength(this.#message, MaxMessageLength);
  }

  #keep() {
    const [author, message] = [this.#author.value, this.#message.value];
    this.#memory.remember("draft", { author, message, returned: this.#returned, parent: this.#target.parent });
  }

  #say(words) {
    announce(this.#status, words);
  }
}

function findFault(author, message) {
  const authorLength = lengthOf(author);
  const excess = lengthOf(message) - MaxMessageLength;
  if (authorLength === 0) return { inName: true, words: "Please tell your name first." };
  if (authorLength > MaxAuthorLength) return { inName: true, words: `A name has at most ${MaxAuthorLength} characters.` };
  if (mostMarksOf(author) > MaxMarks) return { inName: true, words: `A name has at most ${MaxMarks} marks on one character.` };
  if (excess > 0) return { words: `That is ${excess} ${excess === 1 ? "character" : "characters"} too long.` };
  if (message === "") return { words: "Write something first." };
  if (lineFeedsOf(message) > MaxLineFeeds) return { words: `A comment has at most ${MaxLineFeeds + 1} lines.` };
  if (mostMarksOf(message) > MaxMarks) return { words: `A comment has at most ${MaxMarks} marks on one character.` };
  return undefined;
}

function showLength(field, max) {
  const length = lengthOf(field.value);
  const count = document.getElementById(`${field.id}-count`);
  count.textContent = `${length}/${max}`;
  count.classList.toggle("near", length > NearEnd * max);
  count.classList.toggle("over", length > max);
  field.setAttribute("aria-invalid", String(length > max));
}
