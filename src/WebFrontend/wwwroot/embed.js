import { LiveVideo } from "/client.js";
import { Chat } from "/watch/chat.js";
import { liveVideoId } from "/watch/live-video-id.js";
import { Person } from "/watch/person.js";
import { start } from "/watch/start.js";

start(() => {
  document.title = `${liveVideoId} · LiveComments`;

  const person = new Person(liveVideoId);
  new Chat(document.querySelector(".chat"), new LiveVideo(liveVideoId, { token: person.token }), person);
  person.showIn(document.querySelector(".composer"));
});
