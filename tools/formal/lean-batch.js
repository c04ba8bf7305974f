// See lean-batch.
"use strict";
const { spawn } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");
const readline = require("readline");
const { ProjectError, fileOf, load, join } = require("./lean-project.js");

// Checks `project` in one Lean process, tells its messages at the places they
// come from, and returns Lean's exit code.
async function check(project, { libs, olean, name = "Batch", print = console.log }) {
  const { text, place } = join(project);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lean-batch-"));
  try {
    const file = path.join(folder, `${name}.lean`);
    fs.writeFileSync(file, text);
    const search = [...libs, ...(process.env.LEAN_PATH ?? "").split(":")].filter((dir) => dir).map((dir) => path.resolve(dir));
    const lean = spawn(path.join(__dirname, "lean"), ["--json", `--root=${folder}`, ...(olean ? ["-o", path.resolve(olean)] : []), file], {
      env: { ...process.env, LEAN_PATH: search.join(":") },
      stdio: ["ignore", "pipe", "inherit"],
    });
    // Whoever stops us means Lean as well; whoever stops reading needs no error.
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => lean.kill(signal));
    process.stdout.on("error", () => {});
    for await (const line of readline.createInterface({ input: lean.stdout })) tell(line, place, print);
    return await new Promise((done) => {
      const over = () => done(lean.exitCode ?? 1);
      if (lean.exitCode !== null || lean.signalCode !== null) over();
      else lean.once("close", over);
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function tell(line, place, print) {
  let message;
  try {
    message = JSON.parse(line);
  } catch {
    // not from the elaborator: handed on as it is
  }
  if (!message?.pos) return print(line);
  const at = place(message.pos.line, message.pos.column);
  const severity = message.severity === "information" ? "info" : message.severity;
  const caption = message.caption ? `${message.caption}:\n` : "";
  print(`${at.file}:${at.line}:${at.column}: ${severity}: ${caption}${message.data}`);
}

// The module to import in order to have `module`, if a library has it: itself,
// or the one that lean-lib has put a whole library into.
function compiled(libs, module) {
  for (const lib of libs) {
    const list = path.join(lib, "modules");
    const entry = fs.existsSync(list) && fs.readFileSync(list, "utf8").split("\n").find((line) => line.startsWith(`${module} `));
    if (entry) return entry.split(" ")[1];
    if (fs.existsSync(path.join(lib, fileOf(module).replace(/lean$/, "olean")))) return module;
  }
  return undefined;
}

async function main(args) {
  const libs = [];
  while (args[0] === "--lib") {
    libs.push(args[1]);
    args = args.slice(2);
  }
  const [root, ...modules] = args;
  if (modules.length === 0 || args[0].startsWith("-")) {
    console.error("usage: lean-batch [--lib DIR]... ROOT_DIR MODULE...");
    return 2;
  }
  return check(load(root, modules, (module) => compiled(libs, module)), { libs });
}

module.exports = { check };
if (require.main === module)
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error) => {
      if (!(error instanceof ProjectError)) throw error;
      console.log(error.message);
      process.exitCode = 1;
    },
  );
