/** The learner's progress on disk: one small JSON file, replaced whole, so that a crash loses nothing. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Progress } from '../lab-api.ts';

export const progressSchema: z.ZodType<Progress> = z.record(
  z.string().max(60),
  z.object({
    read: z.boolean().optional(),
    verdicts: z
      .record(z.string().max(60), z.enum(['breached', 'blocked', 'inconclusive']))
      .optional(),
  }),
);

export class ProgressStore {
  readonly #file: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** What is on disk; a file that cannot be read is put aside, never overwritten. */
  async read(): Promise<Progress> {
    const text = await readFile(this.#file, 'utf8').catch(() => undefined);
    if (text === undefined) return {};
    try {
      return progressSchema.parse(JSON.parse(text));
    } catch {
      await rename(this.#file, `${this.#file}.unreadable-${Date.now()}`);
      return {};
    }
  }

  /** Adds marks to what is on disk. */
  merge(marks: Progress): Promise<void> {
    const turn = this.#writing.then(async () => {
      const progress = await this.read();
      for (const [slug, topic] of Object.entries(marks)) {
        const known = progress[slug];
        progress[slug] = {
          ...known,
          ...topic,
          verdicts: { ...known?.verdicts, ...topic.verdicts },
        };
      }
      await mkdir(path.dirname(this.#file), { recursive: true });
      const draft = `${this.#file}.${process.pid}.tmp`;
      await writeFile(draft, `${JSON.stringify(progress, null, 2)}\n`);
      await rename(draft, this.#file);
    });
    this.#writing = turn.catch(() => undefined);
    return turn;
  }
}
