/** Acts of one moderator that follow each other within this time, and differ in whom they are about alone, are told together; ms. */
const Together = 10_000;

/** How many are named of those. */
const Named = 3;

const verbs = {
  remove: "removed",
  "remove-many": "removed",
  pin: "pinned",
  unpin: "unpinned what was pinned",
  publish: "published",
  refuse: "refused",
  ban: "banned",
  lift: "let … write again",
  "site-ban": "banned everywhere",
  "site-lift": "let … write again everywhere",
  erase: "erased",
};

/** What an act is about, where it is about comments. */
const kinds = { remove: "comment", pin: "comment", "remove-many": "comment", publish: "held comment", refuse: "held comment" };

const modes = {
  preset: value => value,
  slowSeconds: value => value ? `slow mode ${value} s` : "no slow mode",
  mayPost: value => ({
    established: "no newcomers", signedIn: "only who is signed in", moderators: "only moderators", nobody: "nobody may post",
  })[value] ?? "everyone may post",
  links: value => ({ refuse: "no links", hold: "links are held" })[value] ?? "links are taken",
  uniqueSeconds: value => value ? "no repeats" : "repeats are taken",
  delaySeconds: value => value ? `delay ${value} s` : "no delay",
  holdAll: value => value ? "all are held" : "not all are held",
  state: value => ({ readOnly: "read only", ended: "ended" })[value] ?? "open",
};

/**
 * @typedef {object} ActLine
 * @property {string} at when the last of it was done
 * @property {string} by the moderator
 * @property {string} text what was done, to whom
 * @property {string} why
 */

/**
 * What moderators have done, in lines for people.
 * @param {import("/client.js").AuditEntry[]} entries the last first
 * @param {(authorId: string) => string} nameOf
 * @returns {ActLine[]}
 */
export function actLines(entries, nameOf) {
  /** @type {import("/client.js").AuditEntry[][]} */
  const groups = [];
  for (const entry of entries) {
    // What is signed in between was done by nobody.
    if (!entry.by) continue;
    const group = groups.at(-1);
    if (group && isTogether(group.at(-1), entry)) group.push(entry);
    else groups.push([entry]);
  }
  return groups.map(group => {
    const { at, by, reason, note } = group[0];
    return { at, by: by.name ?? nameOf(by.authorId), text: textOf(group, nameOf), why: [reason, note].filter(Boolean).join(" · ") };
  });
}

function isTogether(later, earlier) {
  return later.target?.authorId !== undefined && earlier.target?.authorId !== undefined
    && later.by.authorId === earlier.by.authorId && verbOf(later) === verbOf(earlier)
    && later.reason === earlier.reason && later.note === earlier.note
    && Date.parse(later.at) - Date.parse(earlier.at) <= Together;
}

function textOf(group, nameOf) {
  const { action, details = {} } = group[0];
  if (action === "settings") {
    const changes = Object.entries(details).map(([name, value]) => modes[name]?.(value) ?? name);
    return `changed the modes: ${changes.join(", ")}`;
  }
  const names = [...new Set(group.map(({ target }) => target?.authorId).filter(Boolean).map(nameOf))];
  const shown = names.length > Named + 1 ? `${names.slice(0, Named).join(", ")} and ${names.length - Named} others` : names.join(", ");
  const kind = kinds[action];
  const verb = verbOf(group[0]);
  if (!kind) return verb.includes("…") ? verb.replace("…", shown) : `${verb} ${shown}`.trimEnd();
  const what = action === "remove-many" && !details.ids ? `all ${kind}s` : counted(details.ids?.length ?? group.length, kind);
  return `${verbs[action]} ${what}${shown && ` of ${shown}`}`;
}

/** @param {import("/client.js").AuditEntry} entry */
function verbOf({ action, details = {} }) {
  if (action === "ban" && details.until) return details.removeFrom ? "timed out" : "silenced";
  return verbs[action] ?? action;
}

const counted = (count, kind) => count === 1 ? `a ${kind}` : `${count} ${kind}s`;
