/** The web of a world is slow, endless and false where a page says so, and on the tape throughout. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tape } from './tape.ts';
import { openWeb, type WholeWeb } from './web.ts';

const HOME = 'https://feeds.example/';

let tape: Tape;
let web: WholeWeb;
beforeEach(() => {
  vi.useFakeTimers();
  tape = new Tape();
  web = openWeb(tape);
});
afterEach(() => void vi.useRealTimers());

const asked = () => tape.entries().filter((entry) => entry.kind === 'web');

test('a name has the addresses of the next lookup, and keeps the last', async () => {
  web.publish(HOME, { addresses: ['93.184.215.14', ['10.0.0.5', '::1']] });
  expect(await web.lookup('feeds.example')).toEqual(['93.184.215.14']);
  expect(await web.lookup('feeds.example.')).toEqual(['10.0.0.5', '::1']);
  expect(await web.lookup('feeds.example')).toEqual(['10.0.0.5', '::1']);
  expect(await web.lookup('a.localhost.')).toContain('127.0.0.1');
  await expect(web.lookup('other.example')).rejects.toThrow('ENOTFOUND');
});

test('an address is inside unless somebody has said that it is not', async () => {
  web.publish(HOME, { body: 'outside', addresses: ['172.32.0.1'] });
  expect(await (await web.fetch(HOME)).text()).toContain('inside');
  web.publish(HOME, { body: 'outside', addresses: ['172.32.0.1'], outside: true });
  expect(await (await web.fetch(HOME)).text()).toBe('outside');
  expect(asked().map(({ inside }) => inside)).toEqual([true, false]);
});

test('a page has no other address for its user information or its fragment', async () => {
  web.publish('https://a:b@feeds.example/#part', { body: 'one' });
  expect(await (await web.fetch(HOME)).text()).toBe('one');
});

test('a page takes its time, and is given up with its signal', async () => {
  web.publish(HOME, { body: 'slow', answersAfter: 5_000, pause: 1_000, padding: 640 });
  const whole = web.fetch(HOME).then((response) => response.text());
  await vi.advanceTimersByTimeAsync(20_000);
  expect((await whole).trim()).toBe('slow');
  // Each piece of 64 bytes has its pause, the first and the end as well.
  expect(asked()[0]).toMatchObject({ bytes: 644, heldMs: 17_000 });

  const controller = new AbortController();
  const given = web.fetch(HOME, { signal: controller.signal }).then((response) => response.text());
  const outcome = expect(given).rejects.toThrow('enough');
  await vi.advanceTimersByTimeAsync(7_500);
  controller.abort(new Error('enough'));
  await outcome;
  expect(asked()[1]?.heldMs).toBe(7_500);
});

test('redirects are followed as far as fetch follows them, or shown', async () => {
  for (let hop = 0; hop < 30; hop++) {
    web.publish(`${HOME}${hop}`, { status: 302, headers: { location: `/${hop + 1}` } });
  }
  await expect(web.fetch(`${HOME}0`)).rejects.toThrow('redirect');
  expect(asked()).toHaveLength(21);
  await expect(web.fetch(`${HOME}0`, { redirect: 'error' })).rejects.toThrow('redirect');
  const shown = await web.fetch(`${HOME}0`, { redirect: 'manual' });
  expect([shown.status, shown.headers.get('location')]).toEqual([302, '/1']);
});

test('a long body comes in pieces, which end where they end', async () => {
  web.publish(HOME, { body: '天'.repeat(10_000) });
  const { body } = await web.fetch(HOME);
  const lengths: number[] = [];
  for await (const chunk of body ?? []) lengths.push(chunk.length);
  expect(lengths).toEqual([16_384, 13_616]);
});

test('what is read of a body is counted, and no more is made', async () => {
  web.publish(HOME, { body: 'a', padding: 10_000_000 });
  const { body } = await web.fetch(HOME);
  for await (const chunk of body ?? []) if (chunk.length > 1) break;
  expect(asked()[0]?.bytes).toBeLessThan(40_000);
});
