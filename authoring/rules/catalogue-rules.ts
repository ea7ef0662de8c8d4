/** Attacks and ordinary uses, and where the lessons, the audit and the flow lead. */
import type { Attack, LegitimateUse } from '../../lab/attack.ts';
import { flows } from '../../studies/flow/flows.ts';
import { requirements } from '../../audit/checklist.ts';
import type { Finding } from '../finding.ts';
import { lessonFile, lessonsOf, lineWith } from '../lesson.ts';
import type { Workbook, WorkbookRule } from '../workbook.ts';

interface Entry {
  slug: string;
  file: string;
  line: number | undefined;
  entry: Attack | LegitimateUse;
  attack?: Attack;
}

function entriesOf({ catalogues, files }: Workbook): Entry[] {
  return [...catalogues].flatMap(([slug, { attacks, uses }]) => {
    const file = `catalogue/attacks/${slug}/attacks.ts`;
    const placed = (entry: Attack | LegitimateUse) => ({
      slug,
      file,
      entry,
      line: lineWith(files.get(file), `id: '${entry.id}'`),
    });
    return [
      ...attacks.map((attack) => ({ ...placed(attack), attack })),
      ...uses.map((use) => placed(use)),
    ];
  });
}

const named: WorkbookRule = {
  holds: 'ids are lower-case words with hyphens, and unique in the whole catalogue',
  find: (book) => {
    const entries = entriesOf(book);
    return entries.flatMap(({ file, line, slug, entry: { id } }): Finding[] => {
      const others = entries.filter(({ entry }) => entry.id === id).length - 1;
      if (others > 0) {
        return [{ file, line, topic: slug, wrong: `Two have the id ${id}.`, mend: 'Rename one.' }];
      }
      if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) return [];
      const wrong = `The id “${id}” is not made of lower-case words with hyphens.`;
      return [{ file, line, topic: slug, wrong, mend: 'Rename it.' }];
    });
  },
};

const told: WorkbookRule = {
  holds: 'attacks and uses are told in sentences, and cite something',
  find: (book) =>
    entriesOf(book).flatMap(({ file, line, slug, entry, attack }) => {
      const texts = attack
        ? { story: attack.story, secureAnswer: attack.secureAnswer }
        : { why: (entry as LegitimateUse).why };
      const problem = (wrong: string, mend: string): Finding => ({
        file,
        line,
        topic: slug,
        wrong: `${entry.id}: ${wrong}`,
        mend,
      });
      return [
        ...Object.entries(texts)
          .filter(([, text]) => !/[.?!)”]$/.test(text))
          .map(([member]) => problem(`its ${member} is no sentence.`, 'End it with a full stop.')),
        ...(entry.references.length === 0
          ? [problem('it cites nothing.', 'Add a reference: an RFC, MCP, a CWE.')]
          : []),
      ];
    }),
};

const payloads: WorkbookRule = {
  holds: 'every attack has payloads, and each fits the shape that it declares',
  find: (book) =>
    entriesOf(book).flatMap(({ file, line, slug, attack }): Finding[] => {
      if (!attack) return [];
      const variants = Object.entries(attack.variants);
      if (variants.length === 0) {
        const wrong = `${attack.id} has no payload.`;
        return [{ file, line, topic: slug, wrong, mend: 'Add one to variants.' }];
      }
      return variants.flatMap(([variant, payload]) => {
        const parsed = attack.payload.safeParse(payload);
        if (parsed.success) return [];
        const [issue] = parsed.error.issues;
        return [
          {
            file,
            line,
            topic: slug,
            wrong: `${attack.id}: the payload “${variant}” does not fit the shape that the attack declares (${issue?.path.join('.')}: ${issue?.message}).`,
            mend: 'Mend variants or payload.',
          },
        ];
      });
    }),
};

const enough: WorkbookRule = {
  holds: 'every topic has a core attack and an ordinary use',
  find: ({ catalogues }) =>
    [...catalogues].flatMap(([slug, { attacks, uses }]): Finding[] => {
      const file = `catalogue/attacks/${slug}/attacks.ts`;
      return [
        ...(attacks.some(({ level }) => level === 'core')
          ? []
          : [{ file, wrong: 'It has no core attack, so nothing is graded.', mend: 'Add one.' }]),
        ...(uses.length > 0
          ? []
          : [
              {
                file,
                wrong: 'It has no ordinary use, so a server that refuses everything would pass.',
                mend: 'Add one.',
              },
            ]),
      ];
    }),
};

const anchored: WorkbookRule = {
  holds: 'what leads into a lesson leads to a heading of it',
  find: async (book) => {
    const lessons = new Map((await lessonsOf(book)).map((lesson) => [lesson.slug, lesson]));
    const leading = [
      ...entriesOf(book).map(({ slug, file, line, entry }) => ({
        id: entry.id,
        file,
        line,
        slug,
        anchor: entry.lessonAnchor,
      })),
      ...flows.flatMap((flow) =>
        flow.steps.map(({ id, topic, lessonAnchor }) => ({
          id,
          file: `studies/flow/${flow.id}-flow.ts`,
          slug: topic,
          anchor: lessonAnchor,
        })),
      ),
      ...requirements.map(({ id, lesson }) => {
        const [slug = '', anchor = ''] = lesson.split('#');
        return { id, file: 'audit/requirements', slug, anchor };
      }),
    ];
    return leading.flatMap(({ id, slug, anchor, ...place }): Finding[] => {
      const lesson = lessons.get(slug);
      if (lesson?.anchors.has(anchor)) return [];
      // A lesson that is there and cannot be read is a finding of its own.
      if (!lesson && book.files.has(lessonFile(slug))) return [];
      return [
        {
          ...place,
          topic: slug,
          wrong: `${id} leads to ${slug}#${anchor}, and ${lessonFile(slug)} has no such heading.`,
          mend: 'Name another heading, or mend the heading.',
        },
      ];
    });
  },
};

export const catalogueRules = [named, told, payloads, enough, anchored];
