/** The page writes exactly the learner's stubs, and never over what somebody else wrote. */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RouteError } from './routes/answers.ts';
import { stubRoutes } from './routes/stub-routes.ts';
import { MOST_STUB_BYTES } from './routes/answers.ts';
import { StubFiles } from './stub-files.ts';

const FILE = 'exercises/05-access-tokens/verify-access-token.ts';
const SHIPPED = 'export const one = 1;\nexport const two = 2;\n';

let project: string;
let files: StubFiles;
const inProject = (file: string): string => path.join(project, file);
const onDisk = (file = FILE): string => readFileSync(inProject(file), 'utf8');
const folderOf = (file: string): string[] => readdirSync(path.dirname(inProject(file)));

beforeEach(() => {
  project = realpathSync(mkdtempSync(path.join(tmpdir(), 'stubs-')));
  mkdirSync(path.dirname(inProject(FILE)), { recursive: true });
  writeFileSync(inProject(FILE), SHIPPED);
  files = new StubFiles(project);
});
afterEach(() => rmSync(project, { recursive: true }));

function statusOf(work: () => unknown): number {
  try {
    work();
  } catch (error) {
    return (error as RouteError).status;
  }
  return 200;
}

describe('which files', () => {
  test.each([
    ['one folder up', 'exercises/05-access-tokens/../../package.json'],
    ['the long way round', 'exercises/05-access-tokens/../05-access-tokens/verify-access-token.ts'],
    ['an absolute path', '/etc/passwd'],
    ['a file of another topic in this one', 'exercises/05-access-tokens/rate-limiter.ts'],
    ['the server that is to be secured', 'exercises/weather-server/server.ts'],
    ['a solution', 'solutions/05-access-tokens/verify-access-token.ts'],
    ['a Windows path', String.raw`exercises\05-access-tokens\verify-access-token.ts`],
    ['another spelling', 'exercises/05-access-tokens/Verify-Access-Token.ts'],
    ['a stream of the file', `${FILE}::$DATA`],
    ['a NUL', `${FILE}\0`],
    ['a member of every object', '__proto__'],
    ['nothing', ''],
  ])('not %s', (_what, file) => {
    expect(statusOf(() => files.read(file))).toBe(404);
    expect(statusOf(() => files.write({ file, text: 'x', version: '' }))).toBe(404);
  });

  test('not a link to elsewhere, whatever it leads to', () => {
    writeFileSync(inProject('secret.ts'), 'secret');
    rmSync(inProject(FILE));
    symlinkSync(inProject('secret.ts'), inProject(FILE));
    expect(statusOf(() => files.read(FILE))).toBe(403);
    const version = createHash('sha256').update('secret').digest('hex');
    expect(statusOf(() => files.write({ file: FILE, text: 'x', version }))).toBe(403);
    expect(onDisk('secret.ts')).toBe('secret');
  });

  test('not behind a folder that is a link', () => {
    const folder = path.dirname(inProject(FILE));
    renameSync(folder, inProject('elsewhere'));
    symlinkSync(inProject('elsewhere'), folder);
    expect(statusOf(() => files.read(FILE))).toBe(403);
  });

  test('a file that is gone is named, with the command that brings it back', () => {
    rmSync(inProject(FILE));
    expect(() => files.read(FILE)).toThrow(`${FILE} is not there. npm run reset -- 05 brings`);
  });

  test('not one in another encoding, which would be damaged', () => {
    writeFileSync(inProject(FILE), Buffer.from([0x22, 0xff, 0x22]));
    expect(statusOf(() => files.read(FILE))).toBe(415);
  });
});

describe('writing', () => {
  test('needs the version that is on disk, and tells the one it is then', () => {
    const before = files.read(FILE);
    expect(before.text).toBe(SHIPPED);
    const { saved, now } = files.write({ file: FILE, text: 'mine\n', version: before.version });
    expect(saved).toBe(true);
    expect(files.read(FILE)).toEqual(now);
    expect(folderOf(FILE)).toEqual(['verify-access-token.ts']);
  });

  test('leaves alone what somebody else wrote in between, and shows it', () => {
    const { version } = files.read(FILE);
    writeFileSync(inProject(FILE), 'theirs\n');
    const { saved, now } = files.write({ file: FILE, text: 'mine\n', version });
    expect(saved).toBe(false);
    expect(now.text).toBe('theirs\n');
    expect(onDisk()).toBe('theirs\n');
  });

  test.each([
    ['\\r\\n', SHIPPED.replaceAll('\n', '\r\n'), 'a\r\nb\r\n'],
    ['\\n, but for a slip', `${SHIPPED}x\r\n`, 'a\nb\n'],
    ['none', 'x', 'a\nb\n'],
  ])('keeps line ends: %s', (_ends, before, after) => {
    writeFileSync(inProject(FILE), before);
    const { text, version } = files.read(FILE);
    expect(text).not.toContain('\r');
    files.write({ file: FILE, text: 'a\nb\n', version });
    expect(onDisk()).toBe(after);
  });

  test('keeps the mark at the beginning of a file, and who may do what with it', () => {
    writeFileSync(inProject(FILE), '\uFEFFx', { mode: 0o640 });
    const { text, version } = files.read(FILE);
    const mode = statSync(inProject(FILE)).mode;
    files.write({ file: FILE, text: `${text}y`, version });
    expect(onDisk()).toBe('\uFEFFxy');
    expect(statSync(inProject(FILE)).mode).toBe(mode);
  });

  test('saves what came from elsewhere before it is overwritten, and not what the page wrote', () => {
    const saved = (): string[] => {
      const folder = inProject('.workbook/saved');
      return readdirSync(folder).map((name) => onDisk(`.workbook/saved/${name}/${FILE}`));
    };
    const first = files.write({ file: FILE, text: '1', version: files.read(FILE).version });
    expect(saved()).toEqual([SHIPPED]);
    files.write({ file: FILE, text: '2', version: first.now.version });
    expect(saved()).toEqual([SHIPPED]);
    writeFileSync(inProject(FILE), 'theirs');
    files.write({ file: FILE, text: '3', version: files.read(FILE).version });
    expect(saved().sort()).toEqual([SHIPPED, 'theirs'].sort());
  });

  test('refuses half of a character and a file without end', () => {
    const { version } = files.read(FILE);
    const write = (text: string) => statusOf(() => files.write({ file: FILE, text, version }));
    expect(write('\uD800')).toBe(400);
    expect(write('x'.repeat(MOST_STUB_BYTES + 1))).toBe(413);
    expect(write('東'.repeat(MOST_STUB_BYTES / 2))).toBe(413);
    expect(onDisk()).toBe(SHIPPED);
    expect(write('x'.repeat(MOST_STUB_BYTES))).toBe(200);
  });

  test('does not read a file without end either', () => {
    writeFileSync(inProject(FILE), 'x'.repeat(MOST_STUB_BYTES + 1));
    expect(statusOf(() => files.read(FILE))).toBe(413);
  });
});

describe('the routes', () => {
  type Answer = { status: number; body: unknown };
  async function ask(route: string, url: string, body?: unknown): Promise<Answer> {
    const request = Object.assign(Readable.from([Buffer.from(JSON.stringify(body ?? null))]), {
      url,
    });
    const answer: Answer = { status: 0, body: undefined };
    const response = {
      writeHead: (status: number) => (answer.status = status),
      end: (text: string) => (answer.body = JSON.parse(text)),
    };
    await stubRoutes(files)[route]!(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse,
    );
    return answer;
  }

  test('answer with the file, and with the other version when there is one', async () => {
    const read = await ask('GET /stub', `/stub?file=${encodeURIComponent(FILE)}`);
    expect(read).toMatchObject({ status: 200, body: { text: SHIPPED } });
    const { version } = read.body as { version: string };
    const saved = await ask('POST /stub', '/stub', { file: FILE, text: 'mine', version });
    expect(saved).toMatchObject({ status: 200, body: { text: 'mine' } });
    const late = await ask('POST /stub', '/stub', { file: FILE, text: 'late', version });
    expect(late).toMatchObject({ status: 409, body: { text: 'mine' } });
    expect(onDisk()).toBe('mine');
  });

  test('stop reading a body that no file could be', async () => {
    const save = { file: FILE, text: 'x'.repeat(5 * MOST_STUB_BYTES), version: '' };
    await expect(ask('POST /stub', '/stub', save)).rejects.toMatchObject({ status: 413 });
    save.text = 'x'.repeat(2 * MOST_STUB_BYTES);
    await expect(ask('POST /stub', '/stub', save)).rejects.toMatchObject({ status: 400 });
  });
});
