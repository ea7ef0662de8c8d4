/** What the page shows beside each other of a request that a gateway let pass. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../catalogue/attacks/15-request-headers/attacks.ts';
import { passedCall } from '../../catalogue/attacks/15-request-headers/through-the-gateway.ts';
import { Lab } from '../../lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

test('of each attack through the gateway, one request has both readings, and they differ', async () => {
  // The others ask a control directly: nothing is sent.
  const throughTheGateway = catalogue.attacks.flatMap((attack) => {
    const [[variant, payload] = ['']] = Object.entries(attack.variants);
    return passedCall.safeParse(payload).success ? [{ attack, variant }] : [];
  });
  expect(throughTheGateway).toHaveLength(8);
  for (const { attack, variant } of throughTheGateway) {
    const { exchanges } = await lab.fire({ kind: 'baseline' }, attack, variant);
    const readings = exchanges.flatMap((exchange) => exchange.readings ?? []);
    const differing = readings.filter(({ inHeaders, inBody }) => inHeaders !== inBody);
    expect(differing, attack.id).not.toEqual([]);
  }
});

test('says what an honest gateway and server agree on, and where they do not', async () => {
  const attack = catalogue.attacks.find(({ id }) => id === 'hd-other-tool');
  if (!attack) throw new Error('there is no such attack');
  const { exchanges } = await lab.fire({ kind: 'baseline' }, attack, 'get_weather in the header');
  expect(exchanges.flatMap(({ readings }) => readings ?? [])).toEqual([
    { what: 'Revision', inHeaders: '2026-07-28', inBody: '2026-07-28' },
    { what: 'Method', inHeaders: 'tools/call', inBody: 'tools/call' },
    { what: 'Tool', inHeaders: 'get_weather', inBody: 'delete_alert' },
    { what: 'Alert', inHeaders: '8', inBody: '8' },
  ]);
});
