/** How long a learner who saved a file waits for the verdict. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { curriculum, filesOf, selectTopics } from '../../catalogue/curriculum.ts';
import { copyWorkbook } from '../../shared/copy-workbook.ts';
import { WatchingGrader } from '../../proof/watching-grader.ts';
import { compareTimes, timed, type Timed } from './compare-times.ts';
import { withFloor } from './floor.ts';
import type { Measurement } from './measurement.ts';

/** A learner takes longer than this between two saves, and the watch makes itself ready meanwhile. */
const BETWEEN_SAVES_MS = 3000;
const MEASURED = ['01', '05', '08', '11'];

export const watch: Measurement = {
  name: 'watch',
  method:
    'From the saving of a solved file until its topic is printed, every check passed, by `npm run grade -- --watch` in a copy of the workbook, three seconds after the save before; against `vitest run` of one empty test. One after the other, seven rounds.',
  run: async () => {
    const copy = copyWorkbook('bench-watch');
    for (const topic of curriculum) {
      for (const file of filesOf(topic)) save(copy.folder, topic.slug, file, 0);
    }
    const grader = new WatchingGrader(copy.folder, []);
    try {
      await grader.until(/q {2}quit/);
      const saves = selectTopics(MEASURED).map((topic) => saveOf(copy.folder, topic.slug, grader));
      return await withFloor((floor) =>
        compareTimes([floor, ...saves], [floor], { rounds: 7, warmUp: 1 }),
      );
    } finally {
      grader.end();
      copy.remove();
    }
  },
};

function saveOf(folder: string, slug: string, grader: WatchingGrader): Timed {
  const topic = curriculum.find((one) => one.slug === slug);
  const [file = ''] = topic ? filesOf(topic) : [];
  let round = 0;
  return {
    title: `topic ${slug.slice(0, 2)}`,
    run: async () => {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_SAVES_MS));
      return timed(async () => {
        save(folder, slug, file, ++round);
        const printed = await grader.until(/(\d+) of (\d+) passed, [\d.]+ s after the save/);
        if (printed.includes('FAILED')) throw new Error(`A solved topic failed:\n${printed}`);
      });
    },
  };
}

/** The solution in place of the stub, each time with another last line. */
function save(folder: string, slug: string, file: string, round: number): void {
  const solution = readFileSync(path.join(folder, 'solutions', slug, file), 'utf8');
  writeFileSync(path.join(folder, 'exercises', slug, file), `${solution}// ${round}\n`);
}
