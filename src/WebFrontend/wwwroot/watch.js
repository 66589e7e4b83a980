import { LiveVideo } from "/client.js";
import { Chat } from "/watch/chat.js";
import { FullScreen } from "/watch/full-screen.js";
import { liveVideoId } from "/watch/live-video-id.js";
import { Person } from "/watch/person.js";
import { Stage } from "/watch/stage.js";
import { start } from "/watch/start.js";

start(() => {
  document.title = `${liveVideoId} · LiveComments`;
  document.querySelector(".stage-title").textContent = liveVideoId;

  new Stage(document.querySelector(".stage"));
  const person = new Person(liveVideoId);
  new Chat(document.querySelector(".chat"), new LiveVideo(liveVideoId, { token: person.token }), person);
  person.showIn(document.querySelector(".composer"));
  new FullScreen(document.body);
});
