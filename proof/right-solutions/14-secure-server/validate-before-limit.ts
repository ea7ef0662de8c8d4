import type { OrderCallSteps } from '../../../exercises/weather-server/controls.ts';

export const idea = 'Only calls that make sense are counted; the others are refused and logged.';

export const orderCallSteps: OrderCallSteps = ({ audit, authorize, validate, limit }) => [
  audit,
  authorize,
  validate,
  limit,
];
