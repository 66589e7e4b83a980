// The browser's part of moderators-page.sh: node moderators-page.mjs SERVER KEY PAGES REPEATS
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";

const [server, key, pages, repeats] = process.argv.slice(2);
// The browser tests have it built beside them.
const driver = new URL("../tests/WebFrontend.BrowserTests/bin/Release/net10.0/.playwright/package/", import.meta.url);
const { chromium } = createRequire(import.meta.url)(driver.pathname);

function tokenOf(sub, name, scope) {
  const part = value => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "https://site.example", aud: "livecomments", exp: Math.floor(Date.now() / 1_000) + 36_000, sub, name, scope, videos: ["*"] };
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64url")}`;
}

const post = (video, token, message) => fetch(`${server}/comments/${video}`, {
  method: "POST",
  headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
  body: JSON.stringify({ message }),
});

// Tells when the last row with this text has left the document.
const clean = () => new Promise(resolve => {
  const list = document.querySelector(".comments");
  const look = () => {
    if ([...list.querySelectorAll(".message")].some(({ textContent }) => textContent.startsWith("spam"))) return;
    observer.disconnect();
    resolve(Date.now());
  };
  const observer = new MutationObserver(look);
  observer.observe(list, { childList: true });
  look();
});

const browser = await chromium.launch({
  executablePath: process.env.LIVECOMMENTS_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
const times = [];
try {
  for (let repeat = 0; repeat < Number(repeats); repeat++) {
    const video = `bench-${repeat}`;
    const open = async (path, options = {}) => {
      // A context of its own: pages of one would share a stream.
      const page = await (await browser.newContext(options)).newPage();
      await page.goto(server + path);
      await page.waitForSelector(".connection[data-status=live]");
      return page;
    };
    const moderator = tokenOf("moderator", "Grace", "comments:moderate comments:post");
    const viewers = await Promise.all(Array.from({ length: Number(pages) }, () => open(`/videos/${video}`, { reducedMotion: "reduce" })));
    const page = await open(`/moderate/${video}#token=${moderator}`);
    await post(video, moderator, "stays");
    const spammer = tokenOf(`spammer-${repeat}`, "Eve", "comments:post");
    let banned = false;
    const posting = setInterval(async () => {
      const { status } = await post(video, spammer, `spam ${Date.now()}`);
      if (status === 403 && !banned) {
        banned = true;
        clearInterval(posting);
      }
    }, 20);
    for (const viewer of [...viewers, page]) await viewer.getByText("spam").nth(10).waitFor();
    await page.keyboard.press("k");
    await page.waitForSelector(".comment.selected");
    await page.evaluate(() => addEventListener("keydown", () => (window.pressedAt = Date.now()), { capture: true, once: true }));
    const cleaned = viewers.map(viewer => viewer.evaluate(clean));
    await page.keyboard.press("t");
    const last = Math.max(...await Promise.all(cleaned));
    times.push(last - await page.evaluate(() => window.pressedAt));
    for (const viewer of [...viewers, page]) await viewer.context().close();
  }
} finally {
  await browser.close();
}
times.sort((one, other) => one - other);
console.log(JSON.stringify({ pages: Number(pages), repeats: times.length, p50: times[times.length >> 1], max: times[times.length - 1], unit: "ms" }));
