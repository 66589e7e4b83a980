import { LiveVideo } from "/client.js";
import { Chat } from "/watch/chat.js";
import { Stage } from "/watch/stage.js";

const liveVideoId = decodeURIComponent(location.pathname.split("/").pop());

document.title = `${liveVideoId} · LiveComments`;
document.querySelector(".stage-title").textContent = liveVideoId;

new Stage(document.querySelector(".stage"));
new Chat(document.querySelector(".chat"), new LiveVideo(liveVideoId));
