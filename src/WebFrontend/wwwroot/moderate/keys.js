/**
 * What each key does, in the order of the help, and where, if not everywhere: in the chat, the queue of held comments, or the list of people.
 */
export const keys = [
  { keys: ["k", "ArrowUp"], shown: "k ↑", act: "older", words: "Select the comment before" },
  { keys: ["j", "ArrowDown"], shown: "j ↓", act: "newer", words: "Select the comment after" },
  { keys: ["K", "Shift ArrowUp"], shown: "Shift+k Shift+↑", act: "olderToo", in: "chat", words: "Select the comment before as well; with j or ↓ the one after" },
  { keys: ["J", "Shift ArrowDown"], act: "newerToo", in: "chat" },
  { keys: ["l"], act: "alike", in: "chat", words: "Select all that look like it, whoever wrote them" },
  { keys: ["d"], act: "remove", in: "chat", words: "Remove what is selected" },
  { keys: ["p"], act: "pin", in: "chat", words: "Pin the selected comment above all others; again unpins it" },
  { keys: ["s"], act: "silence", words: "Silence: its author cannot write for 10 minutes; what is written stays" },
  { keys: ["t"], act: "timeOut", words: "Time out: silence, and what its author wrote in the last 10 minutes is removed for good" },
  { keys: ["b"], act: "ban", words: "Ban its author without end, and remove all that the author wrote here for good" },
  { keys: ["g", "End"], shown: "g End", act: "latest", words: "Go on with the newest comments" },
  { keys: ["h"], act: "queue", words: "Go to the held comments" },
  { keys: ["p", "a"], shown: "p a", act: "publish", in: "queue", words: "Publish the selected held comment" },
  { keys: ["r"], act: "refuse", in: "queue", words: "Refuse the selected held comment" },
  { keys: ["w"], act: "people", words: "Go to who wrote lately; there j, k, s, t and b are for these people" },
  { keys: ["m"], act: "modes", words: "Go to the modes; Esc comes back" },
  { keys: ["c"], act: "calm", words: "Calm down: slow mode, no newcomers, no links, no repeats; again ends it" },
  { keys: ["u"], act: "undo", words: "Undo what was done last, if it was a ban, a timeout, a silence or a change of modes; for a minute" },
  { keys: ["?"], act: "help", words: "Show these keys" },
  { keys: ["Escape"], shown: "Esc", act: "back", words: "Select nothing, and follow the newest again" },
];

/** Those that may be held down; all others count once. */
const repeatable = new Set(["older", "newer", "olderToo", "newerToo"]);

/**
 * What a key press asks for.
 * @param {{ key: string, shiftKey?: boolean, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, repeat?: boolean,
 *   isComposing?: boolean }} event
 * @param {{ writing: boolean, place: "chat" | "queue" | "people", lettersOff?: boolean }} at whether the focus is in a field; where it is;
 *   whether the keys with a letter were switched off
 * @returns {string | undefined}
 */
export function actOf(event, { writing, place, lettersOff = false }) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  // Out of a field there is a way by the keyboard.
  if (writing && event.key !== "Escape") return undefined;
  const isLetter = event.key.length === 1;
  if (lettersOff && isLetter) return undefined;
  const isHere = ({ in: where }) => !where || where === place;
  const find = key => keys.find(entry => entry.keys.includes(key) && isHere(entry));
  // With the shift key some keys do something else. Whoever has locked the capitals means the letter.
  const shifted = event.shiftKey && find(isLetter ? event.key.toUpperCase() : `Shift ${event.key}`);
  const found = shifted || find(isLetter ? event.key.toLowerCase() : event.key);
  return found && (!event.repeat || repeatable.has(found.act)) ? found.act : undefined;
}

/** Whether letters go into this element. @param {Element | null} element */
export function isField(element) {
  return element?.matches("input:not([type=checkbox]), textarea, select, [contenteditable]") ?? false;
}
