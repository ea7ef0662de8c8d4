import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'Half of the limit is all that is read, since a letter takes two bytes in memory; the limit was promised in bytes of the body.';
export const caughtBy = ['large-bodies-pass'];

export const createBodyParser: CreateBodyParser = (config) =>
  reference({ ...config, maxBodyBytes: config.maxBodyBytes / 2 });
