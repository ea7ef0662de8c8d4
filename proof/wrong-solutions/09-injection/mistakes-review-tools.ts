import { createHash } from 'node:crypto';
import type { ListedTool, ReviewTools } from '../../../exercises/weather-server/controls.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'blanks-shown',
    mistake:
      'Everything is shown, three thousand blanks included; nobody looks for more behind them.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({ name: tool.name, text: canonical(tool), pin: pinOf(tool) })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'copied-into-an-object',
    mistake:
      'A member called `__proto__` becomes the prototype of the copy: it is neither shown nor hashed.',
    caughtBy: ['tool-poisoning', 'tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) => {
          if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
          const copy: Record<string, unknown> = {};
          for (const [key, inner] of Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) {
            copy[key] = inner;
          }
          return copy;
        });

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'description-pinned',
    mistake:
      'The description is shown in full and remembered; parameters, titles and annotations reach the model unseen.',
    caughtBy: ['tool-poisoning', 'tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(tool.name + tool.description);
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: `${tool.name}: ${tool.description?.replaceAll(/\s+/g, ' ')}`,
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'description-taken-for-a-text',
    mistake:
      'A stranger may list a description that is no text; this review throws, and no tool is left.',
    caughtBy: ['tool-poisoning'],
    controls() {
      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: `${tool.description?.split('\n')[0]}\n${canonical(tool)}`.replaceAll(
                /\s{9,}|(?:\\n){9,}/g,
                ' (blanks) ',
              ),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'foreign-letters-refused',
    mistake:
      'Whatever is not ASCII counts as hidden, and a tool that speaks German or Japanese is refused.',
    caughtBy: [
      'approves-harmless-tools',
      'asks-about-changes-only',
      'tool-poisoning',
      'tool-rug-pull',
    ],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter(
          (tool) => !(/[^\x20-\x7e]/.test(canonical(tool)) || isHidden(tool)),
        );
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'hidden-letters-removed-for-the-user',
    mistake: 'What the user reads is cleaned, and what the model reads is not.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed;
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool)
                .replaceAll(/\p{Default_Ignorable_Code_Point}|\p{Cc}/gu, '')
                .replaceAll(/\s+/g, ' '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'indented-as-deep-as-it-goes',
    mistake:
      'A text a hundred levels deep is shown two hundred columns to the right, where nobody reads.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      /** Long runs inside the texts are counted; the indentation is added afterwards. */
      const shownOf = (tool: ListedTool): string =>
        JSON.stringify(
          JSON.parse(canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) ')),
          null,
          2,
        );

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: shownOf(tool),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'known-members-only',
    mistake:
      'The members of today are shown and hashed; what the next version of MCP adds is not, nor `_meta`.',
    caughtBy: ['tool-poisoning', 'tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const known = ({ name, title, description, inputSchema, annotations }: ListedTool) => ({
        name,
        title,
        description,
        inputSchema,
        annotations,
      });

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(known(tool)));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(known(tool)).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'lists-sorted',
    mistake: 'Members may be sorted, elements of a list may not: their order means something.',
    caughtBy: ['tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      /** Members and elements sorted, at every depth. */
      const sorted = (value: unknown): string => {
        if (typeof value !== 'object' || value === null) return JSON.stringify(value);
        return `{${Object.entries(value)
          .map(([key, member]) =>
            Array.isArray(value) ? sorted(member) : `${key}:${sorted(member)}`,
          )
          .sort()
          .join(',')}}`;
      };

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(sorted(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'nested-members-dropped',
    mistake:
      'JSON.stringify takes an array as the list of members to keep, at every depth: the schema is hashed as an empty object.',
    caughtBy: ['tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string =>
          hash(JSON.stringify(tool, Object.keys(tool).sort()));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'offered-while-asking',
    mistake: 'The user is asked, and the model does not wait for the answer.',
    caughtBy: ['approves-harmless-tools', 'tool-poisoning', 'tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const offered = listed.filter((tool) => !isHidden(tool));
        const questions = offered.map((tool) => ({
          name: tool.name,
          text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
          pin: hash(canonical(tool)),
        }));
        return { offered, questions: questions.filter(({ pin }) => !pins.has(pin)) };
      };

      return { reviewTools };
    },
  },
  {
    name: 'order-of-members-hashed',
    mistake:
      'The same tool in another order of members is another tool, and the user is asked again for nothing.',
    caughtBy: ['asks-about-changes-only'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(JSON.stringify(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'short-pins',
    mistake: 'Twenty-four bits of a hash are matched by another tool after some million tries.',
    caughtBy: ['tool-poisoning', 'tool-rug-pull'],
    controls() {
      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const fingerprint = (text: string): string =>
        createHash('md5').update(text).digest('hex').slice(0, 6);

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => fingerprint(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'shown-in-part',
    mistake: 'The question is kept short, and what matters stands behind its end.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).slice(0, 200),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'spelled-alike',
    mistake:
      'Another case, letters of full width and other blanks are changes as well: a pin is of the text as it is.',
    caughtBy: ['tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      /** Differences that nobody cares about. */
      const alike = (text: string): string =>
        text
          .normalize('NFKC')
          .toLowerCase()
          .replaceAll(/(?:\s|\\n)+/g, ' ');

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(alike(canonical(tool)));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'throws-at-poison',
    mistake:
      "One bad tool makes the whole review throw, and the server's honest tools are gone as well.",
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        if (listed.some(isHidden)) throw new Error('A tool has hidden characters.');
        const questions = listed.map((tool) => ({
          name: tool.name,
          text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
          pin: hash(canonical(tool)),
        }));
        return {
          offered: listed.filter((tool) => pins.has(hash(canonical(tool)))),
          questions: questions.filter(({ pin }) => !pins.has(pin)),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'values-as-text',
    mistake: "The number 1 and the text '1' have one hash, and are not the same schema.",
    caughtBy: ['tool-rug-pull'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const flat = (value: unknown): string =>
        typeof value === 'object' && value !== null
          ? `{${Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, member]) => `${key}:${flat(member)}`)
              .join(',')}}`
          : String(value);

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(flat(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: canonical(tool).replaceAll(/\s{9,}|(?:\\n){9,}/g, ' (blanks) '),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'long-lists-summed-up',
    mistake: 'A list of values is shown up to its tenth, and then counted.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      const asItIs = (value: unknown): unknown => value;

      const summedUp = (value: unknown): unknown =>
        Array.isArray(value) && value.length > 10
          ? [...(value as unknown[]).slice(0, 10), `and ${value.length - 10} more`]
          : value;

      /** Members sorted, at every depth. */
      const canonical = (value: unknown, change: (value: unknown) => unknown = asItIs): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : change(member),
        );

      /** Nothing is pushed out of sight by blanks. */
      const withoutGaps = (text: string): string => text.replaceAll(/(?:\s|\\n){9,}/g, ' […] ');

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: withoutGaps(canonical(tool, summedUp)),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'middle-left-out',
    mistake:
      'Of a long text the beginning and the end are shown, and a line says that something was left out; the model reads what.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      const middleLeftOut = (text: string): string =>
        text.length > 10_000 ? `${text.slice(0, 6000)} […] ${text.slice(-4000)}` : text;

      /** Nothing is pushed out of sight by blanks. */
      const withoutGaps = (text: string): string => text.replaceAll(/(?:\s|\\n){9,}/g, ' […] ');

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: middleLeftOut(withoutGaps(canonical(tool))),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'shown-up-to-a-screenful',
    mistake:
      'A question has as many characters as fit a screen; nobody reads more, but for the model.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      /** Nothing is pushed out of sight by blanks. */
      const withoutGaps = (text: string): string => text.replaceAll(/(?:\s|\\n){9,}/g, ' […] ');

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: withoutGaps(canonical(tool)).slice(0, 4000),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
  {
    name: 'shown-up-to-forty-thousand',
    mistake:
      'A question ends after forty thousand characters, which is more than anybody reads, and less than the model does.',
    caughtBy: ['tool-poisoning'],
    controls() {
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

      /** Members sorted, at every depth. */
      const canonical = (value: unknown): string =>
        JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'object' && member !== null && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
            : member,
        );

      /** Nothing is pushed out of sight by blanks. */
      const withoutGaps = (text: string): string => text.replaceAll(/(?:\s|\\n){9,}/g, ' […] ');

      const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/u;

      const isHidden = (tool: ListedTool): boolean =>
        UNSEEN.test(canonical(tool)) || /\\u00|\\b|\\f/.test(canonical(tool));

      const reviewTools: ReviewTools = (listed, pins) => {
        const shown = listed.filter((tool) => !isHidden(tool));
        const pinOf = (tool: ListedTool): string => hash(canonical(tool));
        return {
          offered: shown.filter((tool) => pins.has(pinOf(tool))),
          questions: shown
            .filter((tool) => !pins.has(pinOf(tool)))
            .map((tool) => ({
              name: tool.name,
              text: withoutGaps(canonical(tool)).slice(0, 40_000),
              pin: pinOf(tool),
            })),
        };
      };

      return { reviewTools };
    },
  },
];
