/** What a new exercise and its first control are called, in every form that its files need. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { unguarded } from '../../exercises/weather-server/unguarded.ts';
import { curriculum } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';

const CONTROLS = 'exercises/weather-server/controls.ts';

export interface ExerciseName {
  /** `22-response-cache` */
  slug: string;
  /** `22` */
  number: string;
  title: string;
  /** `responseCache`, and its type `ResponseCache` */
  control: string;
  controlType: string;
  /** Its insecure form, until the author has a name for the mistake. */
  insecure: string;
  /** The file of stub and reference. */
  file: string;
  attack: string;
  use: string;
}

/** The message says why, and what to do. */
export class NameProblem extends Error {
  override readonly name = 'NameProblem';
}

export function nameExercise(slug: string, title?: string, control?: string): ExerciseName {
  const [, number, name] = /^(\d\d)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(slug) ?? [];
  if (number === undefined || name === undefined) {
    throw new NameProblem(
      `“${slug}” is no slug. Write two digits and lower-case words, such as 22-response-cache.`,
    );
  }
  const present = curriculum.find((topic) => topic.slug.startsWith(`${number}-`));
  if (present) throw new NameProblem(`Topic ${number} is ${present.slug}. Use ${nextNumber()}.`);
  if (number !== nextNumber()) {
    throw new NameProblem(`Topics are numbered in order. The next one is ${nextNumber()}.`);
  }
  if (curriculum.some((topic) => topic.slug.slice(3) === name)) {
    throw new NameProblem(`There is a topic “${name}” already. Choose another name.`);
  }
  const own = control ?? camelCase(name);
  if (!/^[a-z][A-Za-z0-9]*$/.test(own)) {
    throw new NameProblem(`“${own}” is no name of a function. Write one such as cacheKeyOf.`);
  }
  if (own in unguarded) {
    throw new NameProblem(`There is a control ${own} already. Name yours with --control.`);
  }
  const controlType = capitalize(own);
  if (isTypeName(controlType)) {
    throw new NameProblem(
      `${CONTROLS} has a type ${controlType} already. Name your control with --control.`,
    );
  }
  return {
    slug,
    number,
    title: checkTitle(title ?? capitalize(name.replaceAll('-', ' '))),
    control: own,
    controlType,
    insecure: `unguarded${controlType}`,
    file: `${name}.ts`,
    attack: `${name}-attack`,
    use: `${name}-use`,
  };
}

const isTypeName = (name: string): boolean =>
  new RegExp(`^export (?:interface|type) ${name}\\b`, 'm').test(
    readFileSync(path.join(projectFolder, CONTROLS), 'utf8'),
  );

export const nextNumber = (): string =>
  String(Number(curriculum.at(-1)?.slug.slice(0, 2)) + 1).padStart(2, '0');

/** It stands in TypeScript, in YAML and in a table, without quotes to escape. */
function checkTitle(title: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ’.-]{0,39}$/u.test(title)) return title;
  throw new NameProblem(
    `“${title}” is no title. Write up to 40 letters, digits, blanks, hyphens and full stops.`,
  );
}

const capitalize = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const camelCase = (name: string): string =>
  name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
