import { styleText } from 'node:util';

/** Color, where the terminal wants it. */
export function paint(style: Parameters<typeof styleText>[0], text: string): string {
  const wanted = process.stdout.isTTY && !process.env.NO_COLOR;
  return wanted ? styleText(style, text) : text;
}
