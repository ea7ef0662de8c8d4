/** Composes the controls of a target; runs inside the target's own process. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ControlName, SecurityControls } from '../../exercises/weather-server/controls.ts';
import { unguarded } from '../../exercises/weather-server/unguarded.ts';
import { curriculum, type Topic } from '../curriculum.ts';
import { holdToContract, placeInStack, type FaultListener } from './contracts.ts';
import { inProject, projectFolder } from './project-path.ts';
import { stepAside } from './step-aside.ts';
import type { TargetSpec } from './target-spec.ts';

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
  onFault: FaultListener,
): Promise<SecurityControls> {
  if (spec.kind === 'baseline') return unguarded;
  if (spec.kind === 'whole-student') {
    const own = curriculum.map((topic) => loadTopic(topic, 'exercises', onFault));
    return Object.assign({}, unguarded, ...(await Promise.all(own))) as SecurityControls;
  }
  const reference = { ...unguarded, ...(await referenceControls()) } as SecurityControls;
  if (spec.kind === 'reference') return reference;

  const topic = curriculum.find(({ slug }) => slug === spec.topic);
  if (!topic) throw new Error(`no topic ${spec.topic} in the curriculum`);
  const names = Object.keys(topic.controls) as ControlName[];
  const neighbours = stepAside(reference, names);
  if (spec.kind === 'without') {
    return { ...neighbours, ...Object.fromEntries(names.map((name) => [name, unguarded[name]])) };
  }
  const own =
    spec.kind === 'student'
      ? await loadTopic(topic, 'exercises', onFault)
      : await loadVariant(topic, path.resolve(projectFolder, spec.file), onFault);
  return { ...neighbours, ...own } as SecurityControls;
}

let solutions: Promise<Overrides> | undefined;
function referenceControls(): Promise<Overrides> {
  return (solutions ??= Promise.all(curriculum.map((topic) => loadTopic(topic, 'solutions'))).then(
    (loaded) => Object.assign({}, ...loaded) as Overrides,
  ));
}

async function loadTopic(
  topic: Topic,
  folder: 'exercises' | 'solutions',
  onFault?: FaultListener,
): Promise<Overrides> {
  const controls: Overrides = {};
  for (const [name, file] of Object.entries(topic.controls) as [ControlName, string][]) {
    const absolute = path.join(projectFolder, folder, topic.slug, file);
    const exported = await load(absolute);
    if (exported[name] === undefined) throw missing(absolute, name, exported);
    controls[name] = onFault
      ? holdToContract(name, exported[name], absolute, onFault)
      : exported[name];
  }
  return controls;
}

/** A wrong or right solution: one file with some of its topic's controls. */
async function loadVariant(topic: Topic, file: string, onFault: FaultListener): Promise<Overrides> {
  const exported = await load(file);
  const names = (Object.keys(topic.controls) as ControlName[]).filter((name) => name in exported);
  if (names.length === 0) throw missing(file, Object.keys(topic.controls).join(' or '), exported);
  return Object.fromEntries(
    names.map((name) => [name, holdToContract(name, exported[name], file, onFault)]),
  );
}

async function load(file: string): Promise<Record<string, unknown>> {
  const relative = inProject(file);
  if (!existsSync(file)) throw new LoadError(`${relative} is missing.`, relative);
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw new LoadError(explainLoadFailure(error, relative), relative);
  }
}

function missing(file: string, name: string, exported: Record<string, unknown>): LoadError {
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
  if (!(error instanceof Error)) return `${file} threw ${String(error)} while it was loaded.`;
  const syntax = /([^\s]+\.[cm]?tsx?):(\d+):(\d+): ERROR: (.*)/.exec(error.message);
  if (syntax) return `${inProject(syntax[1] ?? file)}:${syntax[2]}: ${syntax[4]} (syntax error).`;
  const place = placeInStack(error.stack) ?? file;
  return `${place}: ${error.name}: ${error.message.split('\n')[0]} (thrown while the file was loaded).`;
}
