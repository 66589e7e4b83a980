import { register } from "node:module";

// Import this first: from then on "/watch/timeline.js" is the file that the server serves under that path.
register("./server-paths.js", import.meta.url);
