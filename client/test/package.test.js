import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

const modules = [
  "abort", "connection", "event-stream", "guard", "ids", "moderation", "page-presence", "problem", "recent-comments", "removals",
  "replay-windows", "replay", "server-clock", "shared-stream", "stream-slots", "stream", "timeline", "tokens",
];

/** A program of its own that has the packed package, and nothing else. */
async function install(test) {
  const program = await mkdtemp(join(tmpdir(), "live-comments-"));
  test.after(() => rm(program, { recursive: true }));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", program], { cwd: root });
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf("[")));
  const folder = join(program, "node_modules/livecomments");
  await mkdir(folder, { recursive: true });
  await run("tar", ["-xzf", join(program, filename), "-C", folder, "--strip-components=1"]);
  await writeFile(join(program, "package.json"), JSON.stringify({ type: "module" }));
  return { program, files: files.map(({ path }) => path).sort() };
}

test("The package has source, types and papers, and a program that installs it runs and is checked by its types", async test => {
  const { program, files } = await install(test);
  assert.deepEqual(files.filter(path => !path.endsWith(".map")), [
    "LICENSE", "README.md", "package.json",
    "src/client.js", ...modules.map(name => `src/client/${name}.js`),
    "types/client.d.ts", ...modules.map(name => `types/client/${name}.d.ts`),
  ]);

  await writeFile(join(program, "run.js"), 'import { compareIds } from "livecomments"; console.log(compareIds("9", "10"));');
  assert.equal((await run("node", ["run.js"], { cwd: program })).stdout, "-1\n");

  await writeFile(join(program, "right.ts"), `
    import { LiveVideo, ProblemError, compareIds, createIdempotencyKey } from "livecomments";
    import type { Comment, Connection, ConnectionOptions, ConnectionState, Held } from "livecomments";
    const seen: Comment[] = [];
    const options: ConnectionOptions = {
      backlog: 10,
      onComment: comment => seen.push(comment),
      onGap: ({ after, before }) => console.log(compareIds(after, before)),
      onState: (state: ConnectionState) => console.log(state.status === "refused" && state.problem?.retryAfter),
    };
    const video = new LiveVideo("demo", { server: "https://comments.example/" });
    const connection: Connection = video.connect(options);
    const posted: Comment | Held = await video.post({ author: "Ada", message: "Hello" }, { idempotencyKey: createIdempotencyKey() })
      .catch((error: unknown) => { throw error instanceof ProblemError ? new Error(error.detail) : error; });
    const published: string | undefined = "heldId" in posted ? (await video.readHeld(posted.heldId)).id : posted.id;
    const next: string | null = (await video.pageBack({ before: published, limit: 10 })).nextCursor;
    console.log(next?.length);
    connection.close();
  `);
  await writeFile(join(program, "wrong.ts"), `
    import { LiveVideo } from "livecomments";
    const video = new LiveVideo("demo");
    // @ts-expect-error a comment needs a message
    video.post({ author: "Ada" });
    // @ts-expect-error ids are strings
    video.pageBack({ before: 7 });
    // @ts-expect-error comments are handled
    video.connect({});
    video.connect({ onComment: ({ createdAt }) => {
      // @ts-expect-error a time is a string
      createdAt.getTime();
    } });
  `);
  const tsc = join(root, "node_modules/.bin/tsc");
  const common = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--types", "", "right.ts", "wrong.ts"];
  for (const options of [["--module", "nodenext"], ["--module", "esnext", "--moduleResolution", "bundler"]]) {
    await run(tsc, [...common, ...options], { cwd: program }).catch(({ stdout }) => assert.fail(stdout));
  }
});
