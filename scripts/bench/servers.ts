/** Requests per second of the reference against the SDK's own server, without controls and with. */
import { makeRunKeys } from '../../lab/run-keys.ts';
import { median, ratio, type Measurement, type Table } from './measurement.ts';
import { RunningServer, type Served } from './running-server.ts';
import { SERVER_KINDS, type ServerKind } from './servers/load-server.ts';

interface Load {
  rounds: number;
  callsPerRound: number;
  /** Before the first round, so that the code is compiled. */
  warmUpCalls: number;
}

const TITLES: Record<ServerKind, string> = {
  bare: 'node:http, answers without reading',
  stock: 'SDK alone, no controls',
  'stock-with-packages': 'SDK, its auth, express-rate-limit, helmet, pino-http',
  reference: 'reference, all controls',
};

export const servers: Measurement = {
  name: 'servers',
  method:
    'Calls of `get_weather`, one a request, over 16 kept connections from another process, by users who stay within their limit; the same tools and JSON answers everywhere, logs to the null device. All servers are up at once and called in turn, 40 rounds of 300 calls; numbers are medians of the rounds, ratios medians of the ratios within a round. Processor time is the server’s own, all threads included; it is steadier than the rate where other programs run.',
  run: () => measureServers({ rounds: 40, callsPerRound: 300, warmUpCalls: 4000 }),
};

async function measureServers({ rounds, callsPerRound, warmUpCalls }: Load): Promise<Table> {
  const keys = await makeRunKeys();
  const running = await Promise.all(SERVER_KINDS.map((kind) => RunningServer.start(kind, keys)));
  try {
    for (const server of running) await server.serve(warmUpCalls);
    const results = new Map<ServerKind, Served[]>(SERVER_KINDS.map((kind) => [kind, []]));
    for (let round = 0; round < rounds; round++) {
      for (const server of running) {
        results.get(server.kind)?.push(await server.serve(callsPerRound));
      }
    }
    return describe(results);
  } finally {
    for (const server of running) server.stop();
  }
}

function describe(results: Map<ServerKind, Served[]>): Table {
  const all = (kind: ServerKind, member: keyof Served): number[] =>
    (results.get(kind) ?? []).map((served) => served[member]);
  return {
    columns: [
      'server',
      'calls a second',
      'the reference serves',
      'processor ms a call',
      'the reference takes',
    ],
    rows: SERVER_KINDS.map((kind) => [
      TITLES[kind],
      median(all(kind, 'perSecond')).toFixed(0),
      ratio(all('reference', 'perSecond'), all(kind, 'perSecond')),
      median(all(kind, 'processorMsPerCall')).toFixed(3),
      ratio(all('reference', 'processorMsPerCall'), all(kind, 'processorMsPerCall')),
    ]),
  };
}
