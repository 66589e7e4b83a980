import { LiveVideo } from "/client.js";
import { Chat } from "/watch/chat.js";
import { liveVideoId } from "/watch/live-video-id.js";

document.title = `${liveVideoId} · LiveComments`;

new Chat(document.querySelector(".chat"), new LiveVideo(liveVideoId));
