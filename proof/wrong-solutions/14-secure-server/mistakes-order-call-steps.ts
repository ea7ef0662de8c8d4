import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'audit-innermost',
    mistake:
      'Audit encloses the tool only, so that a call that was refused on its way there leaves no line.',
    caughtBy: ['order-silent-refusals', 'whole-12-audit-log'],
    controls: {
      orderCallSteps: ({ authorize, limit, validate, audit }) => [
        authorize,
        limit,
        validate,
        audit,
      ],
    },
  },
  {
    name: 'audit-inside-authorize',
    mistake: 'Who may not call a tool is turned away before audit has noticed the call.',
    caughtBy: ['order-silent-refusals'],
    controls: {
      orderCallSteps: ({ authorize, audit, limit, validate }) => [
        authorize,
        audit,
        limit,
        validate,
      ],
    },
  },
  {
    name: 'authorize-left-out',
    mistake:
      'Whoever has a token may call every tool, because the list shows only those they may call.',
    caughtBy: ['order-silent-refusals', 'whole-06-scopes', 'whole-13-error-responses'],
    controls: {
      orderCallSteps: ({ audit, limit, validate }) => [audit, limit, validate],
    },
  },
  {
    name: 'limit-left-out',
    mistake: 'There is a limiter, and nothing asks it.',
    caughtBy: ['order-silent-refusals', 'whole-10-rate-limits'],
    controls: {
      orderCallSteps: ({ audit, authorize, validate }) => [audit, authorize, validate],
    },
  },
];
