import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'Parses a text itself and hands on the SyntaxError as it is: without a status, the client’s mistake looks like ours.';
export const caughtBy = [
  'json-deep-nesting',
  'requests-without-a-body',
  'unreadable-bodies-are-answered',
];

export const createBodyParser: CreateBodyParser = (config) => {
  const check = reference(config);
  const read = express.text({ limit: config.maxBodyBytes, type: 'application/json' });
  return (request, response, next) => {
    if (request.is('application/json') === false) return check(request, response, next);
    return read(request, response, (error?: unknown) => {
      if (error) return next(error);
      const text = String(request.body);
      try {
        request.body = JSON.parse(text, (key, value: unknown) =>
          key === '__proto__' ? undefined : value,
        );
        return next();
      } catch (failure) {
        return next(failure);
      }
    });
  };
};
