// Drives `cargo-emc mcp` as an agent would, with the official client.
//   node drive.mjs PATH-OF-CARGO-EMC
// Prints what held, one line each; the first thing that does not ends it.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const program = resolve(process.argv[2]);
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'emc-mcp-')));
const held = (what) => console.log(`ok ${what}`);

/** A client of a server over stdio, and what the server wrote to its stderr. */
async function stdio(root, name = 'drive') {
  const transport = new StdioClientTransport({
    command: program,
    args: ['mcp', 'stdio', '--root', root],
    stderr: 'pipe',
  });
  const client = new Client({ name, version: '1.0.0' });
  let said = '';
  transport.stderr?.on('data', (data) => (said += data));
  await client.connect(transport);
  return { client, said: () => said };
}

/** Calls a tool; the result has to be what its output schema says: the client checks. */
async function call(client, name, args = {}, options = undefined) {
  const answer = await client.callTool({ name, arguments: args }, undefined, options);
  assert.equal(answer.content.length, 1, name);
  assert.equal(answer.content[0].type, 'text');
  return { ...answer.structuredContent, text: answer.content[0].text, refused: answer.isError };
}

const git = (folder, ...args) =>
  execFileSync('git', ['-c', 'user.name=drive', '-c', 'user.email=drive@example.org', '-c', 'init.defaultBranch=main', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });

const transactions = (root) => readdirSync(join(root, 'model/events/events')).filter((name) => name.endsWith('.jsonl')).length;

const deposit = {
  workflow: 'deposit',
  name: 'Deposit a parcel',
  description: 'A courier fills a box.',
  slices: [
    {
      slice: 'fill-box',
      name: 'Fill a box',
      kind: 'state_change',
      description: 'The courier puts a parcel in.',
      commands: [
        {
          name: 'FillBox',
          emitted_events: ['BoxFilled'],
          inputs: [{ name: 'box_no', source_kind: 'actor', source_description: 'Chosen by the courier.', provenance_chain: ['courier', 'screen'] }],
        },
      ],
      events: [
        {
          name: 'BoxFilled',
          stream: 'box',
          attributes: [{ name: 'box_no', source_kind: 'command_input', source_name: 'FillBox', source_field: 'box_no', provenance: 'As typed.' }],
        },
      ],
    },
  ],
};

const READS = ['status', 'check', 'list', 'show', 'export', 'explain', 'log', 'list_conflicts', 'review_gate', 'review_diff'];

async function overStdio() {
  const root = join(scratch, 'ann');
  mkdirSync(root);
  const { client, said } = await stdio(root);
  assert.equal(client.getServerVersion().name, 'cargo-emc');
  assert.match(client.getInstructions(), /emc:\/\/guide/);
  held('handshake');

  const { tools } = await client.listTools();
  const names = tools.map((tool) => tool.name);
  for (const name of [...READS, 'init', 'apply', 'edit', 'fix', 'build', 'verify', 'import', 'clean', 'resolve_conflict', 'record_review']) {
    assert.ok(names.includes(name), `the tool ${name}`);
  }
  for (const tool of tools) {
    assert.equal(tool.inputSchema.type, 'object');
    assert.ok(tool.outputSchema, tool.name);
    assert.equal(typeof tool.annotations.readOnlyHint, 'boolean');
    assert.equal(typeof tool.annotations.idempotentHint, 'boolean');
    assert.equal(typeof tool.annotations.destructiveHint, 'boolean');
  }
  for (const name of READS) assert.ok(tools.find((tool) => tool.name === name).annotations.readOnlyHint, name);
  held(`${tools.length} tools with their annotations`);

  const before = await call(client, 'status');
  assert.ok(before.refused, 'there is no project yet');
  assert.equal(before.root, root);
  const nameless = await call(client, 'init');
  assert.ok(nameless.refused);
  assert.equal(nameless.findings[0].name, 'missing-project-name');

  const started = await call(client, 'init', { name: 'Parcel Locker' });
  assert.ok(!started.refused, started.text);
  assert.equal(started.root, root);
  assert.ok(existsSync(join(root, started.transaction)), started.transaction);
  assert.equal((await call(client, 'init')).transaction, null, 'nothing is missing');
  held('init');

  const wanted = await call(client, 'apply', { document: deposit, dry_run: true });
  assert.equal(wanted.transaction, null);
  assert.ok(wanted.result.changes.length > 0);
  assert.equal(transactions(root), 1, 'a dry run writes nothing');
  const applied = await call(client, 'apply', { document: deposit });
  assert.ok(existsSync(join(root, applied.transaction)));
  assert.equal(applied.root, root);
  assert.deepEqual(applied.result.changes.map((change) => change.element), wanted.result.changes.map((change) => change.element));
  assert.equal((await call(client, 'apply', { document: deposit })).transaction, null, 'applied again');
  held('apply');

  const shown = await call(client, 'show', { slice: 'fill-box' });
  assert.equal(shown.result.document.commands[0].name, 'FillBox');
  const exported = await call(client, 'export');
  assert.equal((await call(client, 'apply', { document: exported.text, prune: true })).transaction, null, 'an export changes nothing');
  held('show and export');

  const edited = await call(client, 'edit', {
    edits: [
      { action: 'add', kind: 'outcome', fields: { slice: 'fill-box', label: 'box full', events: ['BoxFilled'] } },
      { action: 'update', kind: 'slice', fields: { slug: 'fill-box', description: 'The courier puts a parcel into a box.' } },
    ],
  });
  assert.ok(edited.transaction, edited.text);
  assert.equal(edited.result.changes.length, 2);
  const count = transactions(root);
  const half = await call(client, 'edit', {
    edits: [
      { action: 'update', kind: 'slice', fields: { slug: 'fill-box', name: 'Half' } },
      { action: 'remove', kind: 'command', fields: { slice: 'fill-box', name: 'FilBox' } },
    ],
  });
  assert.ok(half.refused);
  assert.match(half.text, /FillBox/, 'the closest name is told');
  assert.equal(transactions(root), count, 'all edits or none');
  held('edit, all or none');

  const checked = await call(client, 'check');
  assert.equal(checked.exit, 1);
  assert.equal(checked.counts.errors, checked.findings.filter((finding) => finding.level === 'error').length);
  assert.ok(checked.findings.every((finding) => /^EMC\d+$/.test(finding.code)));
  assert.ok(checked.findings.some((finding) => finding.element?.includes('fill-box') && finding.help.length > 0));
  const explained = await call(client, 'explain', { subject: checked.findings[0].code });
  assert.equal(explained.result.name, checked.findings[0].name);
  assert.ok((await call(client, 'explain', { subject: 'command' })).result.fields.some((field) => field.key === 'name'));
  held('check and explain');

  assert.equal((await call(client, 'list', { what: 'workflows' })).result[0].workflow, 'deposit');
  assert.equal((await call(client, 'list', { what: 'slices' })).result.length, 1);
  assert.equal((await call(client, 'log', { slug: 'fill-box' })).result.length, 2);
  assert.equal((await call(client, 'status')).result.store.slices, 1);
  assert.ok((await call(client, 'build')).result.families.every((family) => family.fresh));
  assert.deepEqual((await call(client, 'list_conflicts')).result, []);
  held('list, log, status, build');

  const closed = await call(client, 'review_gate');
  assert.equal(closed.exit, 1);
  assert.equal(closed.result.open, false);
  const { content } = closed.result.workflows[0];
  const reviewed = await call(client, 'record_review', {
    workflow: 'deposit', reviewer: 'drive', content, findings: [{ category: 'scenario-coverage', text: 'No scenario shows a full box.' }],
  });
  assert.ok(reviewed.transaction, reviewed.text);
  assert.match((await call(client, 'review_gate', { workflow: 'deposit' })).text, /scenario-coverage|full box/);
  assert.ok((await call(client, 'record_review', { workflow: 'deposit', reviewer: 'drive', content: 'another' })).refused, 'another content');
  assert.ok((await call(client, 'record_review', { workflow: 'deposit', reviewer: 'drive', findings: [{ category: 'scenarios', text: 'x' }] })).refused);
  assert.ok((await call(client, 'record_review', { workflow: 'deposit', reviewer: 'drive' })).transaction);
  assert.equal((await call(client, 'review_gate')).result.open, true);
  const rest = await call(client, 'review_diff', { workflow: 'deposit' });
  assert.deepEqual(rest.result[0].changes, []);
  held('review gate, record and diff');

  const tool = await call(client, 'verify', { tools_only: true });
  assert.deepEqual(tool.result.tools.map((one) => one.tool), ['lean', 'quint']);
  held('verify tells its tools');

  const { resources } = await client.listResources();
  assert.ok(resources.some((resource) => resource.uri === 'emc://workflow/deposit'));
  for (const { uri } of resources) {
    const { contents } = await client.readResource({ uri });
    assert.ok(contents[0].text.length > 40, uri);
  }
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.equal(resourceTemplates.length, 2);
  assert.match((await client.readResource({ uri: 'emc://slice/fill-box' })).contents[0].text, /FillBox/);
  await assert.rejects(client.readResource({ uri: 'emc://slice/nothing' }), /nothing/);
  await assert.rejects(client.readResource({ uri: 'file:///etc/passwd' }));
  held('resources');

  const { prompts } = await client.listPrompts();
  assert.equal(prompts.length, 3);
  const prompt = await client.getPrompt({ name: 'review_workflow', arguments: { workflow: 'deposit' } });
  assert.match(prompt.messages[0].content.text, /timeline-rendering/);
  await assert.rejects(client.getPrompt({ name: 'review_workflow' }), /missing/);
  held('prompts');

  const guide = (await client.readResource({ uri: 'emc://guide' })).contents[0].text;
  const example = /```toml\n(workflow = [^]*?)```/.exec(guide)[1];
  const preview = await call(client, 'apply', { document: example, dry_run: true });
  assert.ok(!preview.refused, preview.text);
  held('the example of the guide is a document');

  // Nothing outside the root.
  const outside = join(scratch, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'e.json'), '{}');
  symlinkSync(outside, join(root, 'link'));
  for (const path of ['../outside', outside, 'link', '/etc', 'nothing']) {
    const refused = await call(client, 'import', { path });
    assert.ok(refused.refused && refused.findings[0].name === 'usage', `${path}: ${refused.text}`);
  }
  const passwd = await call(client, 'explain', { subject: '../../etc/passwd' });
  assert.ok(passwd.refused);
  rmSync(join(root, 'link'));
  held('no path leads out of the root');

  await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), /no tool/);
  assert.match((await call(client, 'check', { familes: [] })).text, /families/, 'the closest argument is told');
  assert.equal(said(), '', 'nothing is said beside the protocol');
  await client.close();
  return root;
}

/** Two clones change one slice; one of them decides. */
async function fork(ann) {
  writeFileSync(join(ann, '.gitignore'), 'target/\n.eventcore/\nmodel/events/.eventcore/\n');
  git(ann, 'init', '-q');
  git(ann, 'add', '-A');
  git(ann, 'commit', '-q', '-m', 'a model');
  const bob = join(scratch, 'bob');
  git(scratch, 'clone', '-q', ann, bob);
  const clones = { ann: await stdio(ann, 'ann'), bob: await stdio(bob, 'bob') };
  for (const [who, root] of [['ann', ann], ['bob', bob]]) {
    const renamed = await call(clones[who].client, 'edit', {
      edits: [{ action: 'update', kind: 'slice', fields: { slug: 'fill-box', name: `From ${who}` } }],
      build: false,
    });
    assert.ok(renamed.transaction, renamed.text);
    git(root, 'add', 'model/events');
    git(root, 'commit', '-q', '-m', who);
  }
  git(ann, 'fetch', '-q', bob, 'main');
  git(ann, 'merge', '-q', '--no-edit', 'FETCH_HEAD');
  const { client } = clones.ann;
  const open = await call(client, 'list_conflicts');
  assert.equal(open.result.length, 1);
  assert.equal(open.result[0].commutes, false);
  assert.deepEqual(open.result[0].contradictions[0].sides.toSorted(), ['From ann', 'From bob']);
  const blocked = await call(client, 'edit', { edits: [{ action: 'update', kind: 'workflow', fields: { slug: 'deposit', name: 'Blocked' } }] });
  assert.ok(blocked.refused, 'nothing else is written while a fork is open');
  const left = await call(client, 'resolve_conflict');
  assert.equal(left.transaction, null);
  assert.equal(left.result.left.length, 1, 'nobody has decided');
  const wrong = await call(client, 'resolve_conflict', { choices: [{ take: 'mine' }] });
  assert.ok(wrong.refused);
  assert.match(wrong.text, /ours/);
  const decided = await call(client, 'resolve_conflict', { choices: [{ take: 'theirs' }] });
  assert.ok(existsSync(join(ann, decided.transaction)), decided.text);
  assert.equal(decided.result.left.length, 0);
  assert.deepEqual((await call(client, 'list_conflicts')).result, []);
  assert.equal((await call(client, 'show', { slice: 'fill-box' })).result.document.name, 'From bob');
  await call(client, 'build');
  const checked = await call(client, 'check');
  assert.ok(checked.findings.every((finding) => !/fork/.test(finding.name)), checked.text);
  // The other clone has no fork once it has the decision.
  git(ann, 'add', '-A');
  git(ann, 'commit', '-q', '-m', 'decided');
  git(bob, 'checkout', '-q', '--', '.');
  git(bob, 'pull', '-q', '--no-rebase', '--no-edit', ann, 'main');
  assert.deepEqual((await call(clones.bob.client, 'list_conflicts')).result, []);
  await clones.ann.client.close();
  await clones.bob.client.close();
  held('a fork between two clones, decided');
}

/** Two clients of two processes, and four of one, write at once. */
async function together(root) {
  const one = await stdio(root, 'one');
  const two = await stdio(root, 'two');
  const before = transactions(root);
  const work = [];
  for (let number = 0; number < 6; number += 1) {
    for (const [name, { client }] of [['one', one], ['two', two]]) {
      const slug = `${name}-${number}`;
      const document = { workflow: slug, name: slug, description: 'Written at the same time.' };
      work.push(call(client, 'apply', { document, build: false }));
    }
  }
  const answers = await Promise.all(work);
  for (const answer of answers) assert.ok(!answer.refused && answer.transaction, answer.text);
  assert.equal(new Set(answers.map((answer) => answer.transaction)).size, answers.length);
  assert.equal(transactions(root), before + answers.length);
  const listed = (await call(one.client, 'list', { what: 'workflows' })).result.map((workflow) => workflow.workflow);
  for (let number = 0; number < 6; number += 1) {
    for (const name of ['one', 'two']) assert.ok(listed.includes(`${name}-${number}`));
  }
  assert.deepEqual((await call(one.client, 'list_conflicts')).result, []);
  await one.client.close();
  await two.client.close();
  held('two processes write at once and lose nothing');
}

const TOKEN = '0123456789abcdef0123456789abcdef';

/** Starts a server over HTTP; its address, and how it is ended. */
async function listening(root, args = [], env = {}) {
  const child = spawn(program, ['mcp', 'http', '--port', '0', '--root', root, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let printed = '';
  child.stdout.on('data', (data) => (printed += data));
  const ended = new Promise((done) => child.on('exit', (code, signal) => done({ code, signal })));
  const url = await new Promise((done, failed) => {
    child.stderr.on('data', (data) => {
      said += data;
      const found = /http:\/\/\S+/.exec(said);
      if (found) done(new URL(found[0]));
    });
    child.on('exit', () => failed(new Error(`it ended: ${said}`)));
  });
  return { url, child, ended, said: () => said + printed };
}

/** One raw request; its status. */
function status(url, { headers = {}, body = undefined, method = 'POST', path = url.pathname }) {
  return new Promise((done, failed) => {
    const request = http.request(
      { host: url.hostname, port: url.port, path, method, headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers } },
      (response) => {
        done(response.statusCode);
        response.destroy();
      },
    );
    request.on('error', failed);
    request.end(body);
  });
}

const hello = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});

async function remote(url, token) {
  const client = new Client({ name: 'remote', version: '1.0.0' });
  const requestInit = token ? { headers: { Authorization: `Bearer ${token}` } } : undefined;
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  return client;
}

async function overHttp(root) {
  const server = await listening(root, [], { EMC_MCP_TOKEN: TOKEN });
  const { url } = server;
  assert.equal(url.hostname, '127.0.0.1', 'loopback by default');
  await assert.rejects(remote(url), /401|Unauthorized|token/i);
  await assert.rejects(remote(url, 'x'.repeat(TOKEN.length)), /401|Unauthorized|token/i);
  const bearer = { authorization: `Bearer ${TOKEN}` };
  assert.equal(await status(url, { body: hello }), 401);
  assert.equal(await status(url, { body: hello, headers: { authorization: TOKEN } }), 401);
  assert.equal(await status(url, { body: hello, headers: { authorization: `Bearer ${TOKEN}x` } }), 401);
  assert.equal(await status(url, { body: hello, headers: { authorization: `Bearer ${TOKEN.slice(1)}` } }), 401);
  held('wrong tokens are refused');
  assert.equal(await status(url, { body: hello, headers: { ...bearer, host: 'evil.example' } }), 403);
  assert.equal(await status(url, { body: hello, headers: { ...bearer, host: `evil.example:${url.port}` } }), 403);
  assert.equal(await status(url, { body: hello, headers: { ...bearer, origin: 'http://evil.example' } }), 403);
  assert.equal(await status(url, { body: hello, headers: { ...bearer, origin: 'null' } }), 403);
  assert.equal(await status(url, { body: hello, headers: { ...bearer, origin: `http://localhost:${url.port}` } }), 403);
  held('wrong hosts and origins are refused');
  assert.equal(await status(url, { body: hello, headers: bearer, path: '/' }), 404);
  assert.ok((await status(url, { body: 'x'.repeat(17 << 20), headers: bearer }).catch(() => 413)) === 413);
  held('other paths and large bodies are refused');

  const client = await remote(url, TOKEN);
  const steps = [];
  const checked = await call(client, 'check', {}, { onprogress: (progress) => steps.push(progress) });
  assert.equal(checked.root, root);
  const document = { workflow: 'remote', name: 'Remote', description: 'Written over HTTP.' };
  const applied = await call(client, 'apply', { document });
  assert.ok(existsSync(join(root, applied.transaction)));
  held('a client with the token works');

  // Sessions are counted.
  const statuses = [];
  for (let number = 0; number < 40; number += 1) statuses.push(await status(url, { body: hello, headers: bearer }));
  assert.ok(statuses.includes(200) && statuses.includes(503), `${statuses}`);
  assert.ok((await call(client, 'status')).root === root, 'the first session goes on');
  held('sessions are limited');

  // Four calls at once, then a signal: what was begun is finished.
  const before = transactions(root);
  const work = [0, 1, 2, 3].map((number) =>
    call(client, 'apply', { document: { workflow: `last-${number}`, name: 'Last', description: 'Before the end.' } }).then(
      (answer) => answer.transaction,
      () => null,
    ),
  );
  await new Promise((done) => setTimeout(done, 60));
  server.child.kill('SIGTERM');
  const { code, signal } = await server.ended;
  assert.deepEqual({ code, signal }, { code: 0, signal: null });
  const written = (await Promise.race([Promise.all(work), new Promise((done) => setTimeout(() => done([]), 500))])).filter(Boolean);
  for (const file of written) assert.ok(existsSync(join(root, file)));
  assert.ok(transactions(root) >= before + written.length);
  assert.ok(!server.said().includes(TOKEN), 'the token is never told');
  await client.close().catch(() => {});
  const after = await stdio(root);
  const sound = await call(after.client, 'check', { allow_forks: true });
  assert.ok(sound.findings.every((finding) => !finding.file?.endsWith('.jsonl') || finding.level !== 'error' || !/damage|digest|parse/.test(finding.name)), sound.text);
  await after.client.close();
  held('a signal ends the server after the running write');

  const allowed = await listening(root, ['--allow-origin', 'http://desk.example:80', '--allow-host', 'desk.example']);
  assert.equal(await status(allowed.url, { body: hello, headers: { host: 'desk.example', origin: 'http://desk.example' } }), 200);
  assert.equal(await status(allowed.url, { body: hello, headers: { host: 'other.example', origin: 'http://desk.example' } }), 403);
  allowed.child.kill('SIGINT');
  assert.equal((await allowed.ended).code, 0);
  held('hosts and origins that are allowed');
}

/** What must not even start. */
function refused() {
  for (const [args, env, why] of [
    [['--host', '0.0.0.0'], {}, /token/],
    [['--host', '::'], {}, /token/],
    [['--auth-token', 'short'], {}, /shorter/],
    [[], { EMC_MCP_TOKEN: 'not visible \u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9' }, /visible/],
  ]) {
    let ended;
    try {
      execFileSync(program, ['mcp', 'http', '--port', '0', '--root', scratch, ...args], { env: { ...process.env, ...env }, stdio: 'pipe', timeout: 5000 });
    } catch (error) {
      ended = error;
    }
    assert.equal(ended?.status, 2, `${args}`);
    assert.match(`${ended.stderr}`, why);
    assert.ok(!`${ended.stderr}`.includes('short\n') && !`${ended.stderr}`.includes('\u00e9'), 'a wrong token is not told either');
  }
  held('other addresses demand a token');
}

try {
  const ann = await overStdio();
  await fork(ann);
  await together(ann);
  await overHttp(ann);
  refused();
  console.log('done');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
