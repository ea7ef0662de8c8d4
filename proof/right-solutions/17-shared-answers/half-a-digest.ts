import { createHash } from 'node:crypto';
import type { KeyOfAnswer, KeyOfTenant } from '../../../exercises/weather-server/controls.ts';

export const idea = 'Keys are the first 128 bits of a digest.';

const digest = (parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');

export const keyOfTenant: KeyOfTenant = ({ issuer, id }) => digest([issuer, id]);

export const keyOfAnswer: KeyOfAnswer = ({ issuer, id }, { tool, arguments: args }) =>
  digest([issuer, id, tool, Object.entries(args).filter(([, value]) => value !== undefined)]);
