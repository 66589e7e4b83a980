import { TabMemory } from "/watch/memory.js";

/** What the preset sets. */
const Calm = { slowSeconds: 30, mayPost: "established", links: "refuse", uniqueSeconds: 300 };
const Usual = { slowSeconds: null, mayPost: null, links: null, uniqueSeconds: null };

/** How long a stream may tell what was before a change that was answered, in milliseconds. */
const Settling = 2_000;

/** For how long one may go on to another value by the keyboard, in milliseconds. */
const Choosing = 700;

/** Whether what the preset sets is set. @param {import("/client.js").Settings} settings */
export const isCalm = settings => Object.entries(Calm).every(([name, value]) => settings[name] === value);

/** The settings of the video as a form whose fields change it at once. */
export class ModesPanel {
  #form;
  #memory;
  #video;
  #onChange;
  #calm;
  /** @type {import("/client.js").Settings | undefined} */
  #settings;
  /** The last change, until it is answered. */
  #changing = Promise.resolve();
  #ownUntil = 0;
  /** @type {import("/client.js").Settings | undefined} */
  #told;
  /** What is being chosen by the keyboard. @type {{ field: HTMLSelectElement, timer: ReturnType<typeof setTimeout> } | undefined} */
  #choosing;

  /**
   * @param {HTMLFormElement} form
   * @param {import("/client.js").LiveVideo} video
   * @param {(changes: object, before: object, words: string) => Promise<import("/client.js").Settings | undefined>} onChange
   */
  constructor(form, video, onChange) {
    this.#form = form;
    this.#video = video;
    this.#memory = new TabMemory(video.id);
    this.#onChange = onChange;
    this.#calm = document.querySelector(".calm");
    this.#calm.addEventListener("click", () => this.calm());
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("change", ({ target }) => this.#choose(target));
  }

  /** Reads them: a stream tells those alone that were ever changed. */
  async read() {
    try {
      this.show(await this.#video.moderation.settings());
    } catch {
      // The chat tells that the server is away.
    }
  }

  /** What the stream tells: what was before a change of one's own may come after its answer. @param {import("/client.js").Settings} settings */
  told(settings) {
    this.#told = settings;
    if (Date.now() >= this.#ownUntil && this.#choosing === undefined) this.show(settings);
  }

  /** @param {import("/client.js").Settings} settings */
  show(settings) {
    this.#settings = settings;
    for (const field of this.#form.elements) {
      const value = settings[field.name];
      const label = field.closest("label");
      // A server of an earlier version does not know it.
      if (label) label.hidden = value === undefined;
      if (value === undefined) continue;
      if (field.type === "checkbox") {
        field.checked = value;
        continue;
      }
      const known = [...field.options].some(option => option.value === String(value));
      if (!known) field.add(new Option(field.dataset.unit ? `${value} ${field.dataset.unit}` : String(value), String(value)));
      field.value = String(value);
    }
    const hold = this.#form.elements.links.querySelector('[value="hold"]');
    hold.hidden = hold.disabled = settings.holdAll === undefined;
    this.#calm.firstChild.textContent = isCalm(settings) ? "End the calm " : "Calm down ";
    this.#calm.setAttribute("aria-pressed", String(isCalm(settings)));
  }

  /** Sets what calms a chat, or sets back what was before. */
  async calm() {
    // Pressed again before the answer, it ends what it has begun.
    await this.#changing;
    if (!this.#settings) return;
    const before = pick(this.#settings, Calm);
    if (isCalm(this.#settings)) return this.#change(this.#memory.recall("before-calm") ?? Usual, before, "The calm is over.");
    this.#memory.remember("before-calm", before);
    await this.#change({ preset: "calm" }, before, "Calm: a comment every 30 seconds, no newcomers, no links, no repeats.");
  }

  /** By the keyboard one comes to a value over those between, which are not meant. */
  #choose(field) {
    const before = this.#choosing;
    clearTimeout(before?.timer);
    // Who has gone on to another field meant what this one says.
    if (before && before.field !== field) this.#chosen(before.field);
    if (field.matches("select:focus-visible")) this.#choosing = { field, timer: setTimeout(() => this.#chosen(field), Choosing) };
    else this.#chosen(field);
  }

  #chosen(field) {
    this.#choosing = undefined;
    if (!this.#settings) return;
    const value = field.type === "checkbox" ? field.checked : field.dataset.unit ? Number(field.value) : field.value;
    const name = field.closest("label").firstChild.textContent.trim();
    const shown = field.type === "checkbox" ? (value ? "on" : "off") : field.selectedOptions[0].textContent;
    return this.#change({ [field.name]: value }, { [field.name]: this.#settings[field.name] }, `${name}: ${shown}.`);
  }

  #change(changes, before, words) {
    const earlier = this.#settings;
    this.show({ ...earlier, ...(changes.preset ? Calm : withoutNulls(changes)) });
    this.#ownUntil = Infinity;
    this.#told = undefined;
    this.#changing = this.#onChange(changes, before, words).then(settings => this.#changed(settings ?? earlier));
    return this.#changing;
  }

  /** A change was answered. @param {import("/client.js").Settings} settings */
  #changed(settings) {
    this.show(settings);
    this.#ownUntil = Date.now() + Settling;
    setTimeout(() => this.#told && this.told(this.#told), Settling);
  }
}

const pick = (settings, names) => Object.fromEntries(Object.keys(names).map(name => [name, settings[name]]));

const withoutNulls = changes => Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
