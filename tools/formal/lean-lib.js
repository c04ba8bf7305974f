// See lean-lib.
"use strict";
const { createHash } = require("crypto");
const fs = require("fs");
const path = require("path");
const { check } = require("./lean-batch.js");
const { ProjectError, load } = require("./lean-project.js");

async function main([cache, stamp, root, module, ...rest]) {
  if (!module || rest.length) {
    console.error("usage: lean-lib ROOT_DIR MODULE");
    return 2;
  }
  const project = load(root, [module]);
  const hash = createHash("sha256").update(`${stamp}\n${module}\n`);
  for (const file of project.order) hash.update(`${file.file}\n${file.lines.length}\n${file.lines.join("\n")}\n`);
  const lib = path.join(cache, `lib-${hash.digest("hex").slice(0, 32)}`);

  if (!fs.existsSync(path.join(lib, "modules"))) {
    const work = `${lib}.new`;
    fs.rmSync(work, { recursive: true, force: true });
    const olean = path.join(work, `${module.split(".").join("/")}.olean`);
    fs.mkdirSync(path.dirname(olean), { recursive: true });
    // Standard output is kept for the name of the folder.
    const code = await check(project, { libs: [], olean, name: module.split(".").at(-1), print: console.error });
    if (code !== 0) {
      fs.rmSync(work, { recursive: true, force: true });
      return code;
    }
    // What can be imported from here: all of these are inside that one .olean.
    fs.writeFileSync(path.join(work, "modules"), project.order.map((file) => `${file.module} ${module}\n`).join(""));
    fs.rmSync(lib, { recursive: true, force: true });
    fs.renameSync(work, lib);
  }
  console.log(lib);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error) => {
    if (!(error instanceof ProjectError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  },
);
