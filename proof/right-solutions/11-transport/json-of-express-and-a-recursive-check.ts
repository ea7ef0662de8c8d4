import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Other types are not parsed at all, and no message comes of them. The check for depth calls itself, and stops at the depth it looks for.';

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member)));

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: maxBodyBytes });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) =>
      next(error ?? (isDeeperThan(50, request.body) ? new HttpError(400, 'Too deep') : undefined)),
    );
};
