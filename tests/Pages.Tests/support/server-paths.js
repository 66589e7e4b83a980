import { existsSync } from "node:fs";

/** What the server serves as one folder (WebFrontend.csproj). */
const folders = ["src/WebFrontend/wwwroot", "client/src"].map(folder => new URL(`../../../${folder}`, import.meta.url));

/** Finds a module that pages import by its path on the server. Those that it imports relatively are modules, too. */
export function resolve(specifier, context, next) {
  const file = specifier.startsWith("/") && folders.map(folder => new URL(folder + specifier)).find(file => existsSync(file));
  return file ? { url: file.href, format: "module", shortCircuit: true } : next(specifier, context);
}
