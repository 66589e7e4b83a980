import { LiveVideo } from "/client.js";
import { Chat } from "/watch/chat.js";
import { FullScreen } from "/watch/full-screen.js";
import { liveVideoId } from "/watch/live-video-id.js";
import { Stage } from "/watch/stage.js";

document.title = `${liveVideoId} · LiveComments`;
document.querySelector(".stage-title").textContent = liveVideoId;

new Stage(document.querySelector(".stage"));
new Chat(document.querySelector(".chat"), new LiveVideo(liveVideoId));
new FullScreen(document.body);
