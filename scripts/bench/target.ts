/** How long it takes until a server of the lab can be attacked, and to attack it. */
import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { Lab } from '../../lab/lab.ts';
import { TargetSession } from '../../lab/target-session.ts';
import { OutOfBandListener } from '../../lab/out-of-band.ts';
import { makeRunKeys } from '../../lab/run-keys.ts';
import { TargetProcess } from '../../lab/target-process.ts';
import { compareTimes, timed, type Timed } from './compare-times.ts';
import { withFloor } from './floor.ts';
import type { Measurement, Table } from './measurement.ts';
import { runNode } from './run-node.ts';
import { RunningServer } from './running-server.ts';

const REFERENCE = { kind: 'reference' } as const;

export const start: Measurement = {
  name: 'start',
  method:
    'A new process that hosts targets, until the first reference server in it is open; against Node that does nothing, and `vitest run` of one empty test. One after the other, eleven rounds.',
  run: () => withFloor((floor) => measureStart(floor, 11)),
};

async function measureStart(floor: Timed, rounds: number): Promise<Table> {
  const keys = await makeRunKeys();
  const outOfBand = await OutOfBandListener.open();
  const bareNode = { title: 'node -e 0', run: () => timed(() => runNode(['-e', '0'])) };
  const target = {
    title: 'target',
    async run() {
      const started = performance.now();
      const host = await TargetProcess.start(keys);
      const session = await TargetSession.open(host, REFERENCE, keys, outOfBand);
      const milliseconds = performance.now() - started;
      await session.close();
      await host.stop();
      return milliseconds;
    },
  };
  try {
    return await compareTimes([bareNode, floor, target], [bareNode, floor], { rounds });
  } finally {
    outOfBand.close();
  }
}

export const attack: Measurement = {
  name: 'attack',
  method:
    'One firing at the reference, in a host that is warm: a server is opened, an ordinary call, the attack and another ordinary call are sent, the tape is read and judged, and the server is closed. Against one round trip to a node:http server that answers without reading, in another process, over a kept connection. One after the other, 200 rounds.',
  run: () => measureAttack({ rounds: 200, warmUp: 50 }),
};

/** An attack whose payloads are one request each, which must be refused, and how the reference takes it. */
export async function firing(lab: Lab): Promise<(payload: number) => Promise<void>> {
  const { attacks } = await loadCatalogue('05-access-tokens');
  const fired = attacks.find(({ id }) => id === 'tok-wrong-audience');
  if (!fired) throw new Error('There is no attack tok-wrong-audience in topic 05.');
  const variants = Object.keys(fired.variants);
  return async (payload) => {
    const variant = variants[payload % variants.length] ?? '';
    const { verdict, summary } = await lab.fire(REFERENCE, fired, variant);
    if (verdict !== 'blocked') throw new Error(`The reference is ${verdict}: ${summary}`);
  };
}

async function measureAttack(rounds: { rounds: number; warmUp: number }): Promise<Table> {
  const lab = await Lab.open();
  const bare = await RunningServer.start('bare', await makeRunKeys());
  const roundTrip = { title: 'round trip', run: () => timed(() => bare.call('')) };
  const fire = await firing(lab);
  const attack = { title: 'attack', run: () => timed(() => fire(0)) };
  try {
    return await compareTimes([roundTrip, attack], [roundTrip], rounds);
  } finally {
    bare.stop();
    await lab.close();
  }
}
