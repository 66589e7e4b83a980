import { guestToken, keptGuestToken } from "./guest.js";
import { TabMemory, recall, remember } from "./memory.js";
import { claimsIn, moderates, takeTokenFrom } from "./sign-in.js";

const Name = "token";
const AuthorIdName = "authorId";

/**
 * Who the viewer is: somebody whom the site has signed in, in a window that has told this page the token, or else a guest. The token
 * stays in the tab: an address would keep it.
 */
export class Person {
  #memory;
  /** @type {string | undefined} */
  #token;
  /** Known from the answer to an earlier post. @type {string | undefined} */
  #authorId;
  #onChange = () => {};

  /** @param {string} liveVideoId */
  constructor(liveVideoId) {
    this.#memory = new TabMemory(liveVideoId);
    this.#token = this.#memory.recall(Name) ?? undefined;
    this.#recallAuthorId();
  }

  /** The name that the site vouches for; undefined for guests. The server has the last word. */
  get name() {
    return this.#token && claimsIn(this.#token).name;
  }

  /** Whether nobody vouches for this person. */
  get isGuest() {
    return this.#token === undefined;
  }

  /** Whether the token is a moderator's or an owner's. The server has the last word. */
  get moderates() {
    return moderates(claimsIn(this.#token ?? ""));
  }

  /** Whether a comment is this person's, also one of an earlier visit. @param {{ authorId?: string }} comment */
  wrote({ authorId }) {
    return authorId !== undefined && authorId === this.#authorId;
  }

  /** Only the answer to a post tells one's id. @param {string | undefined} authorId */
  rememberAuthorId(authorId) {
    if (!authorId || authorId === this.#authorId) return;
    this.#authorId = authorId;
    remember(AuthorIdName, JSON.stringify({ ...this.#who(), authorId }));
  }

  /**
   * For the option of the same name of `LiveVideo`.
   * @param {{ refused: string | undefined }} asked
   */
  token = async asked => {
    if (this.#token && this.#token === asked.refused) {
      // It has expired, or will at once: from here on it is a guest who writes.
      this.#set(undefined);
    }
    return this.#token ?? guestToken(asked);
  };

  /**
   * Shows in the form who writes, and where to sign in.
   * @param {HTMLFormElement | null} form
   */
  showIn(form) {
    if (!form) return;
    const author = form.elements.author;
    const link = form.querySelector(".sign-in");
    if (link) takeTokenFrom(link, token => {
      this.#set(token);
      // What was refused before is asked for anew.
      location.reload();
    });
    this.#onChange = () => {
      author.readOnly = this.name !== undefined;
      if (this.name !== undefined) author.value = this.name;
      if (link) link.hidden = this.name !== undefined;
    };
    this.#onChange();
  }

  /** Another who uses the browser has another id. */
  #recallAuthorId() {
    const { iss, sub } = this.#who();
    const known = JSON.parse(recall(AuthorIdName) ?? "{}");
    this.#authorId = known.iss === iss && known.sub === sub ? known.authorId : undefined;
  }

  /** Whom the token names. */
  #who() {
    const { iss, sub } = claimsIn(this.#token ?? keptGuestToken() ?? "");
    return { iss, sub };
  }

  /** @param {string | undefined} token */
  #set(token) {
    this.#token = token;
    this.#memory.remember(Name, token ?? null);
    this.#recallAuthorId();
    this.#onChange();
  }
}
