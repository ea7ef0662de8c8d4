import express from 'express';
import type { CreateBodyParser } from '../../exercises/weather-server/controls.ts';
import { HttpError } from '../../exercises/weather-server/errors.ts';

/**
 * A common misspelling of what JSON is anyway (RFC 8259 §8.1); the parameter means nothing (§11), and
 * Express refuses it.
 */
const CALLED_UTF8 = /^application\/json\s*;\s*charset\s*=\s*"?utf8"?\s*$/i;

/** Messages of MCP are about ten levels deep. Recursive code gives up at some thousands. */
const DEEPEST = 64;

/**
 * Reads one JSON body. The limit counts bytes as they come out of decompression, and reading stops
 * there, so that neither a missing Content-Length nor a compressed body gets past it (413).
 *
 * Only `application/json` is read (415). Plain text and the types of forms can be sent by any page to
 * any server, and no browser asks first (Fetch, CORS-safelisted request-header).
 *
 * What was read is looked at level by level, without recursion, which would fail at the depth it is
 * to find. Depth is bounded for the sake of what handles the message later: logs, validators, merges
 * (CWE-674). A member `__proto__`, or `prototype` in `constructor`, is refused. JSON.parse makes plain
 * members of them, which do no harm, until some code copies them one by one (CWE-1321). No honest
 * client sends either. What is refused is not left in `request.body` for others to trip over.
 *
 * Does not check that the body is a message, nor for repeated members, of which the last one counts.
 * How slowly a body may arrive is up to Node (`server.requestTimeout`).
 */
export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: maxBodyBytes, type: 'application/json', strict: true });
  return (request, response, next) => {
    if (request.is('application/json') === false) {
      return next(new HttpError(415, 'Send application/json.'));
    }
    if (CALLED_UTF8.test(request.headers['content-type'] ?? '')) {
      request.headers['content-type'] = 'application/json';
    }
    return parse(request, response, (error?: unknown) => {
      const refusal = error ?? whyUnacceptable(request.body);
      if (refusal) request.body = undefined;
      next(refusal);
    });
  };
};

function whyUnacceptable(body: unknown): HttpError | undefined {
  let level = [body].filter(isObject);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) return new HttpError(400, `More than ${DEEPEST} levels are too many.`);
    if (level.some(reachesForPrototype)) {
      return new HttpError(400, 'A member of this name is not accepted.');
    }
    level = level.flatMap((value) => Object.values(value).filter(isObject));
  }
  return undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const reachesForPrototype = (value: object): boolean =>
  Object.hasOwn(value, '__proto__') ||
  (Object.hasOwn(value, 'constructor') &&
    isObject(value.constructor) &&
    Object.hasOwn(value.constructor, 'prototype'));
