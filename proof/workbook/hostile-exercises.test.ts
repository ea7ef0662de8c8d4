/**
 * Exercises that misbehave or take a short cut, in a copy of the workbook.
 *
 * @module-tag long
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyWorkbook, type WorkbookCopy } from '../../shared/copy-workbook.ts';
import { curriculum, filesOf } from '../../catalogue/curriculum.ts';
import { solutionFiles } from '../solutions.ts';

let copy: WorkbookCopy;
beforeAll(() => {
  copy = copyWorkbook('hostile');
});
afterAll(() => copy.remove());
const inCopy = (file: string): string => path.join(copy.folder, file);

/** Ways to a solution, each written into `exercises/slug/file`. */
const shortCuts: ((slug: string, file: string, control: string) => void)[] = [
  (slug, file) => write(slug, file, `export * from '../../solutions/${slug}/${file}';`),
  (slug, file, control) =>
    write(
      slug,
      file,
      `import { ${control} } from '../../solutions/${slug}/${file}';\nexport { ${control} };`,
    ),
  (slug, file, control) =>
    write(
      slug,
      file,
      `export const { ${control} } = await import(new URL('../../solutions/${slug}/${file}', import.meta.url).href);`,
    ),
  (slug, file, control) =>
    write(
      slug,
      file,
      `import { createRequire } from 'node:module';
export const { ${control} } = createRequire(import.meta.url)('../../solutions/${slug}/${file}');`,
    ),
  (slug, file) => {
    write(slug, 'helper.ts', `export * from '../../solutions/${slug}/${file}';`);
    write(slug, file, "export * from './helper.ts';");
  },
  (slug, file) => {
    const [right] = solutionFiles('right', slug);
    write(slug, file, `export * from '../../${right?.file}';`);
  },
];
// Making links needs a privilege on Windows.
if (process.platform !== 'win32') {
  shortCuts.push((slug, file) => {
    rmSync(inCopy(`exercises/${slug}/${file}`));
    symlinkSync(inCopy(`solutions/${slug}/${file}`), inCopy(`exercises/${slug}/${file}`));
  });
}

const write = (slug: string, file: string, text: string): void =>
  writeFileSync(inCopy(`exercises/${slug}/${file}`), `${text}\n`);
const restore = (): void => {
  rmSync(inCopy('exercises'), { recursive: true });
  cpSync(path.resolve(import.meta.dirname, '../../exercises'), inCopy('exercises'), {
    recursive: true,
  });
};

test('an exercise that takes a solution is refused, and told by name, in every topic', async () => {
  const { Lab } = (await import(
    /* @vite-ignore */ pathToFileURL(inCopy('lab/lab.ts')).href
  )) as typeof import('../../lab/lab.ts');
  const lab = await Lab.open();
  try {
    for (const [index, topic] of curriculum.entries()) {
      const [control = '', file = ''] = Object.entries(topic.controls)[0] ?? [];
      shortCuts[index % shortCuts.length]?.(topic.slug, file, control);
      const problem = await lab.problemWith({ kind: 'student', topic: topic.slug });
      expect(problem, topic.slug).toMatch(
        /exercises\/\S+(:\d+ imports| is a link to) .*solutions\//,
      );
      expect(problem).toContain(`exercises/${topic.slug}/`);
    }
  } finally {
    await lab.close();
    restore();
  }
});

test.runIf(process.platform !== 'win32')(
  'a pipe in the place of a stub is told by name, and nobody waits for it',
  async () => {
    const file = inCopy('exercises/06-scopes/scopes.ts');
    rmSync(file);
    execFileSync('mkfifo', [file]);
    const { Lab } = (await import(
      /* @vite-ignore */ pathToFileURL(inCopy('lab/lab.ts')).href
    )) as typeof import('../../lab/lab.ts');
    const lab = await Lab.open();
    expect(await lab.problemWith({ kind: 'student', topic: '06-scopes' })).toMatch(
      /exercises\/06-scopes\/scopes\.ts is not a file/,
    );
    await lab.close();
    for (const [command, args] of [
      ['commands/grade.ts', ['06']],
      ['commands/reset.ts', ['06']],
    ] as const) {
      const { output } = await copy.run(command, [...args]);
      expect(output).toContain('exercises/06-scopes/scopes.ts is not a file');
      expect(output).not.toMatch(/^ {4}at /m);
    }
    restore();
  },
);

test('types of the solutions, and packages, may be imported', async () => {
  const { Lab } = (await import(
    /* @vite-ignore */ pathToFileURL(inCopy('lab/lab.ts')).href
  )) as typeof import('../../lab/lab.ts');
  const lab = await Lab.open();
  const stub = readFileSync(inCopy('exercises/06-scopes/scopes.ts'), 'utf8');
  write(
    '06-scopes',
    'scopes.ts',
    `import type * as Solved from '../../solutions/06-scopes/scopes.ts';\nimport 'helmet';\nexport type T = typeof Solved;\n${stub}`,
  );
  expect(await lab.problemWith({ kind: 'student', topic: '06-scopes' })).toBeUndefined();
  await lab.close();
  restore();
});

test('grading goes on past hostile code, and leaves nothing behind', async () => {
  const pids = inCopy('pids');
  const temporary = inCopy('temporary');
  mkdirSync(temporary);
  // Ends every process it is loaded into, and says which.
  write(
    '01-oauth-discovery',
    'metadata.ts',
    `import { appendFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(pids)}, process.pid + ' ');
export const describeAuthorizationServer = () => process.kill(process.pid, 'SIGKILL');
export const describeProtectedResource = describeAuthorizationServer;`,
  );
  // Solved, and saved once more by the time it is graded.
  const scopes = curriculum.find(({ slug }) => slug === '06-scopes');
  for (const file of scopes ? filesOf(scopes) : []) {
    cpSync(inCopy(`solutions/06-scopes/${file}`), inCopy(`exercises/06-scopes/${file}`));
  }
  const saved = inCopy('exercises/06-scopes/alert-ownership.ts');
  writeFileSync(
    saved,
    `import { appendFileSync } from 'node:fs';\n${readFileSync(saved, 'utf8')}
appendFileSync(${JSON.stringify(pids)}, process.pid + ' ');
appendFileSync(import.meta.filename, '// saved\\n');`,
  );

  const { code, output } = await copy.run('commands/grade.ts', ['01', '06'], {
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  });
  expect(output).toMatch(/0 of \d+ {2}01 /);
  expect(output).toMatch(
    /exercises\/01-oauth-discovery\/metadata\.ts:3: the code ended the process/,
  );
  expect(output).toMatch(/(\d+) of \1 {2}06 /);
  expect(output).toMatch(/exercises\/06-scopes\/alert-ownership\.ts was saved during this run/);
  expect(code).toBe(1);

  const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
  expect(started.length).toBeGreaterThan(1);
  // They notice by themselves that the command is gone.
  await expect.poll(() => started.filter(isRunning), { timeout: 20_000 }).toEqual([]);
  // tsx keeps what it has compiled for the next start.
  expect(readdirSync(temporary).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
  expect(readdirSync(inCopy('.workbook'))).toEqual(['progress.jsonl']);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
