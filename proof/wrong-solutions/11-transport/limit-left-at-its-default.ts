import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The limit that Express has by default, 100 KB: what the server promised to take is refused.';
export const caughtBy = ['json-deep-nesting', 'large-bodies-pass'];

export const createBodyParser: CreateBodyParser = () => express.json();
