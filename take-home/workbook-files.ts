/**
 * Which files of the workbook a project takes along: what its own files need, and what that needs.
 * Nothing is listed by hand, so that a new topic comes along with its controls, its attacks, and what
 * of the server and the lab they use.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { spellingsOf } from '../grader/hand-in/helpers.ts';
import { importsIn } from '../grader/hand-in/source-text.ts';
import { projectFolder } from '../shared/project-path.ts';
import { SayPlainly } from '../shared/say-plainly.ts';
import { filesBeside, packageOf, referencesIn } from './imports.ts';

/** The project's own files. */
export const TEMPLATES = 'take-home/project';

/** What the lab finds in a project in place of what it finds in the workbook. */
const INSTEAD: Readonly<Record<string, string>> = {
  'lab/bundle/host-bundle.ts': 'attacks/host-unbundled.ts',
  'lab/controls/compose-controls.ts': 'attacks/compose-controls.ts',
  'lab/host/learners-modules.ts': 'attacks/learners-modules.ts',
};
/** The same, but for the weather server itself, which goes on with what it has. */
const INSTEAD_FOR_THE_LAB: Readonly<Record<string, string>> = {
  'exercises/weather-server/server.ts': 'attacks/server-at-home.ts',
  'exercises/weather-server/world/world.ts': 'attacks/world-at-home.ts',
};

/** Texts that take the place of files, by place in the workbook: a learner's, or made ones. */
export type Texts = ReadonlyMap<string, string>;

export class WorkbookFiles {
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  text(file: string): string {
    return this.#texts.get(file) ?? readFileSync(path.join(projectFolder, file), 'utf8');
  }

  has(file: string): boolean {
    if (this.#texts.has(file)) return true;
    const place = path.join(projectFolder, file);
    return existsSync(place) && statSync(place).isFile();
  }

  /** The file that a reference leads to in a project; undefined if to none. */
  find(reference: string, from: string): string | undefined {
    const wanted = path.posix.join(path.posix.dirname(from), reference);
    const found = spellingsOf(wanted).find((file) => this.has(file));
    if (found === undefined || from.startsWith(`${TEMPLATES}/`)) return found;
    const other =
      INSTEAD[found] ?? (from.startsWith('lab/') ? INSTEAD_FOR_THE_LAB[found] : undefined);
    return other === undefined ? found : `${TEMPLATES}/${other}`;
  }

  /** `entries` and everything they refer to. */
  reach(entries: readonly string[]): Set<string> {
    const reached = new Set<string>();
    const waiting = [...entries];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (reached.has(file)) continue;
      reached.add(file);
      if (!isModule(file)) continue;
      waiting.push(...this.#refersTo(file));
    }
    return reached;
  }

  #refersTo(file: string): string[] {
    const text = this.text(file);
    const imported = new Set(importsIn(text));
    const modules = referencesIn(text).flatMap((reference) => {
      const found = this.find(reference, file);
      // In a comment, or in a string, it may say anything.
      if (found === undefined && imported.has(reference)) {
        throw new SayPlainly(`${file} imports ${reference}, which is not there.`);
      }
      return found ?? [];
    });
    const beside = filesBeside(text)
      .map((name) => path.posix.join(path.posix.dirname(file), name))
      .filter((name) => this.has(name));
    return [...modules, ...beside];
  }

  /** `entries` and all that is loaded with them when they run, without what is a type only. */
  load(entries: readonly string[]): Set<string> {
    const loaded = new Set<string>();
    const waiting = [...entries];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (loaded.has(file)) continue;
      loaded.add(file);
      for (const specifier of importsIn(this.text(file))) {
        const found = specifier.startsWith('.') ? this.find(specifier, file) : undefined;
        if (found !== undefined && isModule(found)) waiting.push(found);
      }
    }
    return loaded;
  }

  /** Names of the packages that `files` load, or have types of if `andTypes` is set. */
  packagesOf(files: Iterable<string>, andTypes = false): Set<string> {
    const specifiers = [...files].filter(isModule).flatMap((file) => {
      const text = this.text(file);
      const types = andTypes ? [...text.matchAll(/\bfrom\s+'([^'.\n][^'\n]*)'/g)] : [];
      return [...importsIn(text), ...types.map((match) => match[1] ?? '')];
    });
    return new Set(specifiers.flatMap((specifier) => packageOf(specifier) ?? []));
  }
}

export const isModule = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);
