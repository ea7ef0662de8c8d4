/** Writes a new topic: all or nothing, and over nothing that is there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../shared/project-path.ts';
import { codeFiles } from './code-files.ts';
import { NameProblem, type ExerciseName } from './exercise-name.ts';
import { insertionsFor, type Insertion } from './insertions.ts';
import { lessonFiles } from './lesson-file.ts';

export interface LaidOut {
  created: string[];
  changed: string[];
}

export function layOutExercise(name: ExerciseName): LaidOut {
  const created = Object.entries({ ...lessonFiles(name), ...codeFiles(name) });
  const present = created.find(([file]) => existsSync(inProject(file)));
  if (present) throw new NameProblem(`${present[0]} is there already. Nothing was written.`);

  const changed = new Map<string, string>();
  for (const insertion of insertionsFor(name)) {
    const { file } = insertion;
    changed.set(file, insert(changed.get(file) ?? read(file), insertion));
  }

  for (const [file, text] of created) {
    mkdirSync(path.dirname(inProject(file)), { recursive: true });
    writeFileSync(inProject(file), text, { flag: 'wx' });
  }
  for (const [file, text] of changed) writeFileSync(inProject(file), text);
  return { created: created.map(([file]) => file), changed: [...changed.keys()] };
}

function insert(text: string, { file, after, before, text: added }: Insertion): string {
  const from = text.indexOf(after);
  const at = text.indexOf(before, from);
  if (from === -1 || at === -1) {
    throw new NameProblem(
      `${file} has no place for a new topic: “${before.trim()}” behind “${after}” is not there. Nothing was written.`,
    );
  }
  return text.slice(0, at) + added + text.slice(at);
}

const inProject = (file: string): string => path.join(projectFolder, file);
const read = (file: string): string =>
  readFileSync(inProject(file), 'utf8').replaceAll('\r\n', '\n');
