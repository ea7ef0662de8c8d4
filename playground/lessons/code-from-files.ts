/**
 * Code that a lesson shows comes from the real file, so that text and code cannot drift apart.
 *
 *     ```ts file=solutions/10-rate-limits/rate-limiter.ts symbol=createRateLimiter
 *     ```
 *
 * An empty fence like this one is filled when the page is built.
 */
import { readFileSync } from 'node:fs';
import { isAbsolute, normalize, relative, resolve } from 'node:path';
import type { Code, Nodes, Root } from 'mdast';
import type { VFile } from 'vfile';

export interface CodeSource {
  /** Relative to the project folder, with forward slashes. */
  file: string;
  /** Name of a top-level declaration. */
  symbol: string | undefined;
}

/** Reads `file=… symbol=…` from what follows the language of a fence. */
export function parseCodeSource(meta: string | null | undefined): CodeSource | undefined {
  const file = /(?:^|\s)file=(\S+)/.exec(meta ?? '')?.[1];
  if (file === undefined) return undefined;
  return { file, symbol: /(?:^|\s)symbol=(\S+)/.exec(meta ?? '')?.[1] };
}

/**
 * Cuts one top-level declaration, with its doc comment, out of TypeScript source.
 *
 * It relies on formatted code, not on a parser: the inside of a declaration is indented, and it
 * ends at a line that begins with a closing bracket, or, when it has no such line, at its `;`.
 * A line that closes one bracket and opens the next (`): Promise<void> {`) does not end it.
 *
 * @returns `undefined` when the source declares no such symbol.
 */
export function extractSymbol(source: string, symbol: string): string | undefined {
  const lines = source.split(/\r?\n/);
  const name = symbol.replaceAll('$', '\\$');
  const declaration = new RegExp(
    `^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:async )?` +
      `(?:const enum|function\\*?|const|let|var|class|interface|type|enum) ${name}(?![\\w$])`,
  );
  const start = lines.findIndex((line) => declaration.test(line));
  if (start === -1) return undefined;
  return lines.slice(firstCommentLine(lines, start), lastLine(lines, start) + 1).join('\n');
}

function firstCommentLine(lines: string[], start: number): number {
  let first = start;
  if (lines[start - 1]?.trimEnd().endsWith('*/')) {
    const opening = lines.findLastIndex((line, i) => i < start && line.startsWith('/*'));
    if (opening !== -1) first = opening;
  }
  while (lines[first - 1]?.startsWith('//')) first -= 1;
  return first;
}

function lastLine(lines: string[], start: number): number {
  for (let i = start; i < lines.length; i += 1) {
    const line = (lines[i] ?? '').trimEnd();
    const opensMore = /(?:[{([=,]|=>)$/.test(line);
    if (i > start && /^[})\]]/.test(line) && !opensMore) return i;
    if (line.endsWith(';')) {
      const next = lines.slice(i + 1).find((following) => following.trim() !== '') ?? '';
      if (!/^[\s})\]]/.test(next)) return i;
    }
  }
  return lines.length - 1;
}

/** Remark plugin: fills fences that name a file. Every problem is an error of the build. */
export function codeFromFiles({ projectFolder }: { projectFolder: string }) {
  return (tree: Root, lesson: VFile): void => {
    for (const fence of fencesIn(tree)) {
      const source = parseCodeSource(fence.meta);
      if (source) fence.value = readSymbol(source, fence, lesson, projectFolder);
    }
  };
}

function fencesIn(node: Nodes): Code[] {
  if (node.type === 'code') return [node];
  return 'children' in node ? node.children.flatMap(fencesIn) : [];
}

function readSymbol(
  { file, symbol }: CodeSource,
  fence: Code,
  lesson: VFile,
  projectFolder: string,
): string {
  const where = `${relative(projectFolder, lesson.path)}: file=${file} symbol=${symbol ?? '(none)'}`;
  if (symbol === undefined) lesson.fail(`${where}: name the declaration to show`, fence);
  if (fence.value.trim() !== '') {
    lesson.fail(`${where}: leave the fence empty, its code comes from the file`, fence);
  }
  const path = resolve(projectFolder, file);
  const inside = relative(projectFolder, path);
  if (isAbsolute(inside) || normalize(inside).startsWith('..')) {
    lesson.fail(`${where}: the file is outside the project`, fence);
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    lesson.fail(`${where}: there is no such file`, fence);
  }
  const code = extractSymbol(text, symbol);
  if (code === undefined) lesson.fail(`${where}: the file declares no such symbol`, fence);
  return code;
}
