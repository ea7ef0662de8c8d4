/**
 * Incidents at known servers: what their logs tell, and what the page is told of it.
 *
 * @module-tag long
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askQuestions } from '../../studies/forensics/ask-questions.ts';
import { DOES_NOT_TELL } from '../../studies/forensics/shared.ts';
import { IncidentArchive } from '../../studies/forensics/incident-archive.ts';
import { planIncident } from '../../studies/forensics/plan-incident.ts';
import { runIncident } from '../../studies/forensics/run-incident.ts';
import { Lab } from '../../lab/lab.ts';

const insecureLog = { kind: 'without', topic: '12-audit-log' } as const;

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

test('every part of the plan happens, and the reference refuses what it should', async () => {
  const { plan, calls, faults } = await lab.study(insecureLog, (session) =>
    runIncident(session, planIncident(11)),
  );
  expect(calls).toHaveLength(plan.calls.length);
  const pings = calls.filter(({ part }) => part === 'limit');
  expect(pings.filter(({ limited }) => limited)).toHaveLength(pings.length - 10);
  expect(calls.filter(({ part, limited }) => part !== 'limit' && limited)).toEqual([]);
  expect(faults).toEqual([]);
});

test('the insecure log does not tell what happened, and holds what it should not', async () => {
  const archive = new IncidentArchive();
  const incident = await lab.study(insecureLog, (session) => archive.happen(session, 4));
  expect(Object.keys(incident).sort()).toEqual(['faults', 'id', 'lines', 'questions']);
  for (const question of incident.questions) {
    expect(Object.keys(question).sort()).toEqual(
      ['choices', 'id', 'mayNotTell', 'text'].filter((key) => key in question),
    );
    const verdict = archive.check(incident.id, question.id, DOES_NOT_TELL);
    expect(verdict?.told).toBe(!question.mayNotTell);
    expect(verdict?.right).toBe(question.mayNotTell);
  }
  expect(archive.check(incident.id, 'no-question', 'x')).toBeUndefined();
  expect(archive.check('no-incident', 'who-lacked-scope', 'x')).toBeUndefined();
});

test('the latest incidents are kept, and no more', async () => {
  const archive = new IncidentArchive(1);
  const happen = () => lab.study(insecureLog, (session) => archive.happen(session, 4));
  const first = await happen();
  const [question] = first.questions;
  expect(archive.check(first.id, question?.id ?? '', 'x')).toBeDefined();
  const second = await happen();
  expect(archive.check(first.id, question?.id ?? '', 'x')).toBeUndefined();
  expect(archive.check(second.id, question?.id ?? '', 'x')).toBeDefined();
});

test('the log of the reference answers every question', async () => {
  const incident = await lab.study({ kind: 'reference' }, (session) =>
    runIncident(session, planIncident(23)),
  );
  for (let seed = 0; seed < 12; seed++) {
    for (const { question, told } of askQuestions(incident, seed)) {
      expect(told, question.id).toBe(true);
    }
  }
});
