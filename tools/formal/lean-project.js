// Reads a folder of Lean modules and writes them as one file, so that a whole
// project is checked in one Lean process (starting one costs more than checking
// a slice). Used by lean-batch and lean-lib.
"use strict";
const fs = require("fs");
const path = require("path");

// A mistake in the project itself, told like one of Lean's errors.
class ProjectError extends Error {}

const fileOf = (module) => `${module.split(".").join("/")}.lean`;

// Blanks comments and strings, keeping every line break and column, so that
// words can be searched without a parser. `open` is the line of a comment that
// never ends, if there is one.
function blank(text) {
  const out = [];
  const hide = (part) => out.push(part.replace(/[^\n]/g, " "));
  const token = /--[^\n]*|\/-|"(?:\\[\s\S]|[^"\\])*"|r(#+)"[\s\S]*?"\1|r"[^"]*"|'(?:\\(?:x..|u....|.)|[^'\\\n])'|[\p{L}_][\p{L}\p{N}_'!?]*|[\s\S]/gu;
  let open;
  for (let match; (match = token.exec(text)); ) {
    const word = match[0];
    if (word === "/-") {
      const end = endOfComment(text, match.index);
      if (end === undefined) open = text.slice(0, match.index).split("\n").length;
      token.lastIndex = end ?? text.length;
      hide(text.slice(match.index, token.lastIndex));
    } else if (word.length > 1 && /^(--|"|r#*"|')/.test(word)) hide(word);
    else out.push(word);
  }
  return { words: out.join(""), open };
}

// Lean's comments nest.
function endOfComment(text, at) {
  const edge = /\/-|-\//g;
  edge.lastIndex = at;
  let depth = 0;
  for (let match; (match = edge.exec(text)); ) {
    depth += match[0] === "/-" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return undefined;
}

const NAME = String.raw`(?:«[^»]*»|[\p{L}_][\p{L}\p{N}_'!?]*)(?:\.(?:«[^»]*»|[\p{L}_][\p{L}\p{N}_'!?]*))*`;
const IMPORT = new RegExp(String.raw`\s*(?:(?:public|meta)\s+)*import\s+(?:all\s+)?(${NAME})`, "uy");
const SCOPE = new RegExp(
  String.raw`^[ \t]*(?:(?:noncomputable|public|meta|@\[[^\]\n]*\])\s+)*(namespace|section|mutual|end)(?![\p{L}\p{N}_'!?.])(?:[ \t]+(${NAME}))?`,
  "u",
);
const DECLARE = new RegExp(
  String.raw`^[ \t]*(?:@\[[^\]\n]*\]\s*)*((?:(?:private|protected|noncomputable|unsafe|partial|nonrec|meta|public)\s+)*)(?:def|theorem|lemma|abbrev|structure|inductive|class|instance|opaque|axiom)\s+(${NAME})`,
  "u",
);

function read(root, module) {
  const file = fileOf(module);
  let text = fs.readFileSync(path.join(root, file), "utf8").replace(/\r\n/g, "\n");
  const { words, open } = blank(text);

  // The header ends where the first thing that is no import begins.
  const imports = [];
  let at = (/^\s*(?:module\b|prelude\b)?/.exec(words) ?? [""])[0].length;
  for (let match; (IMPORT.lastIndex = at), (match = IMPORT.exec(words)); at = IMPORT.lastIndex)
    imports.push({ module: match[1].replace(/[«»]/g, ""), line: words.slice(0, IMPORT.lastIndex).split("\n").length });
  // Comments of the header stay; a character of an import becomes a space.
  let body = "";
  for (let i = 0; i < at; i++) body += words[i] === " " || words[i] === "\n" ? text[i] : " ";
  text = body + text.slice(at);

  const exit = /^#exit\b/m.exec(words);
  if (exit) text = text.slice(0, exit.index);
  const lines = text.split("\n");
  const clean = (exit ? words.slice(0, exit.index) : words).split("\n");

  // What is still open at the end, and what is declared under which full name.
  const scopes = [];
  const declared = [];
  clean.forEach((line) => {
    const scope = SCOPE.exec(line);
    if (scope) {
      const [, kind, name] = scope;
      if (kind === "namespace") for (const part of (name ?? "").split(".")) scopes.push({ kind, name: part });
      else if (kind !== "end") scopes.push({ kind, name: kind === "section" ? name : undefined });
      else for (const _ of (name ?? "x").split(".")) scopes.pop();
    }
    const decl = DECLARE.exec(line);
    if (decl) {
      const inside = scopes.filter((scope) => scope.kind === "namespace").map((scope) => scope.name);
      declared.push({ name: decl[2], full: [...inside, decl[2]].join("."), hidden: /\bprivate\b/.test(decl[1]) });
    }
  });
  return { module, file, imports, lines, clean, open, declared, scopes: scopes.reverse() };
}

// The modules that `wanted` need, each after those that it imports. Modules
// that are not files under `root` are external, and so are those for which
// `given` names a compiled module.
function load(root, wanted, given = () => undefined) {
  const order = [];
  const external = [];
  const seen = new Map();
  function visit(module, by) {
    const outside = given(module) ?? (by && !fs.existsSync(path.join(root, fileOf(module))) ? module : undefined);
    if (outside) {
      if (!external.some(({ module }) => module === outside)) external.push({ module: outside, file: by?.file ?? fileOf(module), line: by?.line ?? 1 });
      return;
    }
    if (seen.get(module) === "done") return;
    if (seen.has(module)) throw new ProjectError(`${by.file}:${by.line}:0: error: import cycle: ${module}`);
    seen.set(module, "open");
    let file;
    try {
      file = read(root, module);
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
      throw new ProjectError(`${fileOf(module)}:1:0: error: no such file under ${root}`);
    }
    for (const { module: next, line } of file.imports) visit(next, { file: file.file, line });
    seen.set(module, "done");
    order.push(file);
  }
  for (const module of wanted) visit(module);
  return { order, external };
}

// Private names belong to a file. In one file, the second of the same full name
// would be an error, so it gets another name in all of its file.
function separate(order) {
  const taken = new Set();
  order.forEach((file, index) => {
    const clash = file.declared.filter(({ full, hidden }) => hidden && taken.has(full));
    const open = file.declared.filter(({ full, hidden }) => !hidden && taken.has(`private ${full}`));
    for (const { full, hidden } of file.declared) taken.add(full).add(hidden ? `private ${full}` : full);
    // A public name that an earlier file uses privately: rename there.
    for (const { full } of open)
      order.slice(0, index).forEach((other, at) => rename(other, other.declared.filter((d) => d.hidden && d.full === full), at));
    rename(file, clash, index);
  });
}

function rename(file, clash, index) {
  if (clash.length === 0) return;
  const word = new RegExp(String.raw`(?<![\p{L}\p{N}_'!?.»])${NAME}`, "gu");
  file.shifts ??= file.lines.map(() => []);
  file.clean = file.clean.map((clean, at) => {
    let done = 0;
    let cleaned = "";
    let line = "";
    for (const match of clean.matchAll(word)) {
      const end = match.index + match[0].length;
      const hit = clash.some(({ name, full }) => match[0] === name || (match[0].includes(".") && `.${full}`.endsWith(`.${match[0]}`)));
      if (!hit) continue;
      const extra = `_${index}`;
      line += file.lines[at].slice(done, end) + extra;
      cleaned += clean.slice(done, end) + extra;
      done = end;
      file.shifts[at].push({ column: line.length, extra: extra.length });
    }
    file.lines[at] = line + file.lines[at].slice(done);
    return cleaned + clean.slice(done);
  });
  for (const decl of clash) decl.full += `_${index}`;
}

// One text, and the way back from a line of it to a file and its line.
function join({ order, external }) {
  separate(order);
  const out = external.map(({ module }) => `import ${module}`);
  const origin = external.map(({ file, line }) => ({ file: { file }, line }));
  for (const file of order) {
    const add = (text, line) => {
      out.push(text);
      origin.push({ file, line });
    };
    // `open`, `variable`, `local` and the like end with their file.
    add("section", 1);
    file.lines.forEach((text, at) => add(text, at + 1));
    // What comes after a comment without end would not be Lean any more.
    if (file.open) break;
    for (const { name } of file.scopes) add(name ? `end ${name}` : "end", file.lines.length);
    add("end", file.lines.length);
  }
  return {
    text: `${out.join("\n")}\n`,
    place(line, column) {
      const found = origin[Math.min(line, origin.length) - 1];
      const shifts = found.file.shifts?.[found.line - 1] ?? [];
      const back = shifts.filter((shift) => shift.column <= column).reduce((sum, shift) => sum + shift.extra, 0);
      return { file: found.file.file, line: found.line, column: column - back };
    },
  };
}

module.exports = { ProjectError, fileOf, load, join };
