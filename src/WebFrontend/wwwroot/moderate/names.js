/** The most names of people that are known. */
const Most = 10_000;

/** The most names that are kept through a reload: of people against whom something was done. */
const MostKept = 500;

/** The names of people, also of those who have long stopped writing: what is removed takes the name with it everywhere else. */
export class Names {
  /** The last one seen is the last. @type {Map<string, string>} */
  #names;
  /** @type {Map<string, string>} */
  #kept;
  #memory;

  /** @param {Pick<import("/watch/memory.js").TabMemory, "recall" | "remember">} memory of the tab */
  constructor(memory) {
    this.#memory = memory;
    this.#kept = new Map(memory.recall("names") ?? []);
    this.#names = new Map(this.#kept);
  }

  /** @param {{ authorId?: string, author: string }} comment */
  see({ authorId, author }) {
    if (authorId) put(this.#names, authorId, author, Most);
  }

  /** Keeps the name of somebody for the time that the tab is open. @param {string} authorId @param {string} name */
  keep(authorId, name) {
    this.see({ authorId, author: name });
    put(this.#kept, authorId, name, MostKept);
    this.#memory.remember("names", [...this.#kept]);
  }

  /** The name; the id, where it is not known. @param {string} authorId */
  of(authorId) {
    return this.#names.get(authorId) ?? authorId;
  }
}

function put(names, authorId, name, most) {
  names.delete(authorId);
  names.set(authorId, name);
  if (names.size > most) names.delete(names.keys().next().value);
}
