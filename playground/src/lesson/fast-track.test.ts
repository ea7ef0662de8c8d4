import { expect, it } from 'vitest';
import type { AttackSummary, Progress, TopicSummary } from '../../lab-api.ts';
import type { Outline, Section } from '../../lessons/outline.ts';
import { attackOf, fastTrackOf, minutesInAll, minutesOf, trackNow } from './fast-track.ts';

const attack = (
  id: string,
  lessonAnchor: string,
  level: AttackSummary['level'],
): AttackSummary => ({
  id,
  title: id,
  level,
  lessonAnchor,
  story: '',
  secureAnswer: '',
  references: [],
  variants: {},
});
const topic = (slug: string, ...attacks: AttackSummary[]): TopicSummary => ({
  slug,
  number: slug.slice(0, 2),
  part: 1,
  title: slug,
  summary: '',
  stubs: [],
  questions: [],
  fastTrack: [],
  fastTrackFiles: [],
  attacks,
  uses: [],
});
const section = (id: string, fastTrackMinutes?: number): Section => ({
  id,
  title: id,
  depth: 2,
  ...(fastTrackMinutes !== undefined && { fastTrackMinutes }),
});
const topics = [
  topic('01-a', attack('extra', 'one', 'stretch'), attack('main', 'one', 'core')),
  topic('02-b'),
  topic('03-c'),
];
const outlines: Record<string, Outline> = {
  '01-a': { minutes: 3, sections: [section('zero'), section('one', 1.4)] },
  '03-c': { minutes: 9, sections: [section('two', 0.8), section('three', 1.2)] },
};
const steps = fastTrackOf(topics, (slug) => outlines[slug]);

it('goes through the marked sections in the order of the course', () => {
  expect(steps.map(({ topic, section }) => `${topic.slug}/${section.id}`)).toEqual([
    '01-a/one',
    '03-c/two',
    '03-c/three',
  ]);
  expect(minutesOf(steps)).toBe(3);
  expect(minutesInAll(steps)).toBe(15);
});

it('names the core attack that a section explains', () => {
  expect(steps.map((step) => attackOf(step)?.id)).toEqual(['main', undefined, undefined]);
});

it('goes on where the reader was, until the fix of that topic holds', () => {
  const now = (progress: Progress, slug?: string, at = 'fix') =>
    trackNow(
      topics,
      (one) => outlines[one],
      progress,
      slug === undefined ? undefined : { slug, at },
    );
  const held = { track: { passed: 3, all: 3 } };
  expect(now({})).toMatchObject({ begun: false, href: '#/topic/01-a/one' });
  expect(now({}, '03-c', 'three')).toMatchObject({ begun: true, href: '#/topic/03-c/three' });
  expect(now({}, '03-c', 'gone')?.href).toBe('#/topic/03-c/two');
  expect(now({}, '01-a')).toMatchObject({
    text: '01 01-a, the fix',
    href: '#/checks/01-a/fast-track',
  });
  expect(now({ '01-a': held }, '01-a')?.href).toBe('#/topic/03-c/two');
  expect(now({ '01-a': held })).toMatchObject({ begun: true, href: '#/topic/03-c/two' });
  // What was done and is no more.
  expect(now({ '01-a': { ...held, problem: 'x' } }, '01-a')?.text).toBe('01 01-a, the fix');
  expect(now({ '01-a': held, '03-c': held }, '01-a')).toBeUndefined();
});
