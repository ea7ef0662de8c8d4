/** What stands between a command and a person: a sentence, and never a stack. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectFolder } from '../shared/project-path.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'workbook-run-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program of one file as a command of a workbook in `project`. */
async function run(
  program: string,
  project = projectFolder,
  meanwhile: (child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<{ code: unknown; said: string }> {
  const file = path.join(folder, 'command.mts');
  writeFileSync(file, program);
  const child = spawn(process.execPath, [path.join(project, 'scripts/run.mjs'), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      meanwhile(child);
    });
  }
  const [code] = await once(child, 'close');
  return { code, said };
}

test.each(['#', '%20', '?'])('a folder with %s in its name is refused first', async (part) => {
  const project = path.join(folder, `a${part}b`);
  mkdirSync(path.join(project, 'scripts'), { recursive: true });
  cpSync(path.join(projectFolder, 'scripts/run.mjs'), path.join(project, 'scripts/run.mjs'));
  symlinkSync(
    path.join(projectFolder, 'node_modules'),
    path.join(project, 'node_modules'),
    'junction',
  );
  const { code, said } = await run("console.log('ran');", project);
  expect(said).toMatch(/^The workbook lies in .*, and cannot work where .*\. Move it, .*\.\n$/);
  expect(code).toBe(2);
});

test.each([
  ['a full disk', 'ENOSPC', /x\.json cannot be written, because the disk is full/],
  ['a read-only drive', 'EROFS', /x\.json cannot be written, because the drive is read-only/],
  ['a folder where a file should be', 'EISDIR', /x\.json is a folder/],
  ['a port that was just taken', 'EADDRINUSE', /port that another program has just taken/],
])('%s is said in a sentence', async (_what, code, sentence) => {
  for (const how of [
    'throw error;',
    'setTimeout(() => { throw error; });',
    'void Promise.reject(error);',
  ]) {
    const error = `Object.assign(new Error(), { code: '${code}', path: 'x.json' })`;
    const { said, code: ended } = await run(`const error = ${error}; ${how}`);
    expect(said).toMatch(sentence);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(ended).toBe(1);
  }
});

test('a defect of ours keeps its stack', async () => {
  const { said, code } = await run("throw new Error('not foreseen');");
  expect(said).toMatch(/not foreseen[\s\S]*command\.mts/);
  expect(code).toBe(1);
});

test.runIf(process.platform !== 'win32')(
  'Ctrl+C right after the start ends it, in silence',
  async () => {
    const program =
      "console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 60_000));";
    const { said, code } = await run(program, projectFolder, (child) => child.kill('SIGINT'));
    expect(said).toBe('begun\n');
    expect(code).toBe(130);
  },
);
