// Checks Kubernetes manifests against the types and the schemas of the Kubernetes API (npm: kubernetes-models, typescript, yaml).
//   node .ci/manifests.mjs FOLDER FILE...    FOLDER holds node_modules
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const modules = createRequire(join(folder, "package.json"));
const { parseAllDocuments } = modules("yaml");
const faults = [];

// The schemas check values; the types find what the schemas let pass: a field that there is not.
const typed = [];
for (const file of files) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
    for (const error of document.errors) faults.push(`${file}: ${error.message}`);
    const object = document.toJS();
    const name = `${file}: ${object?.kind} ${object?.metadata?.name}`;
    const module = `kubernetes-models/${object.apiVersion}`;
    try {
      const models = await import(pathToFileURL(join(folder, "node_modules", module, "index.js")));
      new models[object.kind](object).validate();
    } catch (error) {
      faults.push(`${name}: ${error.message}`);
    }
    typed.push(`// ${name}
      import type { I${object.kind} as T${typed.length} } from "${module}";
      export const o${typed.length}: T${typed.length} = ${JSON.stringify(object, null, 2)};`);
  }
}

// It stands in the folder, where the compiler finds the types.
const work = mkdtempSync(join(folder, "manifests-"));
try {
  const source = join(work, "manifests.ts");
  writeFileSync(source, typed.join("\n"));
  execFileSync(
    process.execPath,
    [
      modules.resolve("typescript/package.json").replace("package.json", "bin/tsc"),
      "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", source,
    ],
    { encoding: "utf8" });
} catch (error) {
  faults.push(`${basename(work)}: ${error.stdout || error.message}`);
} finally {
  rmSync(work, { recursive: true });
}

if (typed.length === 0) faults.push("There is no manifest to check.");
console.log(faults.join("\n") || `${files.length} files are as the Kubernetes API wants them.`);
process.exitCode = faults.length === 0 ? 0 : 1;
