/** Composes the controls of a target; runs inside the target's own process. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ControlName, SecurityControls } from '../../exercises/weather-server/controls.ts';
import { unguarded } from '../../exercises/weather-server/unguarded.ts';
import { holdToContract, isForeignImport, type ControlWatch } from './hold-to-contract.ts';
import { placeInStack } from './places.ts';
import { inProject, projectFolder } from '../../shared/project-path.ts';
import { stepAside } from './step-aside.ts';
import { controlsOf, topicsWithControls } from './files.ts';
import type { TargetSpec } from '../target-spec.ts';
import { bundled } from '../host/bundled.ts';
import { forgetPollution, putErrorsBack } from '../host/pollution.ts';

/** A learner's file that cannot be used. The message names it. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly file: string;
  constructor(message: string, file: string) {
    super(message);
    this.file = file;
  }
}

type Overrides = Partial<Record<ControlName, unknown>>;

export async function composeControls(
  spec: TargetSpec,
  watch: ControlWatch,
): Promise<SecurityControls> {
  if (spec.kind === 'baseline') return unguarded;
  if (spec.kind === 'whole-student') {
    const controls: Overrides = {
      ...unguarded,
      ...(spec.among === 'reference' && (await referenceControls())),
    };
    // One after the other, so that what a file does to the process is seen to be its doing.
    for (const topic of spec.topics ?? topicsWithControls)
      Object.assign(controls, await loadTopic(topic, 'exercises', watch));
    return controls as SecurityControls;
  }
  const reference = { ...unguarded, ...(await referenceControls()) } as SecurityControls;
  if (spec.kind === 'reference') return reference;

  const { topic } = spec;
  const names = Object.keys(controlsOf(topic)) as ControlName[];
  if (names.length === 0) throw new Error(`no control belongs to a topic ${topic}`);
  const neighbours = stepAside(reference, names);
  if (spec.kind === 'without') {
    return { ...neighbours, ...Object.fromEntries(names.map((name) => [name, unguarded[name]])) };
  }
  const own =
    spec.kind === 'student'
      ? await loadTopic(topic, 'exercises', watch)
      : await loadSolution(spec, watch);
  return { ...neighbours, ...own } as SecurityControls;
}

let solutions: Promise<Overrides> | undefined;
function referenceControls(): Promise<Overrides> {
  return (solutions ??= Promise.all(
    topicsWithControls.map((topic) => loadTopic(topic, 'solutions')),
  ).then((loaded) => Object.assign({}, ...loaded) as Overrides));
}

async function loadTopic(
  topic: string,
  folder: 'exercises' | 'solutions',
  watch?: ControlWatch,
): Promise<Overrides> {
  const controls: Overrides = {};
  for (const [name, file] of Object.entries(controlsOf(topic)) as [ControlName, string][]) {
    const absolute = path.join(projectFolder, folder, topic, file);
    const exported = await load(absolute, folder);
    if (exported[name] === undefined) throw missing(absolute, name, exported);
    controls[name] = watch ? holdToContract(name, exported[name], absolute, watch) : exported[name];
  }
  return controls;
}

/** A wrong or right solution: some controls of its topic, in a file of their own or in a list. */
async function loadSolution(
  { topic, file: place, name: wanted }: Extract<TargetSpec, { kind: 'solution' }>,
  watch: ControlWatch,
): Promise<Overrides> {
  const file = path.resolve(projectFolder, place);
  const exported = await load(file, 'proof');
  const { mistakes } = exported as { mistakes?: ListedMistake[] };
  const controls = mistakes ? controlsListed(file, mistakes, wanted) : exported;
  const names = (Object.keys(controlsOf(topic)) as ControlName[]).filter(
    (name) => name in controls,
  );
  if (names.length === 0)
    throw missing(file, Object.keys(controlsOf(topic)).join(' or '), controls);
  return Object.fromEntries(
    names.map((name) => [name, holdToContract(name, controls[name], file, watch)]),
  );
}

interface ListedMistake {
  name: string;
  controls: Overrides | (() => Overrides);
}
const madeControls = new Map<ListedMistake, Overrides>();

/** What a list keeps between calls it keeps as long as a file of its own would: made once. */
function controlsListed(
  file: string,
  mistakes: ListedMistake[],
  wanted: string | undefined,
): Overrides {
  const listed = mistakes.find(({ name }) => name === wanted);
  const relative = inProject(file);
  if (!listed) throw new LoadError(`${relative} lists no ${wanted ?? 'mistake'}.`, relative);
  const { controls } = listed;
  const made = madeControls.get(listed) ?? (typeof controls === 'function' ? controls() : controls);
  madeControls.set(listed, made);
  return made;
}

async function load(
  file: string,
  from: 'exercises' | 'solutions' | 'proof',
): Promise<Record<string, unknown>> {
  const relative = inProject(file);
  if (from === 'solutions' && bundled[relative]) return bundled[relative];
  if (!existsSync(file)) throw new LoadError(`${relative} is missing.`, relative);
  const real = inProject(realpathSync(file));
  if (from === 'exercises' && !real.startsWith('exercises/')) {
    throw new LoadError(`${relative} is a link to ${real}. Write a file of your own.`, relative);
  }
  // A pipe would be waited for without end.
  if (!statSync(file).isFile()) throw new LoadError(`${relative} is not a file.`, relative);
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    putErrorsBack(); // it is asked for the place now
    throw new LoadError(explainLoadFailure(error, relative), relative);
  } finally {
    if (from !== 'solutions') notePollution(file);
  }
}

/** File -> what it put on every object when it was loaded. It runs once only, and stays at fault. */
const polluting = new Map<string, string[]>();

function notePollution(file: string): void {
  const names = forgetPollution().map((name) => `Object.prototype.${name}`);
  if (names.length > 0) polluting.set(file, names);
  const known = polluting.get(file);
  if (!known) return;
  const relative = inProject(file);
  throw new LoadError(
    `${relative} changes ${known.join(', ')}, which the whole process uses. Keep to variables of your own.`,
    relative,
  );
}

function missing(file: string, name: string, exported: object): LoadError {
  const relative = inProject(file);
  const found = Object.keys(exported).filter((key) => key !== 'default');
  const hint =
    'default' in exported
      ? 'It has a default export; a named one is needed.'
      : `It exports ${found.join(', ') || 'nothing'}.`;
  return new LoadError(`${relative} does not export ${name}. ${hint}`, relative);
}

/** One message with file and line for a syntax error, a bad import, or a throw at import. */
function explainLoadFailure(error: unknown, file: string): string {
  if (isForeignImport(error)) return error.message;
  if (!(error instanceof Error)) return `${file} threw ${String(error)} while it was loaded.`;
  const syntax = /([^\s]+\.[cm]?tsx?):(\d+):(\d+): ERROR: (.*)/.exec(error.message);
  if (syntax) return `${inProject(syntax[1] ?? file)}:${syntax[2]}: ${syntax[4]} (syntax error).`;
  const place = placeInStack(error.stack) ?? file;
  const said = `${place}: ${error.name}: ${error.message.split('\n')[0]}`;
  return isShared(error)
    ? `${said}. The whole process uses it, so that it is locked. Keep to variables of your own.`
    : `${said} (thrown while the file was loaded).`;
}

/** What V8 and `lock-shared.ts` say to whoever changes what every module shares. */
const isShared = (error: Error): boolean =>
  error instanceof TypeError &&
  /^Cannot (assign to read only|redefine|add|define|delete) property/.test(error.message);
