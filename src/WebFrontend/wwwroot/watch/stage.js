import { drawScene } from "./scene.js";

/** Time between two pictures, in milliseconds: calm water needs no 60 a second. */
const FrameTime = 1_000 / 30;

/** More pixels than this per CSS pixel cost battery and cannot be seen in so soft a picture. */
const LargestScale = 1.5;

/**
 * The video area. There is no video to stream, so a moving picture stands in for it. It stands still for viewers who asked
 * for less motion, until they press play, and costs nothing while it is not seen.
 */
export class Stage {
  #canvas;
  #context;
  #button;
  #playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  #visible = true;
  #frame;
  #time = 0;
  #drawnAt;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#canvas = root.querySelector(".stage-picture");
    this.#context = this.#canvas.getContext("2d");
    this.#button = root.querySelector(".stage-pause");
    this.#button.addEventListener("click", () => {
      this.#playing = !this.#playing;
      this.#update();
    });
    if (globalThis.ResizeObserver) new ResizeObserver(() => this.#resize()).observe(this.#canvas);
    else this.#resize();
    if (globalThis.IntersectionObserver) {
      new IntersectionObserver(([{ isIntersecting }]) => {
        this.#visible = isIntersecting;
        this.#update();
      }).observe(this.#canvas);
    }
    this.#update();
  }

  #update() {
    this.#button.setAttribute("aria-label", this.#playing ? "Pause the picture" : "Play the picture");
    this.#button.dataset.playing = this.#playing;
    cancelAnimationFrame(this.#frame);
    this.#drawnAt = undefined;
    if (this.#playing && this.#visible) this.#frame = requestAnimationFrame(now => this.#next(now));
  }

  #next(now) {
    const passed = now - (this.#drawnAt ?? now);
    if (this.#drawnAt === undefined || passed >= FrameTime - 1) {
      // A tab that comes back goes on where it was.
      this.#time += Math.min(passed, 100) / 1_000;
      this.#drawnAt = now;
      this.#draw();
    }
    this.#frame = requestAnimationFrame(later => this.#next(later));
  }

  #resize() {
    const scale = Math.min(devicePixelRatio, LargestScale);
    this.#canvas.width = this.#canvas.clientWidth * scale;
    this.#canvas.height = this.#canvas.clientHeight * scale;
    this.#draw();
  }

  #draw() {
    const { width, height } = this.#canvas;
    if (width && height) drawScene(this.#context, width, height, this.#time);
  }
}
