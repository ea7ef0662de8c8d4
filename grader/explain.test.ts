import { expect, test } from 'vitest';
import { explainWholeServer } from './explain.ts';
import type { WholeServerItem } from './whole-server.ts';

const item = (id: string, evidence: string): WholeServerItem => ({
  topic: '08-city-input',
  id,
  kind: 'attack',
  title: id,
  holds: false,
  evidence,
});

test('what was not answered in time blames no topic', () => {
  const open = [
    item('late', 'With “one”: too slow to tell, there was no answer after 24.0 s.'),
    item('later', 'Too slow to tell: the target still worked on its answer when it was stopped.'),
  ];
  const { findings } = explainWholeServer('08-city-input', open, new Set(['late']));
  expect(findings[0]).toContain('says nothing about your files');
  expect(findings.join(' ')).not.toMatch(/another topic|solve that first/);
  expect(findings).toHaveLength(3);
});

test('what is open in a topic itself, and what only on the whole server, are two lists', () => {
  const open = [item('own', 'A row was read.'), item('of-others', 'A call ran.')];
  const { findings } = explainWholeServer('08-city-input', open, new Set(['own']));
  expect(findings.join('\n')).toMatch(/itself; solve that first[^]*own:[^]*only[^]*of-others:/);
});
