import { describe, expect, it } from 'vitest';
import { extractSymbol, parseCodeSource } from './code-from-files.ts';

const source = `import { z } from 'zod';

/** Longest city name. */
const LONGEST = 100;

// Not a doc comment, but it belongs to the next line.
export const citySchema = z
  .string()
  .max(LONGEST);

/**
 * Checks a call.
 */
export async function check(
  call: string,
  limit: number,
): Promise<void> {
  if (limit > 0) {
    await call;
  }
}

export type Outcome =
  | { type: 'report'; text: string }
  | {
      type: 'broken';

      message: string;
    };

export const createLimiter = (limits: number) => ({
  limits,
});

const checkAll = () => check('', 1);
`;

describe('extractSymbol', () => {
  it('takes a one-liner with its doc comment', () => {
    expect(extractSymbol(source, 'LONGEST')).toBe(
      '/** Longest city name. */\nconst LONGEST = 100;',
    );
  });

  it('takes a chain up to its semicolon, and the line comment above it', () => {
    expect(extractSymbol(source, 'citySchema')).toBe(
      '// Not a doc comment, but it belongs to the next line.\n' +
        'export const citySchema = z\n  .string()\n  .max(LONGEST);',
    );
  });

  it('does not stop where the parameter list closes', () => {
    const code = extractSymbol(source, 'check');
    expect(code).toMatch(/^\/\*\*\n \* Checks a call\./);
    expect(code).toMatch(/await call;\n {2}\}\n\}$/);
  });

  it('takes the whole of a union type with members of several lines', () => {
    expect(extractSymbol(source, 'Outcome')).toMatch(/message: string;\n {4}\};$/);
  });

  it('ends an arrow function at its closing brackets', () => {
    expect(extractSymbol(source, 'createLimiter')).toMatch(/limits,\n\}\);$/);
  });

  it('does not take a symbol whose name only begins the same', () => {
    expect(extractSymbol(source, 'checkA')).toBeUndefined();
    expect(extractSymbol(source, 'city')).toBeUndefined();
  });

  it('reads files with Windows line ends', () => {
    expect(extractSymbol(source.replaceAll('\n', '\r\n'), 'LONGEST')).toContain('= 100;');
  });
});

describe('parseCodeSource', () => {
  it('reads file and symbol in any order', () => {
    expect(parseCodeSource('symbol=a file=b/c.ts')).toEqual({ file: 'b/c.ts', symbol: 'a' });
  });

  it('leaves an ordinary fence alone', () => {
    expect(parseCodeSource(undefined)).toBeUndefined();
    expect(parseCodeSource('title=x')).toBeUndefined();
  });
});
