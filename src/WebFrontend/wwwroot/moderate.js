import { LiveVideo } from "/client.js";
import { Acts } from "/moderate/acts.js";
import { ChatPanel } from "/moderate/chat-panel.js";
import { ask, Help } from "/moderate/dialogs.js";
import { actOf, isField } from "/moderate/keys.js";
import { actItem, banItem, fill, MostPeople, personItem } from "/moderate/lists.js";
import { ModesPanel } from "/moderate/modes-panel.js";
import { Queue } from "/moderate/queue.js";
import { RecentPeople } from "/moderate/recent-people.js";
import { SignIn } from "/moderate/sign-in-panel.js";
import { Tabs } from "/moderate/tabs.js";
import { Toasts } from "/moderate/toasts.js";
import { liveVideoId } from "/watch/live-video-id.js";
import { start } from "/watch/start.js";

/** How often what other moderators do is looked for, in milliseconds. */
const LookInterval = 15_000;

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
  const people = new RecentPeople();
  const toasts = new Toasts(find(".toasts"));
  const tabs = new Tabs(document.body);
  /** @type {import("/client.js").Ban[]} */
  let bans = [];
  const nameOf = authorId => people.nameOf(authorId) ?? authorId;

  const chat = new ChatPanel(find(".chat"), video, {
    onSelect: showSelected,
    onComment: comment => people.add(comment),
    onSettings: settings => modes.told(settings),
    onState: ({ status, problem }) => {
      if (status === "refused") signIn.judge(problem);
      find(".view-note").hidden = status !== "live" || chat.isStaff;
    },
  });
  const acts = new Acts(video, chat, toasts, {
    ask: question => ask(find("dialog.ask"), question),
    onProblem: problem => signIn.judge(problem),
    onDone: look,
    onSettings: settings => modes.show(settings),
    banOf: authorId => bans.find(ban => ban.authorId === authorId),
  });
  const modes = new ModesPanel(find("form.modes"), video, (changes, before, words) => acts.change(changes, before, words));
  const queue = new Queue(find(".queue"), video, {
    onDecide: (held, decision) => acts.decide(held, decision),
    onCount: count => (find(".queue-count-tab").textContent = count > 0 ? String(count) : ""),
  });

  function showSelected(comment) {
    find(".actions-about").replaceChildren(comment ? `${comment.author}: ${comment.message}` : "Select a comment: k, or a click");
    for (const button of document.querySelectorAll(".actions button")) button.disabled = comment === null;
  }

  const onSelected = act => () => chat.selected && act(chat.selected);
  const onAct = {
    older: () => (placeOf() === "queue" ? queue : chat).move(-1),
    newer: () => (placeOf() === "queue" ? queue : chat).move(1),
    remove: onSelected(comment => acts.remove(comment)),
    timeOut: onSelected(comment => acts.timeOut(comment)),
    ban: onSelected(comment => acts.ban(comment)),
    latest: () => chat.followLatest(),
    queue() {
      tabs.show("queue");
      queue.focus();
    },
    publish: () => queue.decide("publish"),
    refuse: () => queue.decide("refuse"),
    calm: () => modes.calm(),
    undo: () => acts.undoLast(),
    help: () => help.open(),
    back() {
      tabs.show("chat");
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

  /** Looks for what others may have done, too. */
  async function look() {
    const [ofBans, ofActs] = await Promise.allSettled([video.moderation.bans(), video.moderation.audit({ limit: 50 })]);
    if (ofBans.status === "fulfilled") bans = ofBans.value;
    // A server of an earlier version keeps none.
    find(".recent").hidden = ofActs.status === "rejected";
    fill(find(".bans"), bans.map(ban => banItem(ban, nameOf(ban.authorId), () => acts.lift(ban, nameOf(ban.authorId)))), "Nobody is banned.");
    if (ofActs.status === "fulfilled") {
      // What is signed in between was done by nobody.
      fill(find(".acts"), ofActs.value.entries.filter(({ by }) => by).map(entry => actItem(entry, nameOf, video.now())), "Nothing yet.");
    }
  }

  function showPeople() {
    fill(find(".people"), people.top(video.now(), MostPeople).map(person => personItem(person, {
      onSelect() {
        tabs.show("chat");
        if (!chat.select(person.last.id)) toasts.show("The last comment of this person is not on the page.");
      },
      onTimeOut: () => acts.timeOut(person.last),
      onBan: () => acts.ban(person.last),
    })), "Nobody has written.");
  }

  const begin = () => {
    modes.read();
    queue.start();
    look();
  };
  begin();
  showPeople();
  setInterval(showPeople, 1_000);
  setInterval(() => document.hidden || look(), LookInterval);
  // A new token: what was refused is asked for anew.
  signIn.onNext = () => {
    chat.reconnect();
    begin();
  };
  document.addEventListener("visibilitychange", () => document.hidden || chat.reconnect());
}

/** Whether the arrow keys belong to something else. */
const isElsewhere = () => document.activeElement !== document.body && !document.activeElement?.closest(".chat, .queue");

const placeOf = () => document.activeElement?.closest?.(".queue") ? "queue" : "chat";
