import { expect, it } from 'vitest';
import { asSent, toSend } from './sent-outline.ts';

it('leaves out ids that follow from titles, and no others', () => {
  const outline = {
    minutes: 3,
    sections: [
      { id: 'what-goes-wrong', title: 'What goes wrong', depth: 2 },
      { id: 'iss-and-why', title: '`iss`, and why', depth: 3, fastTrackMinutes: 0.4 },
      { id: 'what-goes-wrong-1', title: 'What goes wrong', depth: 2 },
      { id: 'größe', title: 'Größe', depth: 2 },
    ],
  };
  const sent = toSend(outline);
  expect(sent.sections.map(({ id }) => id)).toEqual([
    undefined,
    undefined,
    'what-goes-wrong-1',
    'größe',
  ]);
  expect(asSent(sent)).toEqual(outline);
});
