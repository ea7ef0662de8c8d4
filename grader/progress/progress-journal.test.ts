/** The journal, when several write to it, when a writer dies, and when it comes from elsewhere. */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SayPlainly } from '../../shared/say-plainly.ts';
import type { ProgressEvent } from './progress.ts';
import { ProgressJournal } from './progress-journal.ts';
import { recordGrade } from './record-grade.ts';

const TOPIC = '05-access-tokens';

let folder: string;
let journal: ProgressJournal;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'workbook-progress-'));
  journal = new ProgressJournal(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const verdict = (attack: string, found: 'blocked' | 'breached' = 'blocked'): ProgressEvent => ({
  type: 'verdict',
  topic: TOPIC,
  attack,
  verdict: found,
});
const read: ProgressEvent = { type: 'read', topic: TOPIC };
const linesIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

test('two processes that write at once lose nothing', async () => {
  const writers = [startWriter('first'), startWriter('second')];
  await Promise.all(writers.map(({ ready }) => ready));
  for (const { begin } of writers) begin();
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(linesIn(journal.file)).toHaveLength(1000);
  expect(journal.read()[TOPIC]?.verdicts).toEqual({ first: 'breached', second: 'breached' });
});

/** A process that appends 500 events, each of which changes something. */
function startWriter(attack: string) {
  const module = pathToFileURL(path.join(import.meta.dirname, 'progress-journal.ts')).href;
  const script = `
    import { ProgressJournal } from ${JSON.stringify(module)};
    const journal = new ProgressJournal(${JSON.stringify(folder)});
    process.stdin.once('end', () => {
      for (let index = 0; index < 500; index++) {
        const verdict = index % 2 === 0 ? 'blocked' : 'breached';
        journal.append([{ type: 'verdict', topic: '${TOPIC}', attack: '${attack}', verdict }]);
      }
    });
    process.stdin.resume();
    console.log('ready');`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: path.resolve(import.meta.dirname, '../..'), stdio: ['pipe', 'pipe', 'inherit'] },
  );
  return {
    ready: new Promise((resolve) => child.stdout.once('data', resolve)),
    begin: () => child.stdin.end(),
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}

test('an append reads what is new, and not the whole journal', () => {
  const line = JSON.stringify(verdict('tok-expired'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(journal.file, `${line}\n`.repeat(50_000));
  journal.read();
  const before = process.cpuUsage();
  for (let index = 0; index < 100; index++) {
    journal.append([verdict('tok-expired', index % 2 === 0 ? 'breached' : 'blocked')]);
  }
  const { user, system } = process.cpuUsage(before);
  // To parse 50,000 lines takes longer, even once.
  expect((user + system) / 1000).toBeLessThan(1_000);
  expect(linesIn(journal.file)).toHaveLength(50_100);
});

test('what another process has written in the meantime counts, and its half line does not', () => {
  journal.append([read]);
  const other = new ProgressJournal(folder);
  other.append([verdict('tok-expired')]);
  appendFileSync(journal.file, '\n{"type":"verdict","topic":"05-acc');
  expect(journal.read()[TOPIC]).toEqual({ read: true, verdicts: { 'tok-expired': 'blocked' } });
  other.putAside();
  expect(journal.read()).toEqual({});
  other.append([verdict('tok-wrong-audience')]);
  expect(journal.read()[TOPIC]).toEqual({ verdicts: { 'tok-wrong-audience': 'blocked' } });
});

test('topics that there are none of are neither kept nor counted, and made-up ids have an end', () => {
  journal.append([{ type: 'read', topic: '99-made-up' }]);
  expect(existsSync(journal.file)).toBe(false);
  appendFileSync(journal.file, '{"type":"read","topic":"99-made-up"}\n');
  journal.append(Array.from({ length: 2_000 }, (_, index) => verdict(`made-up-${index}`)));
  expect(Object.keys(journal.read())).toEqual([TOPIC]);
  expect(Object.keys(journal.read()[TOPIC]?.verdicts ?? {})).toHaveLength(500);
});

test('a journal that is a folder is said to be none, in a sentence', () => {
  mkdirSync(journal.file, { recursive: true });
  expect(() => journal.read()).toThrow(/^Your progress, .* cannot be read \(.*\)\. /);
  expect(() => journal.append([read])).toThrow(SayPlainly);
});

test('half a line of a writer that died spoils nothing after it', () => {
  journal.append([read]);
  appendFileSync(journal.file, `\n{"type":"verdict","topic":"05-acc`);
  journal.append([verdict('tok-expired')]);
  expect(journal.read()).toEqual({
    [TOPIC]: { read: true, verdicts: { 'tok-expired': 'blocked' } },
  });
});

test('what an earlier workbook kept in one file is where the journal begins', () => {
  const earlier = path.join(folder, 'progress.json');
  const text = JSON.stringify({
    [TOPIC]: { read: true, verdicts: { a: 'blocked', b: 'blocked' } },
  });
  writeFileSync(earlier, text);
  journal.append([read, verdict('b', 'breached')]);
  expect(journal.read()).toEqual({
    [TOPIC]: { read: true, verdicts: { a: 'blocked', b: 'breached' } },
  });
  expect(readFileSync(earlier, 'utf8')).toBe(text);
});

test('a file of an earlier workbook that cannot be read is left as it is', () => {
  const earlier = path.join(folder, 'progress.json');
  writeFileSync(earlier, '{ "05-access-tok');
  journal.append([read]);
  expect(journal.read()).toEqual({ [TOPIC]: { read: true } });
  expect(readFileSync(earlier, 'utf8')).toBe('{ "05-access-tok');
});

test('nothing is written that changes nothing', () => {
  journal.append([{ type: 'unpinned', topic: TOPIC, attack: 'a', name: 'b' }]);
  journal.append([read, read, verdict('a')]);
  journal.append([read, verdict('a')]);
  journal.append([{ type: 'hints', topic: TOPIC, shown: 2 }]);
  journal.append([{ type: 'hints', topic: TOPIC, shown: 1 }]);
  expect(linesIn(journal.file)).toHaveLength(3);
});

describe('put aside', () => {
  const at = new Date('2026-01-01T09:00:00.000Z');

  test('it begins anew, and what was there is kept under another name', () => {
    writeFileSync(path.join(folder, 'progress.json'), JSON.stringify({ [TOPIC]: { read: true } }));
    journal.append([verdict('tok-expired')]);
    const kept = readFileSync(journal.file, 'utf8');
    expect(journal.putAside(at).map((file) => path.basename(file))).toEqual([
      'progress-2026-01-01T09-00-00.jsonl',
      'progress-2026-01-01T09-00-00.json',
    ]);
    expect(journal.read()).toEqual({});
    expect(readFileSync(path.join(folder, 'progress-2026-01-01T09-00-00.jsonl'), 'utf8')).toBe(
      kept,
    );
    journal.append([read]);
    expect(journal.read()).toEqual({ [TOPIC]: { read: true } });
  });

  test('twice in a second, nothing replaces what was put aside before', () => {
    journal.append([read]);
    const [first = ''] = journal.putAside(at);
    journal.append([verdict('tok-expired')]);
    const [second = ''] = journal.putAside(at);
    expect(first).not.toBe(second);
    expect(linesIn(path.join(folder, path.basename(first)))).toHaveLength(1);
    expect(journal.putAside(at)).toEqual([]);
  });

  test('while another process writes, no event is lost', async () => {
    const writer = startWriter('first');
    await writer.ready;
    writer.begin();
    const kept: string[] = [];
    for (let ended = false; !ended;) {
      kept.push(...journal.putAside(at));
      ended = await Promise.race([writer.ended.then(() => true), setTimeout(2, false)]);
    }
    const files = [...kept.map((file) => path.join(folder, path.basename(file))), journal.file];
    const written = files.filter((file) => existsSync(file)).flatMap(linesIn);
    expect(written).toHaveLength(500);
  });
});

test('without an event there is no file', () => {
  expect(journal.read()).toEqual({});
  journal.append([]);
  expect(existsSync(journal.file)).toBe(false);
});

test('events and members that a later workbook writes are passed over', () => {
  for (const event of [
    { ...read, why: 'later' },
    { type: 'certificate', topic: TOPIC },
    { ...read, topic: '__proto__' },
    7,
  ]) {
    appendFileSync(journal.file, `\n${JSON.stringify(event)}\n`);
  }
  expect(journal.read()).toEqual({ [TOPIC]: { read: true } });
});

test('a question that was once answered right stays so', () => {
  const answered = (question: string, right: boolean): ProgressEvent => ({
    type: 'answered',
    topic: TOPIC,
    question,
    right,
  });
  journal.append([answered('a', false), answered('b', true)]);
  journal.append([answered('b', false), answered('a', false)]);
  expect(linesIn(journal.file)).toHaveLength(2);
  journal.append([answered('a', true)]);
  expect(journal.read()).toEqual({ [TOPIC]: { answers: { a: true, b: true } } });
});

test('a grade marks attacks as blocked, and takes back marks that no longer hold', () => {
  const slug = '01-oauth-discovery';
  journal.append([
    { type: 'verdict', topic: slug, attack: 'discovery-broken', verdict: 'blocked' },
    { type: 'verdict', topic: slug, attack: 'earlier-mark', verdict: 'blocked' },
  ]);
  const check = { title: '', points: 2, earned: 0 };
  const checks = [
    { ...check, id: 'discovery-broken', kind: 'attack', state: 'failed' },
    { ...check, id: 'metadata-host-poisoning', kind: 'attack', state: 'passed' },
    { ...check, id: 'client-finds-its-way', kind: 'use', state: 'passed' },
    { ...check, id: 'earlier-mark', kind: 'attack', state: 'never-ran' },
  ] as const;
  const about = { files: 'a'.repeat(64), track: new Set(['client-finds-its-way']) };
  recordGrade({ slug, checks: [...checks] }, { ...about, onlyTrack: false }, journal);
  expect(journal.read()[slug]?.track).toEqual({ passed: 1, all: 1 });
  const { grade, verdicts } = journal.read()[slug] ?? {};
  expect(grade).toMatchObject({
    passed: 2,
    all: 4,
    failed: ['discovery-broken'],
    works: ['client-finds-its-way'],
    files: 'a'.repeat(64),
  });
  expect(verdicts).toEqual({
    'metadata-host-poisoning': 'blocked',
    'earlier-mark': 'blocked',
  });
});

test('a stretch attack that gets through keeps no topic open', () => {
  const check = { title: '', points: 2, earned: 0 };
  const checks = [
    { ...check, id: 'tok-expired', kind: 'attack', state: 'passed' },
    { ...check, points: 0, id: 'beyond-the-lesson', kind: 'attack', state: 'failed' },
  ] as const;
  const about = { files: 'a'.repeat(64), track: new Set<string>(), onlyTrack: false };
  recordGrade({ slug: TOPIC, checks: [...checks] }, about, journal);
  expect(journal.read()[TOPIC]?.grade).toMatchObject({ passed: 1, all: 1 });
});

test('a grade of the fast track says nothing about the topic as a whole', () => {
  const check = { title: '', points: 2, earned: 2 };
  const checks = [{ ...check, id: 'tok-tampered', kind: 'attack', state: 'passed' }] as const;
  const about = { files: 'a'.repeat(64), track: new Set(['tok-tampered']), onlyTrack: true };
  recordGrade({ slug: TOPIC, checks: [...checks] }, about, journal);
  expect(journal.read()[TOPIC]).toEqual({
    track: { passed: 1, all: 1 },
    verdicts: { 'tok-tampered': 'blocked' },
  });
  journal.append([{ type: 'reset', topic: TOPIC }]);
  expect(journal.read()[TOPIC]).toEqual({});
});

test('a reset opens the topic again, and keeps what was read, answered and pinned', () => {
  const at = '2026-01-01T00:00:00.000Z';
  journal.append([
    read,
    { type: 'graded', topic: TOPIC, passed: 2, all: 2, failed: [], at },
    verdict('tok-expired'),
    { type: 'hints', topic: TOPIC, shown: 2 },
    { type: 'reset', topic: TOPIC },
  ]);
  expect(journal.read()).toEqual({ [TOPIC]: { read: true, hints: 2 } });
});

test('a pin of the same name replaces the one before, and can be taken away', () => {
  const pinned = { type: 'pinned', topic: TOPIC, attack: 'tok-expired', name: 'mine' } as const;
  journal.append([
    { ...pinned, payload: '1' },
    { ...pinned, name: 'other', payload: '2' },
  ]);
  journal.append([{ ...pinned, payload: '3' }]);
  expect(journal.read()[TOPIC]?.pins?.map(({ name, payload }) => [name, payload])).toEqual([
    ['other', '2'],
    ['mine', '3'],
  ]);
  journal.append([{ type: 'unpinned', topic: TOPIC, attack: 'tok-expired', name: 'mine' }]);
  expect(journal.read()[TOPIC]?.pins?.map(({ name }) => name)).toEqual(['other']);
});
