import type { KeyOfTenant, KeyOfAnswer } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Parts are encoded as those of a path are, and joined by the one character that then stands in none.';

const joined = (parts: string[]): string => parts.map(wellFormed).map(encodeURIComponent).join('/');

/** A half of a pair is no text that could be encoded. */
const wellFormed = (part: string): string =>
  part.replaceAll(/[\ud800-\udfff%]/gu, (unit) => `%${unit.charCodeAt(0).toString(16)};`);

export const keyOfTenant: KeyOfTenant = ({ issuer, id }) => joined([issuer, id]);

export const keyOfAnswer: KeyOfAnswer = ({ issuer, id }, { tool, arguments: args }) => {
  const given = Object.keys(args)
    .toSorted()
    .flatMap((name) => [name, args[name] === undefined ? '-' : `+${args[name]}`]);
  return joined([issuer, id, tool, ...given]);
};
