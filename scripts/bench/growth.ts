/** What work costs as there is more of it: a straight line has the same cost for each. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesOf, selectTopics, type Topic } from '../../catalogue/curriculum.ts';
import { AT_ONCE, gradeClass } from '../../grader/classes/grade-class.ts';
import { Lab } from '../../lab/lab.ts';
import { makeRunKeys } from '../../lab/run-keys.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { timed } from './compare-times.ts';
import { median, type Measurement, type Table } from './measurement.ts';
import { RunningServer } from './running-server.ts';
import { firing } from './target.ts';

const PAYLOADS = [1, 5, 25, 100, 400];
const CONNECTIONS = [1, 2, 4, 8, 16, 32, 64];
const SUBMISSIONS = [2, 10, 30, 100];
const ROUNDS = 5;
const CALLS = 2_000;
const TOPIC = '01';

export const growth: Measurement[] = [
  {
    name: 'payloads',
    method: `So many payloads of \`tok-wrong-audience\` at the reference, one after the other, as a check fires them, in a host that is warm. In turn, ${ROUNDS} rounds; numbers are medians.`,
    run: measurePayloads,
  },
  {
    name: 'connections',
    method: `${CALLS} calls of \`get_weather\` at the reference with all controls, over so many kept connections from another process, on a machine that both share. In turn, ${ROUNDS} rounds; numbers are medians.`,
    run: measureConnections,
  },
  {
    name: 'class',
    method: `\`npm run grade -- --class\` of so many right hand-ins of topic 01, no two alike, ${AT_ONCE} at a time and without a sandbox: for each a copy of the workbook, a grader and a target of its own. Once each.`,
    run: measureClass,
  },
];

async function measurePayloads(): Promise<Table> {
  const lab = await Lab.open();
  const fire = await firing(lab);
  const fireAll = async (count: number): Promise<void> => {
    for (let payload = 0; payload < count; payload++) await fire(payload);
  };
  try {
    await fireAll(50);
    const times = await inRounds(PAYLOADS, (count) => timed(() => fireAll(count)));
    return asGraph('payloads', times, (milliseconds, count) => milliseconds / count, 'ms each');
  } finally {
    await lab.close();
  }
}

async function measureConnections(): Promise<Table> {
  const server = await RunningServer.start('reference', await makeRunKeys());
  try {
    await server.serve(4_000);
    const rates = await inRounds(
      CONNECTIONS,
      async (connections) => (await server.serve(CALLS, connections)).perSecond,
    );
    return asGraph('connections', rates, (perSecond) => perSecond, 'calls a second');
  } finally {
    server.stop();
  }
}

async function measureClass(): Promise<Table> {
  const topics = selectTopics([TOPIC]);
  const times = new Map<number, number>();
  for (const count of SUBMISSIONS) {
    const folder = mkdtempSync(path.join(tmpdir(), 'class-of-'));
    try {
      for (let index = 0; index < count; index++) handIn(topics, folder, index);
      const options = { topics, withStretch: false, deadlineMs: 600_000 };
      const milliseconds = await timed(async () => {
        const { submissions } = await gradeClass(folder, options);
        const wrong = submissions.find(({ result }) => result?.earned !== result?.points);
        if (wrong) throw new Error(`A right hand-in was refused: ${wrong.problem ?? wrong.name}`);
      });
      times.set(count, milliseconds / 1_000);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return asGraph('submissions', times, (seconds, count) => seconds / count, 'seconds each');
}

function handIn(topics: Topic[], folder: string, index: number): void {
  for (const topic of topics) {
    const place = path.join(folder, `learner-${index}`, topic.slug);
    mkdirSync(place, { recursive: true });
    for (const name of filesOf(topic)) {
      const text = readFileSync(path.join(projectFolder, 'solutions', topic.slug, name), 'utf8');
      writeFileSync(path.join(place, name), `${text}\n// Handed in by learner ${index}.\n`);
    }
  }
}

/** Each of `amounts` in turn, round by round: the medians. */
async function inRounds(
  amounts: readonly number[],
  measure: (amount: number) => Promise<number>,
): Promise<Map<number, number>> {
  const measured = new Map(amounts.map((amount) => [amount, Array<number>()]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [amount, values] of measured) values.push(await measure(amount));
  }
  return new Map([...measured].map(([amount, values]) => [amount, median(values)]));
}

const LONGEST_BAR = 30;

/** A row for each amount, with a bar as long as its value. */
function asGraph(
  what: string,
  measured: ReadonlyMap<number, number>,
  valueOf: (measured: number, amount: number) => number,
  unit: string,
): Table {
  const values = [...measured].map(([amount, value]) => [amount, valueOf(value, amount)] as const);
  const most = Math.max(...values.map(([, value]) => value));
  return {
    columns: [what, unit, ''],
    rows: values.map(([amount, value]) => [
      String(amount),
      value < 100 ? value.toFixed(2) : value.toFixed(0),
      '█'.repeat(Math.max(1, Math.round((value / most) * LONGEST_BAR))),
    ]),
  };
}
