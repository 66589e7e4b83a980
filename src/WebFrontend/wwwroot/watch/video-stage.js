import { liveVideoId } from "./live-video-id.js";

/** How long it waits before it tries again to play a video that could not be played, in milliseconds: it may not have begun. */
const RetryTime = 10_000;

/**
 * The video area where the settings say where the video is. It begins without sound, since browsers let nothing begin with sound unasked,
 * and does not begin by itself for viewers who asked for less motion.
 */
export class VideoStage {
  /** @param {HTMLElement} root */
  constructor(root) {
    const video = root.querySelector(".stage-picture");
    const onAir = root.querySelector(".on-air");
    const trouble = root.querySelector(".stage-trouble");
    video.autoplay = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    video.addEventListener("error", () => {
      trouble.hidden = false;
      setTimeout(() => video.load(), RetryTime);
    });
    video.addEventListener("loadeddata", () => trouble.hidden = true);
    // A recording has an end.
    video.addEventListener("durationchange", () => onAir.hidden = Number.isFinite(video.duration));
    video.src = video.dataset.address.replaceAll("{liveVideoId}", liveVideoId);
  }
}
