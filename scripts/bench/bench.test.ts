/**
 * The benchmark measures what it says; how fast anything is, no test can know.
 *
 * @module-tag long
 */
import { expect, test } from 'vitest';
import { compareTimes, type Timed } from './compare-times.ts';
import { costsOf } from './limiter.ts';
import { median } from './measurement.ts';
import { replaceBetweenMarkers, toMarkdown } from './report.ts';
import { RunningServer } from './running-server.ts';
import { makeRunKeys } from '../../lab/run-keys.ts';

test('a median is the middle, or between the two in the middle', () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 9])).toBe(3);
});

test('subjects are timed in turn, and ratios are taken within a round', async () => {
  const order: string[] = [];
  const subject = (title: string, times: number[]): Timed => ({
    title,
    async run() {
      order.push(title);
      return times.shift() ?? NaN;
    },
  });
  const unit = subject('unit', [1, 10, 100, 1000]);
  const twice = subject('twice', [50, 20, 200, 2000]);
  const table = await compareTimes([unit, twice], [unit], { rounds: 3, warmUp: 1 });
  expect(order).toEqual(Array.from({ length: 4 }, () => ['unit', 'twice']).flat());
  expect(table.rows).toEqual([
    ['unit', '0.10 s', '1.00 ×'],
    ['twice', '0.20 s', '2.00 ×'],
  ]);
});

test('a table goes between its own markers, and nowhere else', () => {
  const table = toMarkdown({ columns: ['a', 'longer'], rows: [['12345', 'b']] });
  expect(table).toBe('| a     | longer |\n| ----- | ------ |\n| 12345 | b      |');
  const document =
    '# B\n\n<!-- bench x -->\nold\n<!-- end x -->\n\n<!-- bench y -->\n<!-- end y -->\n';
  expect(replaceBetweenMarkers(document, 'x', 'new')).toBe(
    '# B\n\n<!-- bench x -->\n\nnew\n\n<!-- end x -->\n\n<!-- bench y -->\n<!-- end y -->\n',
  );
  expect(() => replaceBetweenMarkers(document, 'z', 'new')).toThrow('<!-- bench z -->');
});

test('a server under load serves calls, its time is counted, and a refusal is no measurement', async () => {
  const server = await RunningServer.start('stock-with-packages', await makeRunKeys());
  try {
    const { perSecond, processorMsPerCall } = await server.serve(20);
    expect(perSecond).toBeGreaterThan(0);
    expect(processorMsPerCall).toBeGreaterThan(0);
    await expect(server.call('no token')).rejects.toThrow('answered 401');
  } finally {
    server.stop();
  }
});

test('the limiter is seen to keep users, and to forget them', async () => {
  const { bytesPerUser, bytesLeftPerUser } = await costsOf({ kind: 'reference', users: 5000 });
  expect(bytesPerUser).toBeGreaterThan(100);
  expect(bytesLeftPerUser).toBeLessThan(bytesPerUser / 2);
});
