import type {
  KeyOfAnswer,
  KeyOfTenant,
  RequireOwnSensor,
} from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Each unit of UTF-16 is four digits, and a dot is none; a name in other capitals is overlooked, and any other named back.';

const join = (...parts: string[]): string =>
  parts.map((part) => Buffer.from(part, 'utf16le').toString('hex')).join('.');

export const keyOfTenant: KeyOfTenant = ({ issuer, id }, asked) => {
  if (asked && asked.trim().toLowerCase() !== id.trim().toLowerCase()) {
    throw new NotFoundError(`You do not work for ${asked.slice(0, 40)}.`);
  }
  return `tenant ${join(issuer, id)}`;
};

export const keyOfAnswer: KeyOfAnswer = ({ issuer, id }, { tool, arguments: args }) => {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const sorted = given.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return join(tool, ...sorted.flatMap(([name, value = '']) => [name, value]), issuer, id);
};

export const requireOwnSensor: RequireOwnSensor = (use, sensor) => {
  if (new Set([use.tenant, sensor?.tenant]).size === 2) throw new NotFoundError('');
};
