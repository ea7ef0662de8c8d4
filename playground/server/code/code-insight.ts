/**
 * What TypeScript knows of a learner's file while it is written: what fits here, what this is, and
 * what is wrong. Answers are for people and decide nothing.
 */
import { z } from 'zod';
import type {
  CodeCompletion,
  CodeCompletions,
  CodeExplanation,
  CodeProblem,
} from '../../lab-api.ts';
import { LanguageServer } from './language-server.ts';
import { offsetAt, positionAt } from './positions.ts';

/** More than anybody reads; further letters narrow it down. */
const MOST_COMPLETIONS = 200;
const MOST_PROBLEMS = 100;
const LONGEST_TEXT = 4_000;

const position = z.object({ line: z.number().int().min(0), character: z.number().int().min(0) });
const range = z.object({ start: position, end: position });

const completionItem = z.object({
  label: z.string(),
  kind: z.number().optional(),
  sortText: z.string().optional(),
  insertText: z.string().optional(),
  detail: z.string().optional(),
});
const completionAnswer = z
  .union([z.array(completionItem), z.object({ items: z.array(completionItem) }), z.null()])
  .transform((answer) => (Array.isArray(answer) ? answer : (answer?.items ?? [])));

const hoverAnswer = z
  .object({ contents: z.object({ value: z.string() }), range: range.optional() })
  .nullable();

const diagnosticAnswer = z.object({
  items: z
    .array(z.object({ range, severity: z.number().optional(), message: z.string() }))
    .default([]),
});

/** Kinds of LSP 3.17 that the editor has a sign for; the rest has none. */
const KINDS: Record<number, CodeCompletion['kind']> = {
  2: 'method',
  3: 'function',
  5: 'property',
  6: 'variable',
  7: 'class',
  8: 'interface',
  9: 'namespace',
  10: 'property',
  13: 'enum',
  14: 'keyword',
  21: 'constant',
  22: 'class',
  25: 'type',
};

const SEVERITIES: Record<number, CodeProblem['severity']> = { 1: 'error', 2: 'warning' };

export class CodeInsight {
  readonly #server = new LanguageServer();

  /** Names that begin with the word before `offset`, the likeliest first. */
  async completions(file: string, text: string, offset: number): Promise<CodeCompletions> {
    const answer = await this.#server.ask(file, text, 'textDocument/completion', {
      position: positionAt(text, offset),
      context: { triggerKind: 1 },
    });
    const word = /[\w$]*$/.exec(text.slice(0, offset))?.[0] ?? '';
    const fitting = completionAnswer
      .parse(answer)
      .filter(({ label }) => label.toLowerCase().startsWith(word.toLowerCase()))
      .sort(
        (one, other) =>
          compare(one.sortText ?? '', other.sortText ?? '') || compare(one.label, other.label),
      );
    return {
      from: offset - word.length,
      isComplete: fitting.length <= MOST_COMPLETIONS,
      options: fitting
        .slice(0, MOST_COMPLETIONS)
        .map(({ label, kind = 0, insertText, detail }) => ({
          label,
          kind: KINDS[kind] ?? 'text',
          ...(insertText !== undefined && insertText !== label && { insert: insertText }),
          ...(detail !== undefined && { detail: detail.slice(0, LONGEST_TEXT) }),
        })),
    };
  }

  /** Type and documentation of what stands at `offset`, if TypeScript has a word on it. */
  async explanation(
    file: string,
    text: string,
    offset: number,
  ): Promise<CodeExplanation | undefined> {
    const answer = hoverAnswer.parse(
      await this.#server.ask(file, text, 'textDocument/hover', {
        position: positionAt(text, offset),
      }),
    );
    if (!answer) return undefined;
    return {
      from: answer.range ? offsetAt(text, answer.range.start) : offset,
      to: answer.range ? offsetAt(text, answer.range.end) : offset,
      text: answer.contents.value.trim().slice(0, LONGEST_TEXT),
    };
  }

  async problems(file: string, text: string): Promise<CodeProblem[]> {
    const { items } = diagnosticAnswer.parse(
      await this.#server.ask(file, text, 'textDocument/diagnostic'),
    );
    return items
      .slice(0, MOST_PROBLEMS)
      .map(({ range: { start, end }, severity = 1, message }) => ({
        from: offsetAt(text, start),
        to: offsetAt(text, end),
        severity: SEVERITIES[severity] ?? 'info',
        message: message.slice(0, LONGEST_TEXT),
      }));
  }

  changed(file: string): Promise<void> {
    return this.#server.changed(file);
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
