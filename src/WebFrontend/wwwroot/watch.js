import { LiveVideo } from "/client.js";
import { Chat } from "/watch/chat.js";
import { FullScreen } from "/watch/full-screen.js";
import { liveVideoId } from "/watch/live-video-id.js";
import { Person } from "/watch/person.js";
import { Stage } from "/watch/stage.js";
import { start } from "/watch/start.js";
import { VideoStage } from "/watch/video-stage.js";

start(() => {
  document.title = `${liveVideoId} · LiveComments`;
  document.querySelector(".stage-title").textContent = liveVideoId;

  const stage = document.querySelector(".stage");
  if (stage.querySelector("video")) new VideoStage(stage);
  else new Stage(stage);
  const person = new Person(liveVideoId);
  new Chat(document.querySelector(".chat"), new LiveVideo(liveVideoId, { token: person.token }), person);
  person.showIn(document.querySelector(".composer"));
  new FullScreen(document.body);
});
