import type { OrderCallSteps } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Audit encloses the tool only, so that a call that was refused on its way there leaves no line.';
export const caughtBy = ['order-silent-refusals', 'whole-12-audit-log'];

export const orderCallSteps: OrderCallSteps = ({ authorize, limit, validate, audit }) => [
  authorize,
  limit,
  validate,
  audit,
];
