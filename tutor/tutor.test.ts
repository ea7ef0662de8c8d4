/** The tutor without a client around it: what it shows, what it keeps to itself, how it refuses. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeOutline } from '../playground/lessons/lesson-outlines.ts';
import { curriculum, filesOf } from '../catalogue/curriculum.ts';
import { ProgressJournal } from '../grader/progress/progress-journal.ts';
import { projectFolder } from '../shared/project-path.ts';
import { sectionsOf, textOfSection } from './lesson-sections.ts';
import { createTutor } from './tutor-server.ts';
import { TutorError, untrusted } from './results.ts';

const read = (...names: string[]): string =>
  readFileSync(path.join(projectFolder, ...names), 'utf8');

let folder: string;
let journal: ProgressJournal;
let lines: string[];
let opened: string[];
let client: Client;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tutor-'));
  journal = new ProgressJournal(folder);
  lines = [];
  opened = [];
  const tutor = createTutor(
    {
      journal,
      withLab: async () => {
        throw new Error('a secret path: /home/somebody');
      },
      openPage: async (place) => {
        opened.push(place);
        return true;
      },
    },
    { writeLine: (line) => void lines.push(line) },
  );
  client = new Client({ name: 'test', version: '1.0.0' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await tutor().connect(theirs);
  await client.connect(ours);
});
afterEach(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

interface Said {
  isError: boolean;
  data: Record<string, unknown>;
  text: string;
}

async function call(name: string, args: Record<string, unknown> = {}): Promise<Said> {
  const result = await client.callTool({ name, arguments: args });
  const [first] = result.content;
  const text = first?.type === 'text' ? first.text : '';
  return { isError: result.isError === true, data: JSON.parse(text) as Said['data'], text };
}

const pass = (slug: string): void =>
  journal.append([
    { type: 'graded', topic: slug, passed: 3, all: 3, failed: [], at: '2026-01-01T00:00:00.000Z' },
  ]);

describe('before a topic has passed', () => {
  /** Lines of code long enough to be nobody's by chance. */
  const codeOf = (file: string): string[] =>
    read(file)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length > 40 && !/^(?:\/?\*|\/\/|import )/.test(line));
  const given = new Set(
    readdirSync(path.join(projectFolder, 'exercises'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => codeOf(`exercises/${name}`)),
  );

  test.each(curriculum.map(({ slug }) => slug))(
    'nothing of its reference is quoted: %s',
    (slug) => {
      const shown = sectionsOf(slug)
        .map((section) => textOfSection(slug, section, () => false) ?? '')
        .join('\n');
      for (const topic of curriculum) {
        const own = filesOf(topic).flatMap((file) => codeOf(`solutions/${topic.slug}/${file}`));
        const secret = own.filter((line) => !given.has(line));
        // A line that a lesson writes out is the lesson's; a run of them is the reference.
        const runs = secret.slice(2).map((line, index) => [secret[index], secret[index + 1], line]);
        for (const run of runs) {
          expect(
            run.every((line) => shown.includes(line ?? '')),
            run.join('\n'),
          ).toBe(false);
        }
      }
    },
  );

  test('the section of the reference is not shown, however it is asked for', async () => {
    for (const section of [
      'the-reference',
      'The-Reference',
      'the-reference ',
      '../the-reference',
    ]) {
      const { isError, text } = await call('read_lesson', { topic: '05', section });
      expect(isError).toBe(true);
      expect(text).not.toContain('knownFor(jwks)');
    }
  });

  test('passing another topic, or half of this one, does not show it', async () => {
    pass('06-scopes');
    journal.append([
      {
        type: 'graded',
        topic: '05-access-tokens',
        passed: 2,
        all: 3,
        failed: [],
        at: '2026-01-01T00:00:00.000Z',
      },
      { type: 'spoiled', topic: '05-access-tokens' },
    ]);
    const { isError } = await call('read_lesson', { topic: '05', section: 'the-reference' });
    expect(isError).toBe(true);
  });

  test('it is shown afterwards', async () => {
    pass('05-access-tokens');
    const { text } = await call('read_lesson', { topic: '05', section: 'the-reference' });
    expect(text).toContain('knownFor(jwks)');
  });
});

describe('lessons', () => {
  test.each(curriculum.map(({ slug }) => slug))(
    'have the sections of the page: %s',
    async (slug) => {
      const file = path.join(projectFolder, 'lessons', `${slug}.md`);
      const { sections } = await makeOutline(readFileSync(file, 'utf8'), file, projectFolder);
      const ofPage = sections.map(({ id }) => id).filter((id) => id !== 'quiz');
      expect(sectionsOf(slug).map(({ id }) => id)).toEqual(ofPage);
    },
  );

  test('show no answer of the quiz', () => {
    for (const { slug } of curriculum) {
      const shown = sectionsOf(slug).map((section) => section.lines.join('\n'));
      expect(shown.join('\n')).not.toContain('right: true');
    }
  });
});

describe('a call', () => {
  test.each([
    ['read_lesson', { topic: '../../solutions' }, 'NOT_FOUND'],
    ['read_lesson', { topic: '05', section: 'nothing-of-this' }, 'NOT_FOUND'],
    ['read_lesson', { topic: '05', file: 'solutions/05-access-tokens' }, 'INVALID_INPUT'],
    ['read_lesson', { topic: 5 }, 'INVALID_INPUT'],
    ['read_lesson', { topic: '0'.repeat(81) }, 'INVALID_INPUT'],
    ['fire_attack', { topic: '05', attack: 'no-such-attack' }, 'NOT_FOUND'],
    ['fire_attack', { topic: '05', attack: 'tok-missing', variant: '__proto__' }, 'NOT_FOUND'],
    ['fire_attack', { topic: '05', attack: 'tok-missing', payload: '{' }, 'INVALID_INPUT'],
    ['explain_failure', { topic: '05', check: 'no-such-check' }, 'NOT_FOUND'],
    ['open_page', { topic: '05', section: 'javascript' }, 'NOT_FOUND'],
    ['open_page', { topic: '05', attack: 'https://evil.example' }, 'INVALID_INPUT'],
    ['run_shell', {}, 'NOT_FOUND'],
  ])('%s %j is refused with %s', async (name, args, code) => {
    const { isError, data } = await call(name, args);
    expect(isError).toBe(true);
    expect(data).toMatchObject({ error: { code, message: expect.any(String) } });
    expect(opened).toEqual([]);
  });

  test('that fails inside says nothing of the inside', async () => {
    const { data, text } = await call('grade_topic', { topic: '05' });
    expect(data).toMatchObject({ error: { code: 'INTERNAL', retryable: true } });
    expect(text).not.toContain('secret');
  });

  test('leaves a line, whatever becomes of it, without what was sent', async () => {
    await call('list_topics');
    await call('read_lesson', { topic: 'private words' });
    await call('private_name');
    const read = lines.map((line) => JSON.parse(line) as { tool: string; outcome: string });
    expect(read.map(({ tool, outcome }) => `${tool} ${outcome}`)).toEqual([
      'list_topics succeeded',
      'read_lesson failed',
      '(unknown) failed',
    ]);
    expect(lines.join()).not.toContain('private');
  });

  test('beyond sixty in a minute is refused, invalid ones counted, and the next minute is new', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      for (let count = 0; count < 60; count++) await call('read_lesson', { topic: 1 });
      expect((await call('list_topics')).data).toMatchObject({ error: { code: 'RATE_LIMITED' } });
      vi.setSystemTime(Date.now() + 60_000);
      expect((await call('list_topics')).isError).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});

test('one hint more each time, and the page at a known place', async () => {
  const [first, second] = [
    await call('next_hint', { topic: '05' }),
    await call('next_hint', { topic: '05' }),
  ];
  expect([first.data['left'], second.data['left']]).toEqual([2, 1]);
  expect((await call('next_hint', { topic: '05', again: true })).data['left']).toBe(1);
  await call('open_page', { topic: '05', section: 'time' });
  await call('open_page', { topic: 'access-tokens' });
  await call('open_page', { topic: '05-access-tokens', attack: 'tok-missing' });
  expect(opened).toEqual(['#/topic/05-access-tokens/time', '#/attack/tok-missing']);
});

test('results say that they are data, descriptions are short, and no text hides a character', async () => {
  expect((await call('list_topics')).data['notice']).toContain('Data');
  const { tools } = await client.listTools();
  for (const { description = '' } of tools) expect(description.length).toBeLessThan(120);
  expect(untrusted('a\u202eb\u{e0041}')).toEqual({ untrusted: true, text: 'a\\u202eb\\u{e0041}' });
  expect(untrusted('x'.repeat(100_000)).text.length).toBeLessThan(5_000);
  expect(new TutorError('NOT_FOUND', 'x').code).toBe('NOT_FOUND');
});
