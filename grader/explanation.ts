/** Why a check failed, as data: for the terminal, the report and whoever reads the JSON. */
import { z } from 'zod';

export const explanationSchema = z.object({
  /** What was seen, sentence by sentence. */
  findings: z.array(z.string()),
  /** Sent, got, executed, expected and the like, of a line or more. */
  facts: z.array(
    z.object({
      label: z.string(),
      lines: z.array(z.string()),
      /** Where the page shows it: the part of an address that begins with `#/`. */
      place: z.string().startsWith('#/').optional(),
    }),
  ),
});
export type Explanation = z.infer<typeof explanationSchema>;
export type Fact = Explanation['facts'][number];

/** Of a check that the run did not come to. */
export const NEVER_RAN: Explanation = { findings: ['It never ran.'], facts: [] };

const LABEL_WIDTH = 15;

/** As a person reads it in a terminal. */
export function explanationText({ findings, facts }: Explanation): string {
  const told = facts.flatMap(({ label, lines }) =>
    lines.map((line, index) => `${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`),
  );
  return [...findings, ...told].join('\n');
}
