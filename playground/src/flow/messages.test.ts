import { expect, it } from 'vitest';
import type { FlowStep } from '../../../studies/flow/shared.ts';
import { describeMessages } from './messages.ts';

const step = (messages: FlowStep['messages']): FlowStep => ({
  id: 'call',
  title: '',
  story: '',
  topic: '',
  lessonAnchor: '',
  messages,
});

it('tells a message and those that follow from it as one way', () => {
  expect(describeMessages(step([['client', 'MCP server']]))).toBe('Client to MCP server');
  const twice = step([
    ['client', 'browser'],
    ['browser', 'Skydiary'],
  ]);
  expect(describeMessages(twice)).toBe('Client to browser to Skydiary');
});
