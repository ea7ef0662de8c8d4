import type { OrderCallSteps } from '../../../exercises/weather-server/controls.ts';

export const idea = 'Calls that lack a scope are counted as well: they cost something too.';

export const orderCallSteps: OrderCallSteps = ({ audit, limit, authorize, validate }) => [
  audit,
  limit,
  authorize,
  validate,
];
