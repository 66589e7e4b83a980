/** Where the sea begins, as a part of the height. */
const Horizon = 0.62;

const ranges = [
  { color: "#6b4a86", base: 0.03, height: 0.16, roughness: 1.7, speed: 0.004 },
  { color: "#43356b", base: 0.01, height: 0.09, roughness: 3.1, speed: 0.009 },
];

/**
 * A sailing boat at sunset.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 * @param {number} time in seconds
 */
export function drawScene(context, width, height, time) {
  const horizon = height * Horizon;
  const sun = { x: width * 0.62, y: horizon - height * 0.1, radius: Math.min(width, height) * 0.075 };
  drawSky(context, width, horizon, sun);
  drawClouds(context, width, horizon, time);
  for (const range of ranges) drawMountains(context, width, horizon, height, range, time);
  drawSea(context, width, height, horizon);
  drawGlitter(context, width, height, horizon, sun, time);
  drawBoat(context, width * 0.36 + Math.sin(time * 0.05) * width * 0.08, horizon + height * 0.07, height * 0.14, time);
}

function drawSky(context, width, horizon, sun) {
  fill(context, [0, 0, 0, horizon], [[0, "#1b1f4b"], [0.45, "#5d3f87"], [0.78, "#d8657c"], [1, "#ffb36b"]]);
  context.fillRect(0, 0, width, horizon + 1);

  const glow = context.createRadialGradient(sun.x, sun.y, sun.radius * 0.6, sun.x, sun.y, sun.radius * 7);
  glow.addColorStop(0, "rgb(255 220 160 / .85)");
  glow.addColorStop(0.4, "rgb(255 190 140 / .3)");
  glow.addColorStop(1, "rgb(255 160 120 / 0)");
  context.fillStyle = glow;
  context.fillRect(0, 0, width, horizon);

  context.fillStyle = "#fff1cf";
  context.beginPath();
  context.arc(sun.x, sun.y, sun.radius, 0, Math.PI * 2);
  context.fill();
}

function drawClouds(context, width, horizon, time) {
  for (let i = 0; i < 9; i++) {
    const length = width * (0.16 + 0.05 * (i % 4));
    const x = ((i * 0.37 * width + time * (3 + i) * width / 1_600) % (width + length * 2)) - length;
    const y = horizon * (0.16 + 0.075 * i);
    context.fillStyle = `rgb(255 ${170 + i * 6} ${170 - i * 4} / ${0.1 + 0.015 * i})`;
    context.beginPath();
    context.ellipse(x, y, length, horizon * 0.013 * (1 + (i % 3)), 0, 0, Math.PI * 2);
    context.fill();
  }
}

function drawMountains(context, width, horizon, height, range, time) {
  context.fillStyle = range.color;
  context.beginPath();
  context.moveTo(0, horizon + 1);
  for (let x = 0; x <= width + 8; x += 8) {
    const at = (x / width) * range.roughness * 4 + time * range.speed + range.roughness;
    const ridge = 0.5 + 0.28 * Math.sin(at) + 0.15 * Math.sin(at * 2.7 + 1) + 0.06 * Math.sin(at * 7.3 + 2);
    context.lineTo(x, horizon - height * (range.base + range.height * ridge));
  }
  context.lineTo(width, horizon + 1);
  context.fill();
}

function drawSea(context, width, height, horizon) {
  fill(context, [0, horizon, 0, height], [[0, "#e58a78"], [0.18, "#9a5d86"], [0.6, "#3d3a73"], [1, "#191d45"]]);
  context.fillRect(0, horizon, width, height - horizon);
}

/** Somewhere between -1 and 1, most often near 0, wandering with time. */
const scatter = (seed, time) => Math.sin(seed + time) * Math.sin(seed * 1.9 + time * 0.6 + 1);

/** The sun's light on the waves: dashes that grow wider apart and longer the nearer they are. */
function drawGlitter(context, width, height, horizon, sun, time) {
  const depth = height - horizon;
  for (let row = 0; row < 44; row++) {
    const near = row / 44;
    const y = horizon + depth * near ** 1.5 + 2;
    const spread = sun.radius * (1 + near * 4);
    const thickness = Math.max(1, depth * 0.011 * near + 1);
    for (let dash = 0; dash < 5; dash++) {
      const phase = row * 1.7 + dash * 2.4;
      const x = sun.x + scatter(phase * 3.1, time * (0.5 + near * 0.4)) * spread;
      const length = sun.radius * (0.25 + near * 0.9) * (0.6 + 0.4 * Math.sin(time * 1.3 + phase));
      context.fillStyle = `rgb(255 214 150 / ${0.5 * (1 - near) + 0.06})`;
      context.fillRect(x - length / 2, y, length, thickness);
    }
  }
  context.fillStyle = "rgb(20 20 60 / .12)";
  for (let row = 0; row < 26; row++) {
    const near = row / 26;
    const x = ((row * 0.61 * width + time * 14 * (0.4 + near)) % (width * 1.3)) - width * 0.15;
    context.fillRect(x, horizon + depth * near ** 1.4 + 6, width * (0.05 + 0.12 * near), 1 + near * 3);
  }
}

function drawBoat(context, x, y, size, time) {
  context.save();
  context.translate(x, y + Math.sin(time * 1.1) * size * 0.03);
  context.rotate(Math.sin(time * 0.9) * 0.035);
  context.scale(size, size);
  polygon(context, "#fff4e4", [[0.03, -1], [0.03, -0.14], [0.5, -0.14]]);
  polygon(context, "#f6d3c4", [[-0.02, -0.9], [-0.02, -0.14], [-0.34, -0.14]]);
  polygon(context, "#2a1d3f", [[-0.48, -0.1], [0.56, -0.1], [0.4, 0.07], [-0.34, 0.07]]);
  context.restore();
}

function polygon(context, color, points) {
  context.fillStyle = color;
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.fill();
}

function fill(context, line, stops) {
  const gradient = context.createLinearGradient(...line);
  for (const [offset, color] of stops) gradient.addColorStop(offset, color);
  context.fillStyle = gradient;
}
