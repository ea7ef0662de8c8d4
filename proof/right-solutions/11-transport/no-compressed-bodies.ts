import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Compressed bodies are not taken at all, and 415 says so: no client of MCP sends one, and nothing has to be measured twice.';

const DEEPEST = 50;

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: maxBodyBytes, type: 'application/json', inflate: false });
  return (request, response, next) => {
    if (request.is('application/json') === false) {
      return next(new HttpError(415, 'Send application/json.'));
    }
    return parse(request, response, (error?: unknown) => {
      const refusal = error ?? (isAcceptable(request.body) ? undefined : new HttpError(400, 'No.'));
      if (refusal) request.body = undefined;
      next(refusal);
    });
  };
};

function isAcceptable(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const objects = level.filter((value) => typeof value === 'object' && value !== null);
    if (objects.length === 0) return true;
    if (objects.some((value) => Object.hasOwn(value, '__proto__'))) return false;
    if (objects.some((value) => hasPrototypeInConstructor(value))) return false;
    level = objects.flatMap((value) => Object.values(value));
  }
  return false;
}

function hasPrototypeInConstructor(value: object): boolean {
  if (!Object.hasOwn(value, 'constructor')) return false;
  const own: unknown = value.constructor;
  return typeof own === 'object' && own !== null && Object.hasOwn(own, 'prototype');
}
