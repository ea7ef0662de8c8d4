import { randomUUID } from 'node:crypto';
import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake = 'The answer has an id of its own, and nobody finds anything under it.';
export const caughtBy = ['request-id-finds-the-entry'];

export const buildToolError: BuildToolError = (error) => rightly(error, randomUUID());
