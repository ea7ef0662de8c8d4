/** Questions to the user of a client, and what comes back (MCP 2026-07-28, Multi Round-Trip Requests). */
import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  type InputRequiredResult,
} from '@modelcontextprotocol/server';
import type { ToolMessage } from './attempted-calls.ts';
import type { ClientAnswer } from './controls.ts';
import type { ConfirmationNeeded } from './errors.ts';

/** What came with a call besides its arguments. Its state is whatever text was sent. */
export function clientAnswerIn({ params }: ToolMessage): ClientAnswer {
  const meta = params?._meta;
  return {
    capabilities: { ...asObject(asObject(meta)[CLIENT_CAPABILITIES_META_KEY]) },
    requestState: typeof params?.requestState === 'string' ? params.requestState : undefined,
    inputResponses: params?.inputResponses,
  };
}

/** One question, called `confirm`, with one box to tick. */
export const askUser = ({ question, requestState }: ConfirmationNeeded): InputRequiredResult =>
  inputRequired({
    requestState,
    inputRequests: {
      confirm: inputRequired.elicit({
        message: question,
        requestedSchema: {
          type: 'object',
          properties: { confirm: { type: 'boolean', title: 'Yes, do it' } },
          required: ['confirm'],
        },
      }),
    },
  });

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
