/** Hand-ins as people really make them, and what of each is used. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { collectStubs, type CollectedStubs } from './collect-stubs.ts';
import { faultIn, importsIn, namesSolutions } from './source-text.ts';

const STUB = 'exercises/08-city-input/city-input.ts';
const FINISHED = readFileSync(path.join(projectFolder, 'solutions/08-city-input/city-input.ts'));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hand-in-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: string | Buffer = FINISHED): void {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
}

const collected = (): CollectedStubs => collectStubs(folder, selectTopics(['08']));
const taken = ({ files }: CollectedStubs): string[] => [...files.keys()];

describe('what is in its place', () => {
  test.each([
    ['a workbook', 'exercises/08-city-input/city-input.ts'],
    ['bare folders of topics', '08-city-input/city-input.ts'],
    ['what was unpacked into a folder', 'weather-main/exercises/08-city-input/city-input.ts'],
    ['what was packed twice', 'ada/work/08-city-input/city-input.ts'],
    ['a folder beside some text', 'work/08-city-input/city-input.ts'],
  ])('is taken from %s', (_what, file) => {
    write(file);
    write('__MACOSX/ada/08-city-input/._city-input.ts', 'x');
    write('.DS_Store', 'x');
    write('metadata.txt', 'Handed in by Ada.');
    const all = collected();
    expect(taken(all)).toEqual([STUB]);
    expect(all.notes).toEqual([]);
    expect(all.problem).toBeUndefined();
  });

  test('is found beside anything, however many', () => {
    for (let index = 0; index < 600; index++) write(`data/${index}.txt`, '');
    write('submission metadata.txt', '');
    write('work/08-city-input/city-input.ts');
    expect(taken(collected())).toEqual([]);
    write('exercises/08-city-input/city-input.ts');
    expect(taken(collected())).toEqual([STUB]);
  });

  test('is not found behind a link, and it says so', () => {
    write('elsewhere/08-city-input/city-input.ts');
    mkdirSync(path.join(folder, 'ada'));
    symlinkSync(path.join(folder, 'elsewhere'), path.join(folder, 'ada/exercises'), 'junction');
    const { files, notes, problem } = collectStubs(path.join(folder, 'ada'));
    expect(files.size).toBe(0);
    expect(notes).toEqual(['exercises is a link, and links are not followed.']);
    expect(problem).toMatch(/no exercise files/);
  });

  test('of a whole workbook, nothing else is taken, and its own rooms are not looked into', () => {
    write(STUB);
    write('solutions/08-city-input/city-input.ts');
    write('proof/right-solutions/08-city-input/city-input.ts');
    write('exercises/weather-server/server.ts', 'd');
    write('package.json', '{}');
    expect(collected()).toEqual({ files: new Map([[STUB, FINISHED]]), notes: [] });
  });

  test('links, folders and huge files are not taken, and it says so', () => {
    write('secret.txt', 'secret');
    write('elsewhere/authorization-request.ts', 'secret');
    write('01-oauth-discovery/metadata.ts', 'x'.repeat(300 * 1024));
    mkdirSync(path.join(folder, '01-oauth-discovery/bearer-challenge.ts'));
    symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, '08-city-input'));
    // A junction: a link to a folder that Windows lets everybody make.
    symlinkSync(path.join(folder, 'elsewhere'), path.join(folder, '03-pkce'), 'junction');
    const { files, notes } = collectStubs(folder, selectTopics(['01', '03']));
    expect(files.size).toBe(0);
    expect(notes).toEqual(
      expect.arrayContaining([
        '01-oauth-discovery/metadata.ts was not taken: it has more than 256 KiB.',
        '01-oauth-discovery/bearer-challenge.ts was not taken: it is not a file.',
        '03-pkce/authorization-request.ts was not taken: its folder is a link.',
        '03-pkce/redirect-and-consent.ts was not taken: its folder is a link.',
      ]),
    );
  });
});

describe('what is not in its place is named', () => {
  test('a file that a browser has numbered', () => {
    write('exercises/08-city-input/city-input (1).ts');
    write('exercises/10-rate-limits/rate-limiter.ts');
    const all = collected();
    expect(all.notes.join()).toContain('city-input.ts is missing; found city-input (1).ts.');
    expect(all.problem).toBeUndefined();
  });

  test.each([
    ['a flat file', 'city-input.ts'],
    ['a renamed folder', 'topic 8/city-input.ts'],
    ['capitals', '08-City-Input/City-Input.ts'],
    ['JavaScript', '08-city-input/city-input.js'],
    ['a mail program’s ending', '08-city-input/city-input.ts.txt'],
    ['a prefix', 'ada_lovelace_12345_city-input.ts'],
    ['a suffix', '08-city-input/city_input-final-v2.ts'],
  ])('%s', (_what, file) => {
    write(file);
    const { problem, notes } = collected();
    expect(problem).toMatch(/^None of its files is in its place/);
    expect(notes).toEqual([
      `08-city-input/city-input.ts is missing; found ${file.replace(/^08-city-input\//, '')}.`,
    ]);
  });

  test('the shipped stub in its place, and the finished file beside it', () => {
    const { [STUB]: shipped = '' } = JSON.parse(
      readFileSync(path.join(projectFolder, 'catalogue/shipped-stubs.json'), 'utf8'),
    ) as Record<string, string>;
    write(STUB, shipped);
    write('city-input.ts');
    expect(collected().notes).toEqual([
      `${STUB} is what counts, and is as it was shipped; found city-input.ts as well.`,
    ]);
  });

  test('two that differ', () => {
    write(STUB);
    write('exercises/08-city-input/city-input copy.ts', 'x');
    write('08-city-input/city-input.ts', 'x');
    expect(collected().notes).toEqual([
      `${STUB} is what counts; found 08-city-input/city-input.ts and city-input copy.ts as well.`,
    ]);
  });

  test('an archive, and what is there otherwise', () => {
    write('work.zip', 'PK');
    write('readme.md', 'See there.');
    expect(collected()).toEqual({
      files: new Map(),
      notes: ['work.zip is an archive: unpack it first.'],
      problem: 'It has no exercise files: neither exercises/NN-…/*.ts nor NN-…/*.ts.',
    });
  });

  test('topics of which nothing is there', () => {
    write(STUB);
    expect(collectStubs(folder, selectTopics(['05', '08', '10'])).notes).toEqual([
      'There is nothing of topic 05, 10.',
    ]);
  });

  test('a stub of which the sister is there', () => {
    write('01-oauth-discovery/metadata.ts', 'x');
    expect(collectStubs(folder, selectTopics(['01'])).notes).toEqual([
      '01-oauth-discovery/bearer-challenge.ts is missing.',
    ]);
  });
});

describe('what cannot be read as it was meant is named', () => {
  const SOURCE = 'export const checkCity = (city: string): string => city;\n';
  test.each([
    [
      'UTF-16 with a mark',
      Buffer.from(`\ufeff${SOURCE}`, 'utf16le'),
      'is UTF-16; save it as UTF-8',
    ],
    ['UTF-16 without', Buffer.from(SOURCE, 'utf16le'), 'is UTF-16; save it as UTF-8'],
    [
      'UTF-16, the other end first',
      Buffer.from(`\ufeff${SOURCE}`, 'utf16le').swap16(),
      'is UTF-16; save it as UTF-8',
    ],
    ['Latin-1', Buffer.from(`// für\n${SOURCE}`, 'latin1'), 'is not UTF-8; save it as UTF-8'],
    ['no bytes', Buffer.alloc(0), 'is empty'],
    ['a mark and blank lines', Buffer.from('\ufeff\n \n'), 'is empty'],
    [
      'conflict markers',
      Buffer.from(`a\n<<<<<<< HEAD\n${SOURCE}=======\n${SOURCE}>>>>>>> theirs\n`),
      'holds conflict markers, from line 2 on; choose a side and delete them',
    ],
  ])('%s', (_what, bytes, note) => {
    write(STUB, bytes);
    const all = collected();
    expect(taken(all)).toEqual([STUB]);
    expect(all.notes).toEqual([`${STUB} ${note}.`]);
  });

  test('and honest files are not', () => {
    for (const text of [
      SOURCE,
      `\ufeff${SOURCE}`,
      '// =======\n// <<<<<<< no\nexport {};',
      '// 東京 ü\u0301',
    ]) {
      expect(faultIn(Buffer.from(text))).toBeUndefined();
    }
  });

  test('a file that names the folder of the reference', () => {
    write(STUB, 'export const x = await read("../../../solutions/08-city-input/city-input.ts");');
    expect(collected().notes).toEqual([
      `${STUB} names the folder solutions: see what it does there.`,
    ]);
    expect(namesSolutions('// solutions/ are many\nconst solutions = "two solutions";')).toBe(
      false,
    );
  });
});

describe('helper files', () => {
  test('in exercises/ are taken as far as they are imported, and with what they import', () => {
    write(
      STUB,
      "import { a } from './parts/a.js';\nexport * from '../common';\nexport const y = a;",
    );
    write('exercises/08-city-input/parts/a.ts', "export const a = await import('./größe.ts');");
    write('exercises/08-city-input/parts/gro\u0308ße.ts', "import data from '../names.json';");
    write('exercises/08-city-input/names.json', '[]');
    write('exercises/common.ts', "import type { T } from 'nowhere';\nimport fs from 'node:fs';");
    write('exercises/08-city-input/unused.ts', 'x');
    const all = collected();
    expect(taken(all)).toEqual([
      STUB,
      'exercises/08-city-input/parts/a.ts',
      'exercises/common.ts',
      'exercises/08-city-input/parts/größe.ts',
      'exercises/08-city-input/names.json',
    ]);
    expect(all.notes).toEqual([]);
  });

  test.each([
    ['./gone.ts', 'which is not there'],
    ['../../lib/mine.ts', 'which is outside of exercises/ and is not handed in with it'],
    ['../weather-server/mine.ts', 'which the weather server of the workbook does not have'],
    ['no-such-package-here/deep', 'a package that the workbook does not have'],
    ['./package.json', 'which is no source file'],
    ['./notes.pdf', 'which is no source file'],
    ['./linked.ts', 'which was not taken: it is a link'],
  ])('%s will fail, and it says so', (specifier, why) => {
    write('lib/mine.ts', 'x');
    write('exercises/08-city-input/package.json', '{}');
    write('exercises/08-city-input/notes.pdf', 'x');
    write(STUB, `import { a } from '${specifier}';`);
    symlinkSync('/etc/hostname', path.join(folder, 'exercises/08-city-input/linked.ts'));
    const all = collected();
    expect(taken(all)).toEqual([STUB]);
    expect(all.notes).toEqual([`${STUB} could not be loaded: it imports ${specifier}, ${why}.`]);
  });

  test('what stubs and references import is there', () => {
    cpSync(path.join(projectFolder, 'exercises'), path.join(folder, 'a/exercises'), {
      recursive: true,
    });
    cpSync(path.join(projectFolder, 'solutions'), path.join(folder, 'b/exercises'), {
      recursive: true,
    });
    for (const name of ['a', 'b']) {
      const { notes } = collectStubs(path.join(folder, name));
      expect(notes.filter((note) => note.includes('could not be loaded'))).toEqual([]);
    }
  });

  test('are found by every way to ask for them, and not in comments and texts', () => {
    expect(
      importsIn(`
        import a, { b as c } from "./1.ts"; import './2.ts'
        // import './no.ts'
        /* from './no.ts' */ export { d } from './3.ts';
        const x = await import( './4.ts' ), y = require('./5.cjs'), z = import(\`./6.ts\`);
        import type { T } from './types.ts'; export type { U } from './types.ts';
        const text = "import './no.ts'"; const from = ['./no.ts'];
        import {
          long,
        } from './7.ts';`),
    ).toEqual(['./1.ts', './2.ts', './3.ts', './4.ts', './5.cjs', './6.ts', './7.ts']);
  });

  test.each([`'`, `"`, '`', '/*', `\\'`, `'\n`, 'import ', '\\'])(
    'are looked for in bounded time in a file that is full of %j',
    (piece) => {
      const text = piece.repeat((256 * 1024) / piece.length);
      const before = process.cpuUsage().user;
      importsIn(text);
      expect(process.cpuUsage(undefined).user - before).toBeLessThan(2_000_000);
    },
  );
});

test('whatever files are called and hold, collecting them ends, and each note is a sentence', () => {
  const name = fc.oneof(
    fc.constantFrom('city-input.ts', 'exercises', '08-city-input', '__MACOSX', 'a.zip', '..x', ' '),
    fc.stringMatching(/^[^/\0]{1,20}$/).filter((text) => text !== '.' && text !== '..'),
  );
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(FINISHED, Buffer.from("import './x.ts'")),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 4 }), content), { maxLength: 6 }),
      (all) => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        for (const [names, bytes] of all) {
          try {
            write(names.join('/'), bytes);
          } catch {
            // A file where a folder was to be, or a name that this disk does not take.
          }
        }
        const { files, notes } = collected();
        for (const file of files.keys()) expect(file).toMatch(/^exercises\/(?!weather-server)/);
        for (const note of notes) expect(note).toMatch(/\.$/s);
      },
    ),
    { numRuns: 60 },
  );
});
