/** What a source file refers to by a path, and the same text with other paths. */
import path from 'node:path';

/** `from './a.ts'`, `import('./a.ts')`, types as well; and files found beside the module. */
const REFERENCES = [
  /(\b(?:from|import)\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]+)\2/g,
  /(\bnew URL\(\s*)(['"])(\.{1,2}\/[^'"\n]+)\2(?=\s*,\s*import\.meta\.url)/g,
];
const BESIDE = /\bimport\.meta\.dirname,\s*'([\w-]+\.\w+)'/g;

/** Relative references, as written. */
export function referencesIn(text: string): string[] {
  const found = REFERENCES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[3] ?? ''),
  );
  return [...new Set(found)];
}

/** Names of files that a module reads from its own folder. */
export const filesBeside = (text: string): string[] =>
  [...text.matchAll(BESIDE)].map((match) => match[1] ?? '');

/** @param to what each reference becomes; undefined: it stays */
export const withReferences = (
  text: string,
  to: (reference: string) => string | undefined,
): string =>
  REFERENCES.reduce(
    (before, pattern) =>
      before.replaceAll(
        pattern,
        (whole: string, asks: string, quote: string, reference: string) => {
          const other = to(reference);
          return other === undefined ? whole : `${asks}${quote}${other}${quote}`;
        },
      ),
    text,
  );

/** How a file names another; both are places in one folder. */
export function referenceTo(target: string, from: string): string {
  const relative = path.posix.relative(path.posix.dirname(from), target);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** The package of a specifier; undefined for a path, and for what only looks like a specifier. */
export const packageOf = (specifier: string): string | undefined =>
  /^(?:@[\w.-]+\/)?[\w-][\w.-]*(?=\/|$)/.exec(specifier)?.[0];
