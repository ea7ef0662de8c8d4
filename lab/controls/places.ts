/** Where in a learner's file something is. */
import { readFileSync } from 'node:fs';

/** `exercises/05-…/file.ts:12:3` out of a stack, the innermost frame that is not the workbook's. */
export function placeInStack(stack: string | undefined): string | undefined {
  const frame =
    /((?:exercises[\\/]\d\d-|solutions[\\/]|proof[\\/](?:wrong|right)-|\.workbook[\\/])[^\s():?]*)[^\s():]*:(\d+):\d+/;
  const found = frame.exec(stack ?? '');
  return found ? `${found[1]}:${found[2]}` : undefined;
}

/** Line of the declaration of `name`, or 1. */
export function lineOf(file: string, name: string): number {
  const declaration = new RegExp(
    `^export\\s+(?:async\\s+)?(?:const|let|function)\\s+${name}\\b`,
    'm',
  );
  const source = readFileSync(file, 'utf8');
  const at = source.search(declaration);
  return at === -1 ? 1 : source.slice(0, at).split('\n').length;
}
