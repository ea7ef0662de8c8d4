/**
 * Whatever is in names and questions, the reference and right solutions make different keys for
 * different ones, and the same key for the same; and whatever is in a row, an answer shows what was
 * decided and nothing else.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  KeyOfAnswer,
  KeyOfTenant,
  KeptQuestion,
  PresentSensor,
  SensorRow,
  Tenant,
} from '../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../exercises/weather-server/errors.ts';
import { presentSensor } from '../../solutions/17-shared-answers/answers.ts';
import {
  keyOfAnswer,
  keyOfTenant,
  requireOwnSensor,
} from '../../solutions/17-shared-answers/tenants.ts';
import * as digests from '../right-solutions/17-shared-answers/digest-of-both.ts';
import * as lengths from '../right-solutions/17-shared-answers/length-before-each-part.ts';
import * as paths from '../right-solutions/17-shared-answers/parts-of-a-path.ts';
import { presentSensor as bySchema } from '../right-solutions/17-shared-answers/schema-for-answers.ts';
import { presentSensor as byTree } from '../right-solutions/17-shared-answers/tree-of-names.ts';

const RUNS = { numRuns: 500 };

/** Few different characters, so that parts run into each other where they can. */
const word = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'b', ':', '/', '"', ',', '\\', '%', '+', '-'),
    maxLength: 6,
  }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('\ud800', '\udc00', '\ufffd', '', 'undefined', 'null', '1:a'),
);
const tenant: fc.Arbitrary<Tenant> = fc.record({ issuer: word, id: word });
const question: fc.Arbitrary<KeptQuestion> = fc.record({
  tool: fc.constantFrom('list_sensors', 'a'),
  arguments: fc.record({
    city: fc.option(word, { nil: undefined }),
    text: fc.option(word, { nil: undefined }),
  }),
});

const sameTenant = (one: Tenant, other: Tenant): boolean =>
  one.issuer === other.issuer && one.id === other.id;
const sameQuestion = (one: KeptQuestion, other: KeptQuestion): boolean =>
  one.tool === other.tool &&
  one.arguments.city === other.arguments.city &&
  one.arguments.text === other.arguments.text;

/** Pairs that differ in little, or only in where one part ends. */
const twoTenants = fc.oneof(
  fc.tuple(tenant, tenant),
  tenant.map((one): [Tenant, Tenant] => [one, { ...one }]),
  fc.tuple(word, word, word, word).map(([a, separator, b, c]): [Tenant, Tenant] => [
    { issuer: a + separator + b, id: c },
    { issuer: a, id: b + separator + c },
  ]),
);

describe.each([
  ['the reference', keyOfTenant, keyOfAnswer],
  ['digests', digests.keyOfTenant, digests.keyOfAnswer],
  ['lengths', lengths.keyOfTenant, lengths.keyOfAnswer],
  ['paths', paths.keyOfTenant, paths.keyOfAnswer],
] satisfies [string, KeyOfTenant, KeyOfAnswer][])('%s', (_name, keyFor, answerKeyFor) => {
  test('has one key for each tenant', () => {
    fc.assert(
      fc.property(twoTenants, ([one, other]) => {
        expect(keyFor(one, undefined) === keyFor(other, undefined)).toBe(sameTenant(one, other));
      }),
      RUNS,
    );
  });

  test('gives nobody a tenant that they only name', () => {
    fc.assert(
      fc.property(tenant, word, (own, asked) => {
        const key = keyOrNone(keyFor, own, asked);
        expect([keyFor(own, undefined), asked === own.id ? '' : 'none']).toContain(key);
      }),
      RUNS,
    );
  });

  test('has one key for each question of each tenant', () => {
    fc.assert(
      fc.property(twoTenants, question, question, ([one, other], asked, next) => {
        const isSame = sameTenant(one, other) && sameQuestion(asked, next);
        expect(answerKeyFor(one, asked) === answerKeyFor(other, next)).toBe(isSame);
        expect(answerKeyFor(one, asked)).toBe(answerKeyFor({ ...one }, structuredClone(asked)));
      }),
      RUNS,
    );
  });
});

function keyOrNone(keyFor: KeyOfTenant, own: Tenant, asked: string): string {
  try {
    return keyFor(own, asked);
  } catch (error) {
    expect(error).toBeInstanceOf(NotFoundError);
    return 'none';
  }
}

test('the reference lets a sensor be used by its tenant only, whatever is done', () => {
  const use = fc.record({
    action: fc.constantFrom('read' as const, 'retire' as const),
    tenant: word,
    actor: fc.record({
      issuer: word,
      subject: word,
      clientId: word,
      scopes: fc.constant<string[]>(['weather:admin']),
    }),
  });
  const sensor = fc.record({ id: fc.nat(), tenant: word, addedBy: word });
  fc.assert(
    fc.property(use, fc.option(sensor, { nil: undefined }), (asked, found) => {
      const ask = (): void => requireOwnSensor(asked, found);
      if (found?.tenant === asked.tenant) expect(ask).not.toThrow();
      else expect(ask).toThrow(NotFoundError);
    }),
    RUNS,
  );
});

const CANARY = 'canary-that-nobody-may-see';
const hidden = fc.oneof(
  fc.constant(CANARY),
  fc.constant({ inside: [CANARY] }),
  fc.constant([[CANARY]]),
);
/** Members that nobody has decided about, under names old and new. */
const others = fc.dictionary(
  fc.oneof(fc.constantFrom('key', 'secret', 'description', 'host', 'at', 'id', 'name'), word),
  hidden,
  { maxKeys: 4 },
);

const row: fc.Arbitrary<SensorRow> = fc
  .record({ above: others, within: others, each: fc.array(others, { maxLength: 3 }) })
  .map(({ above, within, each }) => ({
    ...above,
    id: 7,
    name: 'mast',
    city: 'Paris',
    description: 'on the roof',
    note: CANARY,
    access_key: CANARY,
    gateway: { ...within, host: 'gw.example', port: 8883 },
    readings: each.map((more) => ({ ...more, at: '2026-01-01', temperatureC: 4.5 })),
  }));

describe.each([
  ['the reference', presentSensor],
  ['a schema', bySchema],
  ['a tree', byTree],
] satisfies [string, PresentSensor][])('%s', (_name, present) => {
  test('shows of any row what was decided, and nothing else', () => {
    fc.assert(
      fc.property(row, (any) => {
        expect(present(any)).toEqual({
          id: 7,
          name: 'mast',
          city: 'Paris',
          description: 'on the roof',
          gateway: { host: 'gw.example', port: 8883 },
          readings: any.readings.map(() => ({ at: '2026-01-01', temperatureC: 4.5 })),
        });
      }),
      RUNS,
    );
  });
});
