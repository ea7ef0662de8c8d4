import { createHash, randomUUID } from 'node:crypto';
import type { KeptQuestion, KeyOfAnswer } from '../../../exercises/weather-server/controls.ts';
import type { Mistake } from '../../solutions.ts';

const joinedBy =
  (separator: string): KeyOfAnswer =>
  ({ issuer, id }, { tool, arguments: { city = '', text = '' } }) =>
    JSON.stringify([issuer, [tool, id, city, text].join(separator)]);

/** All that was asked, in one order. */
const membersOf = ({ arguments: args }: KeptQuestion) =>
  Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const hashOf = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (31 * hash + text.charCodeAt(at)) | 0;
  return hash;
};

export const mistakes: Mistake[] = [
  {
    name: 'answer-without-tenant',
    mistake: 'The key of an answer holds the question, and not whose question it is.',
    caughtBy: ['kept-answer-of-others', 'kept-answer-separator'],
    controls: { keyOfAnswer: (_tenant, question) => JSON.stringify(question) },
  },
  {
    name: 'answer-by-id-alone',
    mistake: 'The key of an answer holds the tenant’s id without the issuer that gave it.',
    caughtBy: ['kept-answer-of-others'],
    controls: { keyOfAnswer: ({ id }, question) => JSON.stringify([id, question]) },
  },
  {
    name: 'answer-by-issuer-alone',
    mistake: 'The key of an answer holds the issuer, which has many companies.',
    caughtBy: ['kept-answer-of-others'],
    controls: { keyOfAnswer: ({ issuer }, question) => JSON.stringify([issuer, question]) },
  },
  {
    name: 'answer-in-small-letters',
    mistake: 'The key is put into small letters, and with it the name of the tenant.',
    caughtBy: ['kept-answer-of-others', 'answers-fit-questions', 'kept-answer-separator'],
    controls: {
      keyOfAnswer: (tenant, question) => JSON.stringify([tenant, question]).toLowerCase(),
    },
  },
  {
    name: 'tenant-in-small-letters',
    mistake: 'In the key of an answer the tenant’s name has lost its capitals.',
    caughtBy: ['kept-answer-of-others'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) =>
        JSON.stringify([issuer, id.toLowerCase(), question]),
    },
  },
  {
    name: 'parts-joined-by-a-colon',
    mistake: 'The parts of the key are joined by a colon, which each of them may hold.',
    caughtBy: ['kept-answer-separator', 'answers-fit-questions'],
    controls: { keyOfAnswer: joinedBy(':') },
  },
  {
    name: 'parts-joined-by-a-bar',
    mistake: 'The parts of the key are joined by a bar, which each of them may hold.',
    caughtBy: ['kept-answer-separator', 'answers-fit-questions'],
    controls: { keyOfAnswer: joinedBy('|') },
  },
  {
    name: 'parts-joined-by-nothing',
    mistake: 'The parts of the key stand side by side with nothing in between.',
    caughtBy: ['kept-answer-separator', 'answers-fit-questions'],
    controls: { keyOfAnswer: joinedBy('') },
  },
  {
    name: 'tenant-before-tool',
    mistake: 'The tenant stands first and the rest behind it, with slashes that a name may hold.',
    caughtBy: ['kept-answer-separator', 'answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, { tool, arguments: { city = '', text = '' } }) =>
        `${issuer} ${id}/${tool}/${city}/${text}`,
    },
  },
  {
    name: 'tenant-behind-the-question',
    mistake: 'The tenant stands at the end, behind what the caller may write.',
    caughtBy: ['kept-answer-separator', 'answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, { tool, arguments: { city = '', text = '' } }) =>
        JSON.stringify([issuer, `${tool}|${city}|${text}|${id}`]),
    },
  },
  {
    name: 'issuer-runs-into-tenant',
    mistake: 'The question is kept apart by JSON, and issuer and tenant are joined by a slash.',
    caughtBy: ['kept-answer-separator'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) => `${issuer}/${id} ${JSON.stringify(question)}`,
    },
  },
  {
    name: 'answer-without-arguments',
    mistake: 'Each tenant has one answer of a tool, whatever was asked.',
    caughtBy: ['answers-fit-questions'],
    controls: { keyOfAnswer: (tenant, { tool }) => JSON.stringify([tenant, tool]) },
  },
  {
    name: 'answer-without-city',
    mistake: 'The key was not extended when the tool got another argument.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: (tenant, { tool, arguments: { text = '' } }) =>
        JSON.stringify([tenant, tool, text]),
    },
  },
  {
    name: 'values-without-names',
    mistake: 'The key holds the values that were given, and not which argument each of them is.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: (tenant, { tool, arguments: args }) =>
        JSON.stringify([tenant, tool, Object.values(args).filter(Boolean)]),
    },
  },
  {
    name: 'absent-is-a-word',
    mistake: 'An argument that is not there and one that says “undefined” make the same key.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: (tenant, { tool, arguments: { city, text } }) =>
        JSON.stringify([tenant, tool, String(city), String(text)]),
    },
  },
  {
    name: 'a-key-for-each-call',
    mistake: 'Each call has a key of its own, so that nothing is ever kept.',
    caughtBy: ['answers-are-kept'],
    controls: { keyOfAnswer: () => randomUUID() },
  },
  {
    name: 'key-cut-before-the-tenant',
    mistake:
      'Keys are cut to 250 characters, and the tenant stands behind a question of any length.',
    caughtBy: ['kept-answer-of-others', 'answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) =>
        JSON.stringify([question.tool, membersOf(question), issuer, id]).slice(0, 250),
    },
  },
  {
    name: 'key-cut-behind-the-tenant',
    mistake: 'Keys are cut to what a store takes, and long questions lose their end.',
    caughtBy: ['kept-answer-of-others', 'answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) =>
        JSON.stringify([issuer, id, question.tool, membersOf(question)]).slice(0, 250),
    },
  },
  {
    name: 'question-cut',
    mistake: 'The tenant is kept whole, and of the question its first hundred characters.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) =>
        JSON.stringify([
          issuer,
          id,
          JSON.stringify([question.tool, membersOf(question)]).slice(0, 100),
        ]),
    },
  },
  {
    name: 'hash-of-32-bits',
    mistake: 'The question is shortened to a hash of 32 bits, which many questions share.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) =>
        JSON.stringify([issuer, id, hashOf(JSON.stringify([question.tool, membersOf(question)]))]),
    },
  },
  {
    name: 'ten-digits-of-a-digest',
    mistake: 'Tenant and question are shortened to ten digits of a digest.',
    caughtBy: ['kept-answer-of-others', 'answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) =>
        createHash('sha256')
          .update(JSON.stringify([issuer, id, question.tool, membersOf(question)]))
          .digest('hex')
          .slice(0, 10),
    },
  },
  {
    name: 'bar-escaped-and-backslash-not',
    mistake: 'A bar in a value gets a backslash, and a backslash in a value gets nothing.',
    caughtBy: ['kept-answer-separator', 'answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, { tool, arguments: { city = '', text = '' } }) =>
        [issuer, id, tool, city, text]
          .map((part) => part.replaceAll('|', String.raw`\|`))
          .join('|'),
    },
  },
  {
    name: 'words-in-one-form',
    mistake:
      'Words are trimmed and brought into one Unicode form, and the database does not do so.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) =>
        JSON.stringify([
          issuer,
          id,
          question.tool,
          membersOf(question).map(([name, value = '']) => [name, value.normalize().trim()]),
        ]),
    },
  },
  {
    name: 'arguments-of-today',
    mistake: 'The key holds the two arguments that there are today, and no other that will come.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, { tool, arguments: { city, text } }) =>
        JSON.stringify([issuer, id, tool, city ?? null, text ?? null]),
    },
  },
  {
    name: 'answer-without-tool',
    mistake: 'Two tools that are asked the same have one answer.',
    caughtBy: ['answers-fit-questions'],
    controls: {
      keyOfAnswer: ({ issuer, id }, question) => JSON.stringify([issuer, id, membersOf(question)]),
    },
  },
];
