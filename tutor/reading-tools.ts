/** Tools that show what there is to learn, and where. */
import { z } from 'zod';
import { curriculum, filesOf } from '../catalogue/curriculum.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { showHints } from '../grader/progress/hints.ts';
import { sectionsOf, textOfSection } from './lesson-sections.ts';
import { TutorError } from './results.ts';
import {
  defineTool,
  hasPassed,
  idInput,
  KEEPS_PROGRESS,
  LOOKS_ONLY,
  topicInput,
  topicOf,
} from './tutor-tool.ts';

export const readingTools = [
  defineTool({
    name: 'list_topics',
    title: 'List topics',
    description: 'The topics of the course, and how far the learner is.',
    annotations: LOOKS_ONLY,
    input: z.strictObject({}),
    async run(_input, { journal }) {
      const progress = journal.read();
      return {
        topics: curriculum.map((topic) => {
          const { grade, read = false, hints = 0 } = progress[topic.slug] ?? {};
          return {
            topic: topic.slug,
            title: topic.title,
            summary: topic.summary,
            files: filesOf(topic).map((file) => `exercises/${topic.slug}/${file}`),
            lessonRead: read,
            hintsSeen: hints,
            grade: grade ? { passed: grade.passed, all: grade.all, at: grade.at } : null,
          };
        }),
      };
    },
  }),

  defineTool({
    name: 'read_lesson',
    title: 'Read a lesson',
    description: 'A section of a lesson; without one, its sections and what can be fired.',
    annotations: LOOKS_ONLY,
    input: z.strictObject({ topic: topicInput, section: idInput.optional() }),
    async run({ topic: word, section: id }, means) {
      const topic = topicOf(word);
      const sections = sectionsOf(topic.slug);
      if (id === undefined) {
        const { attacks, uses } = await loadCatalogue(topic.slug);
        return {
          topic: topic.slug,
          sections: sections.map((section) => ({ section: section.id, title: section.title })),
          attacks: attacks.map((attack) => ({
            attack: attack.id,
            title: attack.title,
            story: attack.story,
            section: attack.lessonAnchor,
            variants: Object.keys(attack.variants),
          })),
          ordinaryUses: uses.map((use) => ({ check: use.id, title: use.title })),
        };
      }
      const section = sections.find((one) => one.id === id);
      if (!section) throw new TutorError('NOT_FOUND', 'This lesson has no such section.');
      const text = textOfSection(topic.slug, section, (slug) => hasPassed(means, slug));
      if (text === undefined) {
        throw new TutorError('NOT_FOUND', 'The reference is shown once the topic has passed.');
      }
      return { topic: topic.slug, section: id, title: section.title, text };
    },
  }),

  defineTool({
    name: 'next_hint',
    title: 'One more hint',
    description: 'One hint more, of three; with again, those seen so far. Ask the learner first.',
    annotations: KEEPS_PROGRESS,
    input: z.strictObject({ topic: topicInput, again: z.boolean().default(false) }),
    async run({ topic: word, again }, { journal }) {
      const topic = topicOf(word);
      const { hints, all } = showHints(topic, again, journal);
      return { topic: topic.slug, hints, left: all - hints.length };
    },
  }),

  defineTool({
    name: 'open_page',
    title: 'Open the page',
    description: 'Shows the learner a lesson, a section or an attack in the browser.',
    annotations: LOOKS_ONLY,
    input: z.strictObject({
      topic: topicInput,
      section: idInput.optional(),
      attack: idInput.optional(),
    }),
    async run({ topic: word, section, attack }, means) {
      const { slug } = topicOf(word);
      const place = await placeOf(slug, section, attack);
      if (await means.openPage(place)) return { opened: place };
      throw new TutorError('NOT_FOUND', 'The page is not there. The learner starts it: npm start.');
    },
  }),
];

/** Made of names that are known, never of what was sent. */
async function placeOf(
  slug: string,
  section: string | undefined,
  attack: string | undefined,
): Promise<string> {
  if (attack !== undefined) {
    const { attacks } = await loadCatalogue(slug);
    const found = attacks.find(({ id }) => id === attack);
    if (!found) throw new TutorError('NOT_FOUND', 'This topic has no such attack.');
    return `#/attack/${found.id}`;
  }
  if (section === undefined) return `#/topic/${slug}`;
  const found = sectionsOf(slug).find(({ id }) => id === section);
  if (!found) throw new TutorError('NOT_FOUND', 'This lesson has no such section.');
  return `#/topic/${slug}/${found.id}`;
}
