import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake = 'Parses a body of any type as JSON, for clients that forget to name it.';
export const caughtBy = ['csrf-simple-post'];

export const createBodyParser: CreateBodyParser = (config) => {
  const check = reference(config);
  const parse = express.json({ limit: config.maxBodyBytes, type: '*/*' });
  return (request, response, next) => {
    if (request.is('application/json')) return check(request, response, next);
    return parse(request, response, next);
  };
};
