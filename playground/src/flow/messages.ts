import type { FlowStep } from '../../../studies/flow/shared.ts';

/** `Client to browser to authorization server`. */
export const describeMessages = ({ messages }: FlowStep): string =>
  withCapital([messages[0]?.[0] ?? '', ...messages.map(([, to]) => to)].join(' to '));

export const withCapital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
