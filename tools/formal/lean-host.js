// Prologue of the patched lean.js (see patch-lean.js): connects Lean to the
// host. It runs in the main thread and in every worker thread.
"use strict";

// The build talks about its own progress. All of it goes through console.log
// or, from Lean itself, to the standard error as lines that begin so:
const emcNoise = /^\[DEBUG/;
const emcNoiseGoesOn = /^(?:  - |  mainModule\?)/;
console.log = () => {};

var Module = {
  preRun: [emcMountHost],
  print: (line) => emcWrite(1, line),
  printErr: (() => {
    let noisy = false;
    return (line) => {
      noisy = emcNoise.test(line) || (noisy && emcNoiseGoesOn.test(line));
      if (!noisy) emcWrite(2, line);
    };
  })(),
};

// What leaves Lean as a raw exception is a crash of the build, e.g. for want of
// memory; a stack trace of 1 MB of generated text helps nobody.
if (require("worker_threads").isMainThread)
  process.on("uncaughtException", (error) => {
    emcWrite(2, `lean: crashed (${error?.message ?? error}); this build has 2 GB of memory`);
    process.exit(134);
  });

// A pipe may take less than the whole line at a time, or nothing for a while.
function emcWrite(fd, line) {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(fd, bytes, at);
    } catch (error) {
      if (error.code === "EPIPE") return;
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

// Every folder of the host keeps its path, so that Lean's own messages and
// LEAN_PATH need no translation. Kernel and device folders are left out.
function emcMountHost() {
  for (const name of fs.readdirSync("/")) {
    if (["proc", "sys", "dev"].includes(name)) continue;
    try {
      const root = fs.realpathSync(`/${name}`);
      fs.readdirSync(root);
      if (!FS.analyzePath(`/${name}`).exists) FS.mkdir(`/${name}`);
      FS.mount(NODEFS, { root }, `/${name}`);
    } catch {
      // not a folder, or not readable: Lean will not find it either
    }
  }
  FS.chdir(process.cwd());
  Object.assign(ENV, process.env);
  // The build is instrumented and leaves a profile on exit. The root folder
  // itself is not the host's, so this file vanishes with the process.
  ENV.LLVM_PROFILE_FILE = "/profile";
}

// Finds a symbol through a table that is built once for each library.
function emcSymbolIndex(lib, symbol) {
  lib.emcIndex ??= new Map(Object.keys(lib.exports).map((name, at) => [name, at]));
  return lib.emcIndex.get(symbol) ?? -1;
}
