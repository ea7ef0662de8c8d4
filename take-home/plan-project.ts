/** All files of a project, by their place in it. Nothing is written yet. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { curriculum, filesOf } from '../catalogue/curriculum.ts';
import { collectStubs } from '../grader/hand-in/collect-stubs.ts';
import { projectFolder } from '../shared/project-path.ts';
import { SayPlainly } from '../shared/say-plainly.ts';
import { referenceTo, withReferences } from './imports.ts';
import { writeControls, writeReadme, writeTopicTest, writeUnsolved } from './made-files.ts';
import { writeManifest } from './manifest.ts';
import type { OpenTopic } from './open-topics.ts';
import { writeSeed } from './seed-sql.ts';
import { isModule, TEMPLATES, WorkbookFiles } from './workbook-files.ts';

/** Their names would mean something in the workbook. */
const NAMES: Readonly<Record<string, string>> = {
  dockerignore: '.dockerignore',
  'env.example': '.env.example',
  gitignore: '.gitignore',
  'workflows/ci.yml': '.github/workflows/ci.yml',
};

/** @param from whose controls are taken */
export async function planProject(
  from: 'exercises' | 'solutions',
  open: readonly OpenTopic[],
): Promise<Map<string, string>> {
  const templates = filesIn(TEMPLATES);
  const readTemplate = (name: string): string =>
    new WorkbookFiles(new Map()).text(`${TEMPLATES}/${name}`);
  const made = new Map([
    [`${TEMPLATES}/src/controls.ts`, writeControls(curriculum, from)],
    [`${TEMPLATES}/src/unsolved.ts`, writeUnsolved(open)],
    [`${TEMPLATES}/src/seed.sql`, await writeSeed()],
    [`${TEMPLATES}/README.md`, writeReadme(readTemplate('README.md'), curriculum, open)],
    ...curriculum.map(
      ({ slug }) => [`${TEMPLATES}/tests/topics/${slug}.test.ts`, writeTopicTest(slug)] as const,
    ),
  ]);
  const controls = from === 'exercises' ? learnersFiles() : referenceFiles();
  const files = new WorkbookFiles(new Map([...made, ...controls]));

  const running = files.reach([
    ...templates.filter((file) => file.startsWith(`${TEMPLATES}/src/`)),
    ...controls.keys(),
  ]);
  const all = new Set([
    ...running,
    ...files.reach([
      ...templates,
      ...made.keys(),
      'commands/audit.ts',
      'lab/host/host.ts',
      ...curriculum.map(({ slug }) => `catalogue/attacks/${slug}/attacks.ts`),
    ]),
  ]);
  const placeOf = (file: string): string => placeAtHome(file, running);
  const project = new Map<string, string>();
  for (const file of all) {
    const text = files.text(file);
    const place = placeOf(file);
    const moved = isModule(file)
      ? withReferences(text, (reference) => {
          const target = files.find(reference, file);
          return target === undefined ? undefined : referenceTo(placeOf(target), place);
        })
      : text;
    project.set(place, moved);
  }
  const loaded = files.load([`${TEMPLATES}/src/main.ts`, ...controls.keys()]);
  project.set('package.json', writeManifest(files.packagesOf(loaded), files.packagesOf(all, true)));
  return project;
}

function placeAtHome(file: string, running: ReadonlySet<string>): string {
  if (file.startsWith(`${TEMPLATES}/`)) {
    const name = file.slice(TEMPLATES.length + 1);
    return NAMES[name] ?? name;
  }
  const [room = '', ...rest] = file.split('/');
  if (room === 'exercises' || room === 'solutions') return `src/${rest.join('/')}`;
  return `${running.has(file) ? 'src' : 'attacks'}/${file}`;
}

function learnersFiles(): Map<string, string> {
  const { files } = collectStubs(path.join(projectFolder, 'exercises'));
  const stub = curriculum
    .flatMap((topic) => filesOf(topic).map((name) => `exercises/${topic.slug}/${name}`))
    .find((file) => !files.has(file));
  if (stub !== undefined) {
    throw new SayPlainly(
      `${stub} is missing, or is no ordinary file. To bring the stub back: npm run reset -- ${stub.slice(10, 12)}`,
    );
  }
  return new Map([...files].map(([file, bytes]) => [file, bytes.toString('utf8')]));
}

const referenceFiles = (): Map<string, string> => {
  const files = new WorkbookFiles(new Map());
  const solutions = curriculum.flatMap((topic) =>
    filesOf(topic).map((name) => `solutions/${topic.slug}/${name}`),
  );
  return new Map(
    [...files.reach(solutions)]
      .filter((file) => file.startsWith('solutions/'))
      .map((file) => [file, files.text(file)]),
  );
};

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(projectFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path
        .relative(projectFolder, path.join(entry.parentPath, entry.name))
        .split(path.sep)
        .join('/'),
    );
