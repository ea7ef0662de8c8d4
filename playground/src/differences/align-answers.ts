/** The answers of all targets to the request that decided, in rows of what differs. */
import type { AttackReport, Exchange, UseReport } from '../../../lab/protocol.ts';
import { targetNames } from '../console/targets.ts';
import type { TargetName } from '../../lab-api.ts';
import type { Outcomes } from '../lab-client/shot.ts';
import { readAnswer } from './compare-exchanges.ts';

interface AnswerRow {
  name: string;
  /** By target; one without the header has none. */
  values: Partial<Record<TargetName, string>>;
}

interface AlignedAnswers {
  targets: TargetName[];
  rows: AnswerRow[];
  /** JSON with a line for each member. */
  bodies: Partial<Record<TargetName, string>>;
  sameBody: boolean;
  /** Headers in which the baseline alone differs from the others. */
  baselineAlone: string[];
}

/** Undefined until two targets have answered. */
export function alignAnswers(outcomes: Outcomes): AlignedAnswers | undefined {
  const answers = new Map<TargetName, ReturnType<typeof readAnswer>>();
  for (const name of targetNames) {
    const outcome = outcomes[name];
    const exchange = outcome && outcome.type !== 'broken' ? decisiveOf(outcome.report) : undefined;
    if (exchange) answers.set(name, readAnswer(exchange));
  }
  const targets = [...answers.keys()];
  if (targets.length < 2) return undefined;
  const names = [...new Set([...answers.values()].flatMap(({ values }) => [...values.keys()]))];
  const rows: AnswerRow[] = [];
  const baselineAlone: string[] = [];
  for (const name of names) {
    const values: AnswerRow['values'] = {};
    for (const target of targets) {
      const value = answers.get(target)?.values.get(name);
      if (value !== undefined) values[target] = value;
    }
    const others = targets.filter((target) => target !== 'baseline');
    const isSame = (some: TargetName[]): boolean =>
      new Set(some.map((target) => values[target])).size === 1;
    if (name !== 'Status' && isSame(targets)) continue;
    if (name !== 'Status' && others.length > 1 && isSame(others)) baselineAlone.push(name);
    else rows.push({ name, values });
  }
  const bodies: AlignedAnswers['bodies'] = {};
  for (const [target, { body }] of answers) bodies[target] = body;
  return {
    targets,
    rows,
    bodies,
    sameBody: new Set(Object.values(bodies)).size === 1,
    baselineAlone,
  };
}

function decisiveOf(report: AttackReport | UseReport): Exchange | undefined {
  return 'attackId' in report
    ? report.exchanges.find(({ requestId }) => requestId === report.decisive)
    : report.exchanges.at(-1);
}
