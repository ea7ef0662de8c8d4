import type { KeyOfTenant, KeyOfAnswer } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Each part is preceded by its length, so that no character in it can end it.';

const joined = (...parts: string[]): string =>
  parts.map((part) => `${part.length}:${part}`).join('');

export const keyOfTenant: KeyOfTenant = ({ issuer, id }, asked) => {
  if (asked !== undefined && asked !== id) throw new NotFoundError('There is no such tenant.');
  return joined(issuer, id);
};

export const keyOfAnswer: KeyOfAnswer = ({ issuer, id }, { tool, arguments: args }) => {
  const given = Object.keys(args)
    .sort()
    .flatMap((name) => (args[name] === undefined ? [] : [name, args[name]]));
  return joined(issuer, id, tool, ...given);
};
