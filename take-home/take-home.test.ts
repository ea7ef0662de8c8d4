/**
 * `npm run take-home`, as far as the workbook's own packages go: what is written, that it holds
 * together, and that nothing is left where it cannot be. `npm run test:take-home` installs and runs it.
 */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { curriculum, filesOf } from '../catalogue/curriculum.ts';
import type { Progress } from '../grader/progress/progress.ts';
import { projectFolder } from '../shared/project-path.ts';
import { layDown } from './lay-down.ts';
import { nameOf } from './made-files.ts';
import { openTopics } from './open-topics.ts';
import { planProject } from './plan-project.ts';
import { startHere } from './project/attacks/start-here.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'take-home-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Node from 22.18 on reads the project as it is. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const canRun = major >= 24 || (major === 22 && minor >= 18);

describe('a project that is written', () => {
  let project: string;
  beforeAll(async () => {
    project = path.join(folder, 'written');
    layDown(project, await planProject('exercises', openTopics({})));
    symlinkSync(path.join(projectFolder, 'node_modules'), path.join(project, 'node_modules'));
    // Of the project's own packages these types are part.
    copyFileSync(
      path.join(import.meta.dirname, 'node-sqlite.d.ts'),
      path.join(project, 'node-sqlite.d.ts'),
    );
  });
  const read = (file: string): string => readFileSync(path.join(project, file), 'utf8');

  test('has the controls and the attacks of each topic, and names what is not solved', () => {
    for (const topic of curriculum) {
      for (const file of filesOf(topic)) {
        expect(existsSync(path.join(project, 'src', topic.slug, file))).toBe(true);
      }
      expect(existsSync(path.join(project, 'tests/topics', `${topic.slug}.test.ts`))).toBe(true);
      expect(read('src/unsolved.ts')).toContain(nameOf(topic));
      const head = read('README.md').split('\n## ')[0];
      expect(head).toContain(`**${nameOf(topic)}** (never graded)`);
    }
  });

  test('has nothing of the reference, and none of the insecure controls but a learner’s own', () => {
    const solutions = curriculum.flatMap((topic) =>
      filesOf(topic).map((file) =>
        readFileSync(path.join(projectFolder, 'solutions', topic.slug, file), 'utf8').slice(-200),
      ),
    );
    for (const name of readdirSync(project, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.startsWith('node_modules')) continue;
      const text = read(name);
      for (const end of solutions) expect(text.includes(end), name).toBe(false);
      expect(path.basename(name)).not.toBe('unguarded.ts');
    }
  });

  test('pins its packages as the workbook does, and runs without those that only tests need', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const versions = Object.values({ ...dependencies, ...devDependencies });
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(['express', 'pino', 'zod']));
    for (const name of ['sql.js', 'just-bash', 'vitest', 'tsx']) {
      expect(dependencies).not.toHaveProperty(name);
    }
  });

  test('has types that hold, and starts where Node can', async () => {
    const compiler = path.join(projectFolder, 'node_modules', 'typescript', 'bin', 'tsc');
    const checked = await run(process.execPath, [compiler], { cwd: project }).catch(
      (error: { stdout: string }) => error,
    );
    expect(checked.stdout).toBe('');
    if (!canRun) return;
    const server = await startHere(path.join(folder, 'data'), path.join(project, 'src', 'main.ts'));
    try {
      expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });
});

test('of the reference has nothing that is open', async () => {
  const project = await planProject('solutions', []);
  expect(project.get('src/unsolved.ts')).not.toContain('05 ');
  expect(project.get('README.md')).toContain('every topic of the workbook was solved');
  expect(project.get('src/05-access-tokens/bearer-auth.ts')).toContain("'../weather-server/");
});

describe('a topic is open', () => {
  const graded = (passed: number): Progress =>
    Object.fromEntries(
      curriculum.map(({ slug }) => [
        slug,
        { grade: { passed, all: 3, failed: [], at: '2026-01-01T00:00:00.000Z' } },
      ]),
    );
  const at = Date.parse('2026-01-01T00:00:00.000Z');

  test('unless all its checks passed, of the files as they are', () => {
    expect(openTopics(graded(3), () => at - 1)).toEqual([]);
  });

  test.each([
    ['never graded', {}, at - 1],
    ['2 of 3 checks pass', graded(2), at - 1],
    ['was saved after it was graded', graded(3), at + 1],
    ['was saved after it was graded', graded(3), undefined],
  ])('%s', (why, progress, savedAt) => {
    const open = openTopics(progress, () => savedAt);
    expect(open.map(({ topic }) => topic.slug)).toEqual(curriculum.map(({ slug }) => slug));
    for (const topic of open) expect(topic.why).toContain(why);
  });
});

describe('where a project cannot be', () => {
  const someFiles = new Map([['a/b.txt', 'text']]);
  const leftovers = (): string[] => readdirSync(folder).filter((name) => name.startsWith('.'));

  test('a folder that is there stays as it is', () => {
    const own = path.join(folder, 'own');
    mkdirSync(own);
    writeFileSync(path.join(own, 'mine.txt'), 'mine');
    expect(() => layDown(own, someFiles)).toThrow('is there already');
    expect(readdirSync(own)).toEqual(['mine.txt']);
    const dangling = path.join(folder, 'dangling');
    symlinkSync('nowhere', dangling);
    expect(() => layDown(dangling, someFiles)).toThrow('is there already');
  });

  test.each([
    ['no/such/parent/x', 'is not there'],
    ['own/mine.txt/x', 'is a file'],
    ['x'.repeat(300), 'too long'],
  ])('%s is refused in a line', (place, why) => {
    const refused = (): void => layDown(path.join(folder, place), someFiles);
    expect(refused).toThrow(new RegExp(`^[^\\n]*${why}[^\\n]*$`));
    expect(leftovers()).toEqual([]);
  });

  test('the workbook is no place for it', () => {
    expect(() => layDown(path.join(projectFolder, 'x'), someFiles)).toThrow('outside');
    expect(existsSync(path.join(projectFolder, 'x'))).toBe(false);
  });

  test('nothing is left of one that could not be written to its end', () => {
    const target = path.join(folder, 'half');
    const broken = new Map([...someFiles, ['a/b.txt/c.txt', 'below a file']]);
    expect(() => layDown(target, broken)).toThrow(/^[^\n]*was not written[^\n]*$/);
    expect(existsSync(target)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  test('the command says what it did not understand', async () => {
    const command = ['scripts/run.mjs', 'commands/take-home.ts'];
    for (const words of [[], ['one', 'two'], ['--nothing', 'one']]) {
      const ended = run(process.execPath, [...command, ...words], { cwd: projectFolder });
      await expect(ended).rejects.toMatchObject({ code: 2 });
    }
  });
});
