import { describe, expect, test } from 'vitest';
import { learnersWholeServer, partEndedBy, partOf, parts } from './curriculum.ts';
import { checksOfServerAlone } from './load-catalogue.ts';

const numbers = (slugs: readonly { slug: string }[]) => slugs.map(({ slug }) => slug.slice(0, 2));

describe('a part', () => {
  test('is ended by a capstone, and goes back to the one before', () => {
    const [first, second] = parts;
    expect(numbers(first?.topics ?? [])).toEqual(
      Array.from({ length: 13 }, (_, index) => String(index + 1).padStart(2, '0')),
    );
    expect(first?.capstone.slug).toBe('14-secure-server');
    expect(numbers(second?.topics ?? [])).toEqual(['15', '16', '17', '18', '19', '20', '21']);
    expect(second?.capstone.slug).toBe('22-hostile-servers');
    expect(parts).toHaveLength(2);
  });

  test('has its topics and its capstone', () => {
    expect(partOf('05-access-tokens').number).toBe(1);
    expect(partOf('14-secure-server').number).toBe(1);
    expect(partOf('22-hostile-servers').number).toBe(2);
    expect(() => partOf('no-topic')).toThrow('no part ends behind the topic no-topic');
    expect(partEndedBy('05-access-tokens')).toBeUndefined();
  });

  test('is broken by none of another', () => {
    const [first, second] = parts.map((part) => learnersWholeServer(part));
    expect(first).toMatchObject({ kind: 'whole-student' });
    expect(first).not.toHaveProperty('among');
    expect(second).toMatchObject({ among: 'reference' });
    expect(second).not.toMatchObject({ topics: expect.arrayContaining(['05-access-tokens']) });
  });
});

test('only a topic that decides for a client has checks that its own controls cannot fail', () => {
  expect(checksOfServerAlone('14-secure-server')).toEqual([]);
  expect(checksOfServerAlone('05-access-tokens')).toEqual([]);
  expect(checksOfServerAlone('22-hostile-servers')).toContain('whole-17-shared-answers');
});
