/** Curriculum, lessons, stubs, solutions, checks and attacks agree, both ways. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkKinds, POINTS } from '../checks/checks-of-topic.ts';
import { curriculum, filesOf, selectTopics, UnknownTopicError } from '../curriculum.ts';
import {
  gradedCheckSchema,
  gradedTopicSchema,
  gradeResultSchema,
} from '../grading/grade-result.ts';
import { loadCatalogue, loadWholeCatalogue } from '../load-catalogue.ts';
import { auditItemSchema } from '../security-audit.ts';
import { lineOf } from '../targets/contracts.ts';
import { listVariants } from '../variants.ts';
import { headingsOf } from './lesson-headings.ts';
import { makeTable, readTable } from './made-table.ts';
import { pointsTable } from './points-table.ts';
import { countCatchers, solutionsTable } from './solutions-table.ts';
import { editedStubs } from './shipped-stubs.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const slugsIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder))
    .map((name) => name.replace(/(\.test)?\.(ts|md)$/, ''))
    .filter((name) => /^\d\d-/.test(name))
    .sort();

const slugs = curriculum.map(({ slug }) => slug);

test.each([
  'lessons',
  'exercises',
  'solutions',
  'grader/attacks',
  'grader/checks',
  'grader/wrong-solutions',
  'grader/right-solutions',
])('%s holds exactly the topics', (folder) => expect(slugsIn(folder)).toEqual(slugs));

test('the fourteen topics are numbered in order', () => {
  expect(curriculum.map(({ slug }) => slug.slice(0, 2))).toEqual(
    Array.from({ length: 14 }, (_, index) => String(index + 1).padStart(2, '0')),
  );
});

describe.each(curriculum)('$slug', (topic) => {
  const { slug } = topic;

  test('exercise and solution have the same files, and no others', () => {
    expect(readdirSync(path.join(root, 'exercises', slug)).sort()).toEqual(filesOf(topic).sort());
    expect(readdirSync(path.join(root, 'solutions', slug)).sort()).toEqual(filesOf(topic).sort());
  });

  test('solutions have no TODO and export every control', () => {
    for (const [control, file] of Object.entries(topic.controls)) {
      const solution = path.join(root, 'solutions', slug, file);
      expect(readFileSync(solution, 'utf8')).not.toContain('TODO');
      expect(lineOf(solution, control), `${file} exports ${control}`).toBeGreaterThan(1);
    }
  });

  test.runIf(editedStubs(topic).length === 0)('every stub says what to do', () => {
    for (const file of filesOf(topic)) {
      expect(read(`exercises/${slug}/${file}`)).toContain(`TODO ${slug.slice(0, 2)}:`);
    }
  });

  test('has three hints', () => expect(topic.hints).toHaveLength(3));

  test('attacks and uses lead to headings of the lesson, and lesson links lead back', async () => {
    const { attacks, uses } = await loadCatalogue(slug);
    const lesson = read(`lessons/${slug}.md`);
    const anchors = headingsOf(lesson);
    for (const { id, lessonAnchor } of [...attacks, ...uses]) {
      expect(anchors, `${id} leads to #${lessonAnchor}`).toContain(lessonAnchor);
    }
    const whole = await loadWholeCatalogue();
    for (const [, kind, id = ''] of lesson.matchAll(/#\/(attack|use)\/([\w-]+)/g)) {
      const known = kind === 'attack' ? whole.attacks : whole.uses;
      expect([...known.keys()], `${slug}.md links to ${kind} ${id}`).toContain(id);
    }
  });

  test('shows each core attack in its lesson', async () => {
    const { attacks } = await loadCatalogue(slug);
    const lesson = read(`lessons/${slug}.md`);
    const missing = attacks
      .filter(({ id }) => !lesson.includes(`#/attack/${id}`))
      .map(({ id }) => id);
    expect(missing).toEqual([]);
  });

  test('its lesson shows no stub: that is the learner’s file, and changes', () => {
    expect(read(`lessons/${slug}.md`)).not.toMatch(/^```.*file=exercises\/\d\d-/m);
  });

  test('has at least four wrong and three right solutions', () => {
    const count = (kind: 'wrong' | 'right') =>
      listVariants(kind).filter((variant) => variant.topic === slug).length;
    expect(count('wrong')).toBeGreaterThanOrEqual(4);
    expect(count('right')).toBeGreaterThanOrEqual(3);
  });
});

test('ids are unique in the whole catalogue', async () => {
  const ids: string[] = [];
  for (const slug of slugs) {
    const { attacks, uses } = await loadCatalogue(slug);
    ids.push(...attacks.map(({ id }) => id), ...uses.map(({ id }) => id));
  }
  expect(new Set(ids).size).toBe(ids.length);
});

test('every payload fits the shape its attack declares', async () => {
  for (const slug of slugs) {
    for (const attack of (await loadCatalogue(slug)).attacks) {
      for (const payload of Object.values(attack.variants)) attack.payload.parse(payload);
    }
  }
});

test('topics are found by number, name and slug', () => {
  for (const word of ['10', 'rate-limits', '10-rate-limits']) {
    expect(selectTopics([word]).map(({ slug }) => slug)).toEqual(['10-rate-limits']);
  }
  expect(selectTopics(['5']).map(({ slug }) => slug)).toEqual(['05-access-tokens']);
  expect(() => selectTopics(['nonsense'])).toThrow(UnknownTopicError);
});

test('README lists every topic, as its lesson does', () => {
  const readme = read('README.md');
  for (const { slug, title, summary } of curriculum) {
    expect(readme, slug).toMatch(new RegExp(`^\\| ${slug.slice(0, 2)} +\\| ${title} +\\| `, 'm'));
    for (const text of [readme, read(`lessons/${slug}.md`)]) expect(text).toContain(summary);
  }
});

test('each check alone catches a wrong solution, or never-alone.json says why none can', async () => {
  const topics = await Promise.all(slugs.map(countCatchers));
  const alone = new Set(topics.flatMap((topic) => [...topic.alone]));
  const reasons = read('grader/wrong-solutions/never-alone.json');
  const excused = JSON.parse(reasons) as Record<string, string>;
  const needExcuse = topics.flatMap(({ checks }) => checks).filter((id) => !alone.has(id));
  expect(Object.keys(excused).sort()).toEqual(needExcuse.sort());
  for (const [id, reason] of Object.entries(excused)) expect(reason, id).toMatch(/^[A-Z].+\.$/);
});

test.each([solutionsTable, pointsTable])(
  'the table of $name in $document is as npm run write-table makes it',
  async (table) => {
    expect(readTable(table)).toBe(await makeTable(table));
  },
);

test('instructors find every member of a result, and what checks are worth', () => {
  const page = read('docs/for-instructors.md');
  const members = [gradeResultSchema, gradedTopicSchema, gradedCheckSchema, auditItemSchema];
  for (const name of members.flatMap(({ shape }) => Object.keys(shape))) {
    expect(page).toContain(`\`${name}\``);
  }
  for (const kind of checkKinds) {
    expect(page).toMatch(new RegExp(`^\\| \`${kind}\` .*\\| +${POINTS[kind]} \\|$`, 'm'));
  }
});
