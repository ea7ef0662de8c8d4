import type { OrderCallSteps } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Who may not call a tool is turned away before audit has noticed the call.';
export const caughtBy = ['order-silent-refusals'];

export const orderCallSteps: OrderCallSteps = ({ authorize, audit, limit, validate }) => [
  authorize,
  audit,
  limit,
  validate,
];
