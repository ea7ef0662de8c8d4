/** The learner's own files, as far as they can stand without the workbook. */
import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { curriculum, filesOf } from '../catalogue/curriculum.ts';
import { collectStubs } from '../grader/hand-in/collect-stubs.ts';
import { importsIn } from '../grader/hand-in/source-text.ts';
import { projectFolder } from '../shared/project-path.ts';
import { SayPlainly } from '../shared/say-plainly.ts';
import { packageOf } from './imports.ts';

/** By place in the workbook, with the files that they import beside them. */
export function learnersFiles(): Map<string, string> {
  const { files } = collectStubs(path.join(projectFolder, 'exercises'));
  const stub = curriculum
    .flatMap((topic) => filesOf(topic).map((name) => `exercises/${topic.slug}/${name}`))
    .find((file) => !files.has(file));
  if (stub !== undefined) {
    throw new SayPlainly(
      `${stub} is missing, or is no ordinary file. To bring the stub back: npm run reset -- ${stub.slice(10, 12)}`,
    );
  }
  const texts = new Map([...files].map(([file, bytes]) => [file, bytes.toString('utf8')]));
  for (const [file, text] of texts) requireOwnWork(file, text);
  return texts;
}

/** A file stands on its own, as in the lab: with it, nothing of the workbook comes along unseen. */
export function requireOwnWork(file: string, text: string): void {
  for (const specifier of importsIn(text)) {
    const place = path.posix.join(path.posix.dirname(file), specifier);
    if (specifier.startsWith('.') && !place.startsWith('exercises/')) {
      throw new SayPlainly(
        `${file} imports ${specifier}, which is outside of exercises/ and does not come along.`,
      );
    }
    const name = packageOf(specifier);
    const isKnown =
      name === undefined ||
      isBuiltin(specifier) ||
      existsSync(path.join(projectFolder, 'node_modules', name));
    if (!isKnown) {
      throw new SayPlainly(
        `${file} imports ${specifier}, a package that the workbook does not have.`,
      );
    }
  }
}
