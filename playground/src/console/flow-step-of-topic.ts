import type { FlowStep } from '../../../grader/flow/flow.ts';

/** Where in the walk a topic's work shows, for topics whose lesson is a step of the flow. */
export const flowStepOfTopic: Partial<Record<string, FlowStep['id']>> = {
  '02-client-registration': 'registration',
  '03-pkce': 'authorization',
  '04-token-grants': 'token',
};
