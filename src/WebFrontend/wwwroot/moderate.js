import { LiveVideo } from "/client.js";
import { Acts } from "/moderate/acts.js";
import { ChatPanel } from "/moderate/chat-panel.js";
import { ask, Help } from "/moderate/dialogs.js";
import { actOf, isField } from "/moderate/keys.js";
import { ModesPanel } from "/moderate/modes-panel.js";
import { Names } from "/moderate/names.js";
import { PeoplePanel } from "/moderate/people-panel.js";
import { Queue } from "/moderate/queue.js";
import { RecordPanel } from "/moderate/record-panel.js";
import { SignIn } from "/moderate/sign-in-panel.js";
import { StatusLine } from "/moderate/status-line.js";
import { Tabs } from "/moderate/tabs.js";
import { liveVideoId } from "/watch/live-video-id.js";
import { TabMemory } from "/watch/memory.js";
import { start } from "/watch/start.js";

start(() => {
  document.title = `Moderate ${liveVideoId} · LiveComments`;
  document.querySelector(".video-name").textContent = liveVideoId;
  const signIn = new SignIn(document.querySelector(".sign-in-panel"), liveVideoId);
  const help = new Help(document.querySelector("dialog.help"), document.querySelector(".help-open"));
  signIn.whenThere(() => moderate(signIn, help));
});

/** Puts the parts together, once there is a token. */
function moderate(signIn, help) {
  const find = selector => document.querySelector(selector);
  const video = new LiveVideo(liveVideoId, { token: () => signIn.token });
  const names = new Names(new TabMemory(liveVideoId));
  const tabs = new Tabs(document.body);
  const status = new StatusLine(find(".status-line"), () => acts.undoLast());
  let hasReadBack = false;

  const chat = new ChatPanel(find(".chat"), video, {
    onSelect: showSelected,
    onHold: () => status.show("The chat holds still. Tap a comment to select it.", { passing: true }),
    onComment(comment) {
      names.see(comment);
      people.add(comment);
    },
    onSettings: settings => modes.told(settings),
    onPin: comment => acts.pinned(comment),
    onUnpin: () => acts.unpin(),
    onState: ({ status, problem }) => {
      if (status === "refused") signIn.judge(problem);
      find(".view-note").hidden = status !== "live" || chat.isStaff;
      if (status === "live") readBack();
    },
  });
  const acts = new Acts(video, chat, status, {
    ask: question => ask(find("dialog.ask"), question),
    onProblem: problem => signIn.judge(problem),
    onDone: () => record.look().then(() => people.show()),
    onSettings: settings => modes.show(settings),
    banOf: authorId => record.banOf(authorId),
    keepName: (authorId, name) => names.keep(authorId, name),
  });
  const record = new RecordPanel(
    { bans: find(".bans"), moreBans: find(".bans-more"), acts: find(".acts"), moreActs: find(".acts-more") }, video,
    names, (bans, name) => acts.lift(bans, name));
  const people = new PeoplePanel(find(".people-part"), video, {
    onSelect(comment) {
      tabs.show("chat");
      if (chat.selectLastOf(comment)) return;
      tabs.show("people");
      status.show(`No comment of ${comment.author} is in the list of the chat just now.`, { passing: true });
    },
    onTimeOut: comment => acts.timeOut([comment]),
    onBan: comment => acts.ban([comment]),
    onLift: (bans, name) => acts.lift(bans, name),
    banOf: authorId => record.banOf(authorId),
  });
  const modes = new ModesPanel(find("form.modes"), video, (changes, before, words) => acts.change(changes, before, words));
  const queue = new Queue(find(".queue"), video, {
    onDecide: (held, decision) => acts.decide(held, decision),
    onCount: count => (find(".queue-count-tab").textContent = count > 0 ? String(count) : ""),
    onEnter: () => chat.selectNothing(),
  });

  function showSelected(comments) {
    if (comments.length > 0) queue.selectNothing();
    status.endPassing();
    find(".actions-about").replaceChildren(aboutSelected(comments));
    for (const button of document.querySelectorAll(".actions button:not([data-act=back])")) button.disabled = comments.length === 0;
  }

  /** Once: what comes later the stream tells. */
  async function readBack() {
    if (hasReadBack) return;
    hasReadBack = true;
    await people.readBack().catch(() => (hasReadBack = false));
  }

  /** Where one is, of those between which one moves by the same keys. */
  const at = () => ({ queue, people, chat })[placeOf()];

  /** A comment of each whom an act falls on. */
  function chosen() {
    const one = placeOf() === "chat" ? undefined : at().selected;
    return one ? [one] : chat.selected;
  }

  const onAct = {
    older: () => at().move(-1),
    newer: () => at().move(1),
    olderToo: () => chat.move(-1, true),
    newerToo: () => chat.move(1, true),
    alike() {
      chat.selectAlike();
      if (chat.selected.length > 0) status.show(`Selected: ${countOf(chat.selected)}.`, { passing: true });
    },
    remove: () => acts.remove(chat.selected),
    pin: () => acts.pin(chat.selected),
    silence: () => acts.silence(chosen()),
    timeOut: () => acts.timeOut(chosen()),
    ban: () => acts.ban(chosen()),
    latest: () => chat.followLatest(),
    queue() {
      tabs.show("queue");
      queue.focus();
    },
    publish: () => queue.decide("publish"),
    refuse: () => queue.decide("refuse"),
    people() {
      tabs.show("people");
      people.focus();
    },
    modes() {
      tabs.show("modes");
      find("form.modes select").focus();
    },
    calm: () => modes.calm(),
    undo: () => acts.undoLast(),
    help: () => help.open(),
    back() {
      tabs.show("chat");
      queue.selectNothing();
      chat.followLatest();
    },
  };

  document.addEventListener("keydown", event => {
    if (find("dialog[open]")) return;
    const act = actOf(event, { writing: isField(document.activeElement), place: placeOf(), lettersOff: help.lettersOff });
    if (!act || (event.key.length > 1 && event.key !== "Escape" && isElsewhere())) return;
    event.preventDefault();
    onAct[act]();
  });
  find(".actions").addEventListener("click", ({ target }) => {
    const act = target.closest("button")?.dataset.act;
    if (act) onAct[act]();
  });

  const begin = () => {
    modes.read();
    queue.start();
    record.look();
  };
  begin();
  // A new token: what was refused is asked for anew.
  signIn.onNext = () => {
    chat.reconnect();
    begin();
  };
  document.addEventListener("visibilitychange", () => document.hidden || chat.reconnect());
}

/** @param {import("/client.js").Comment[]} comments */
function aboutSelected(comments) {
  if (comments.length === 0) return "No comment is selected.";
  return comments.length === 1 ? `${comments[0].author}: ${comments[0].message}` : countOf(comments);
}

/** @param {import("/client.js").Comment[]} comments */
function countOf(comments) {
  const people = new Set(comments.map(({ authorId, author }) => authorId ?? `name ${author}`)).size;
  return `${comments.length} ${comments.length === 1 ? "comment" : "comments"} of ${people} ${people === 1 ? "person" : "people"}`;
}

/** Whether the arrow keys belong to something else. */
const isElsewhere = () => document.activeElement !== document.body && !document.activeElement?.closest(".chat, .queue, .people");

const placeOf = () => {
  if (document.activeElement?.closest?.(".queue")) return "queue";
  return document.activeElement?.closest?.(".people") ? "people" : "chat";
};
