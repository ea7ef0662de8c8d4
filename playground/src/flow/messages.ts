import type { FlowStep } from '../../../studies/flow/shared.ts';

/** Who takes part, from left to right. */
export const parties = ['Client', 'Browser', 'Authorization server', 'MCP server'] as const;
export type Party = (typeof parties)[number];

/** Who asks whom in a step; the answer comes back the same way. */
export const messages: Record<FlowStep['id'], readonly (readonly [from: Party, to: Party])[]> = {
  challenge: [['Client', 'MCP server']],
  'resource-metadata': [['Client', 'MCP server']],
  'server-metadata': [['Client', 'Authorization server']],
  registration: [['Client', 'Authorization server']],
  authorization: [
    ['Client', 'Browser'],
    ['Browser', 'Authorization server'],
  ],
  token: [['Client', 'Authorization server']],
  call: [['Client', 'MCP server']],
  refresh: [['Client', 'Authorization server']],
};

/** `Client to browser to authorization server`. */
export const describeMessages = (id: FlowStep['id']): string => {
  const all = messages[id];
  return [all[0]?.[0] ?? '', ...all.map(([, to]) => lowered(to))].join(' to ');
};

const lowered = (party: Party): string =>
  party.startsWith('MCP') ? party : party.slice(0, 1).toLowerCase() + party.slice(1);
