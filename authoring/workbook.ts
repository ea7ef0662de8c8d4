/**
 * The workbook as its rules see it: texts of files, and what the files of the grader export. It is
 * read once; a test hands rules a changed one.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { TopicCatalogue } from '../lab/attack.ts';
import { checksOf } from '../grader/checks/checks-of-topic.ts';
import { curriculum, type Topic } from '../catalogue/curriculum.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { projectFolder } from '../shared/project-path.ts';
import { solutionFiles, solutionsIn, type Solution } from '../proof/solutions.ts';
import { asSentence, type Finding, type Rule } from './finding.ts';

export interface Workbook {
  topics: readonly Topic[];
  /** The folders at the top, but for what is made or fetched. */
  rooms: readonly string[];
  /** Path, relative to the project folder -> text, with `\n`. */
  files: ReadonlyMap<string, string>;
  /** By slug. */
  catalogues: ReadonlyMap<string, TopicCatalogue>;
  /** Ids of the checks that are graded, by slug. */
  checks: ReadonlyMap<string, readonly string[]>;
  solutions: readonly Solution[];
  /** Files that could not be loaded. */
  broken: readonly Finding[];
}

export type WorkbookRule = Rule<Workbook>;

/** What rules read as text. */
const READ = [
  '.oxlintrc.json',
  'README.md',
  'CONTRIBUTING.md',
  'docs',
  'exercises',
  'lessons',
  'solutions',
  'catalogue/attacks',
  'grader/checks',
  'grader/grading/known-mistakes',
  'catalogue/curriculum.ts',
  'proof/mutants/survivors',
  'proof/right-solutions',
  'lab',
  'catalogue/shipped-stubs.json',
  'playground/src/way/gates.ts',
  'proof/wrong-solutions',
];

export async function readWorkbook(): Promise<Workbook> {
  const broken: Finding[] = [];
  /** Undefined, and one finding more, if it cannot be loaded. */
  const load = async <T>(file: string, loading: Promise<T>): Promise<T | undefined> =>
    loading.catch((error: unknown) => {
      broken.push(cannotLoad(file, error));
      return undefined;
    });

  const catalogues = new Map<string, TopicCatalogue>();
  const checks = new Map<string, string[]>();
  for (const { slug } of curriculum) {
    const catalogue = await load(`catalogue/attacks/${slug}/attacks.ts`, loadCatalogue(slug));
    if (!catalogue) continue;
    catalogues.set(slug, catalogue);
    checks.set(slug, await checkIds(slug));
  }
  const places = [...solutionFiles('wrong'), ...solutionFiles('right')];
  const solutions = await Promise.all(
    places.map(async (place) => (await load(place.file, solutionsIn(place))) ?? []),
  );
  const files = new Map<string, string>();
  for (const file of READ.flatMap(filesUnder)) {
    const text = textOf(file);
    const isRead = await load(file, checkJson(file, text));
    if (isRead) files.set(file, text);
  }
  return {
    topics: curriculum,
    rooms: listRooms(),
    files,
    catalogues,
    checks,
    solutions: solutions.flat(),
    broken,
  };
}

async function checkIds(slug: string): Promise<string[]> {
  const nobody = { kind: 'reference' } as const;
  return (await checksOf(slug, { own: nobody, whole: nobody })).map(({ id }) => id);
}

const listRooms = (): string[] =>
  readdirSync(projectFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(?:\..*|dist|node_modules)$/.test(entry.name))
    .map(({ name }) => name)
    .sort();

/** @throws if it should be JSON and is not */
async function checkJson(file: string, text: string): Promise<true> {
  if (file.endsWith('.json')) JSON.parse(text);
  return true;
}

function filesUnder(place: string): string[] {
  const found = statSync(path.join(projectFolder, place), { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    const names = readdirSync(path.join(projectFolder, place)).sort();
    return names.flatMap((name) => filesUnder(`${place}/${name}`));
  }
  return found && /\.(?:ts|md|json)$/.test(place) ? [place] : [];
}

const textOf = (file: string): string =>
  readFileSync(path.join(projectFolder, file), 'utf8').replaceAll('\r\n', '\n');

function cannotLoad(file: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  // “Transform failed with 1 error:” is followed by it.
  const [first = '', second = ''] = message.replaceAll(`${projectFolder}/`, '').split('\n');
  return {
    file,
    wrong: asSentence(`It cannot be loaded: ${first.endsWith(':') ? second : first}`),
    mend: 'Mend it first; npm run types says more. What hangs on it has not been checked.',
  };
}

/** The names in a folder of the workbook: files and folders. */
export function namesIn({ files }: Workbook, folder: string): string[] {
  const inside = [...files.keys()].filter((file) => file.startsWith(`${folder}/`));
  return [...new Set(inside.map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''))];
}

export const readJson = <T>({ files }: Workbook, file: string, without: T): T => {
  const text = files.get(file);
  return text === undefined ? without : (JSON.parse(text) as T);
};
