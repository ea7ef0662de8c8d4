import type { KeyOfAnswer } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'An empty text and none are one question, as they are to the database, and the order makes none.';

export const keyOfAnswer: KeyOfAnswer = ({ issuer, id }, { tool, arguments: args }) => {
  const given = Object.entries(args).filter(([, value]) => value);
  return JSON.stringify([
    issuer,
    id,
    tool,
    given.toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
};
