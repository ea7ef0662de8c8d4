/** What the lanes of the picture show and say. */
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import type { TargetName } from '../../lab-api.ts';
import { resultOf } from '../lab-client/shot-result.ts';
import type { Outcome, Outcomes } from '../lab-client/shot.ts';
import { targetNames } from '../console/targets.ts';
import type { GateId } from './gates.ts';
import { readWay, refusedAt, type Station, type Way } from './read-way.ts';

/** `hole`: here the reference refuses, and this server let it on. `unsure`: so was ordinary use. */
export type Mark = Station['state'] | 'hole' | 'unsure';

interface LaneStation {
  gate: GateId;
  mark: Mark;
  said: string | undefined;
}

export interface Lane {
  stations: LaneStation[];
  /** `hit`: the attack had it. `held`: it came through, and had none. */
  effect: { kind: 'hit' | 'held' | 'none' | 'served' | 'unknown'; text: string };
  /** The gate a sentence begins with, and the rest of it, which may quote the target. */
  gate: GateId | undefined;
  sentence: string;
}

interface Picture {
  /** Where the reference refuses, or else where the learner’s server does. */
  deciding: GateId | undefined;
  lanes: Partial<Record<TargetName, Lane>>;
}

export function drawPicture(outcomes: Outcomes, slug: string): Picture {
  const ways: Partial<Record<TargetName, Way>> = {};
  for (const name of targetNames) {
    const outcome = outcomes[name];
    if (outcome && outcome.type !== 'broken') ways[name] = readWay(outcome.report, slug);
  }
  const deciding = (['reference', 'yours'] as const)
    .filter((name) => outcomes[name] && resultOf(outcomes[name]) === 'blocked')
    .map((name) => ways[name] && refusedAt(ways[name])?.gate)
    .find((gate) => gate !== undefined);
  const lanes: Picture['lanes'] = {};
  for (const name of targetNames) {
    const [outcome, way] = [outcomes[name], ways[name]];
    if (outcome && way) lanes[name] = drawLane(outcome, way, deciding);
  }
  return { deciding, lanes };
}

function drawLane(outcome: Outcome, way: Way, deciding: GateId | undefined): Lane {
  const result = resultOf(outcome);
  const stations = way.stations.map(({ gate, state, said }): LaneStation => {
    const isPast = state === 'passed' || state === 'skipped';
    const mark =
      result === 'breached' && gate === deciding && isPast
        ? 'hole'
        : state === 'refused' && (result === 'inconclusive' || result === 'fails')
          ? 'unsure'
          : state;
    return { gate, mark, said };
  });
  return {
    stations,
    effect: effectOf(outcome, way),
    ...sentenceOf(outcome, way, stations),
  };
}

function sentenceOf(
  outcome: Outcome,
  way: Way,
  stations: LaneStation[],
): Pick<Lane, 'gate' | 'sentence'> {
  const summary = summaryOf(outcome);
  const hole = stations.find(({ mark }) => mark === 'hole');
  if (hole) {
    const wasAsked = way.stations.find(({ gate }) => gate === hole.gate)?.state === 'passed';
    return {
      gate: hole.gate,
      sentence: `${wasAsked ? 'let it through' : 'was not asked'}. ${summary}`,
    };
  }
  const torn = stations.find(({ mark }) => mark === 'torn');
  if (torn) {
    const [fault = summary] = outcome.type === 'broken' ? [] : outcome.report.faults;
    return { gate: torn.gate, sentence: `is where the tape ends. ${fault}` };
  }
  const stopped = refusedAt(way);
  if (!stopped || resultOf(outcome) === 'breached') return { gate: undefined, sentence: summary };
  const status = way.exchange?.response.status;
  const why = whyRefused(stopped, way);
  const refused = `refused it${status ? `, ${status}` : ''}${why ? `: ${why}` : '.'}`;
  const isProof = resultOf(outcome) === 'blocked';
  return { gate: stopped.gate, sentence: isProof ? refused : `${refused} ${summary}` };
}

/** What the gate says, or else what it had to decide on. */
function whyRefused({ gate, said }: Station, { exchange }: Way): string {
  if (said !== undefined && said !== '') return said;
  const { headers = {}, body = '' } = exchange?.request ?? {};
  const { origin, host } = headers;
  if (gate === 'origin') {
    return [origin && `Origin ${origin}`, host && `Host ${host}`].filter(Boolean).join(', ');
  }
  if (gate === 'body') return `${headers['content-type'] ?? 'no type'}, ${body.length} characters`;
  if (gate === 'token' && headers.authorization === undefined) return 'there is none';
  return '';
}

function summaryOf(outcome: Outcome): string {
  switch (outcome.type) {
    case 'broken':
      return outcome.message;
    case 'report':
      return outcome.report.summary;
    case 'use-report':
      return outcome.report.problems[0] ?? 'It was served as it should be.';
  }
}

function effectOf(outcome: Outcome, { entries }: Way): Lane['effect'] {
  const result = resultOf(outcome);
  const ran = entries.some(({ kind }) => kind === 'tool');
  switch (result) {
    case 'breached':
      return { kind: 'hit', text: describeEffect(entries) };
    case 'blocked':
      return ran ? { kind: 'held', text: 'no effect' } : { kind: 'none', text: 'nothing ran' };
    case 'works':
      return { kind: 'served', text: 'served' };
    case 'fails':
      return { kind: 'unknown', text: 'not served' };
    case 'inconclusive':
    case 'broken':
      return { kind: 'unknown', text: 'not known' };
  }
}

/**
 * In two or three words; the worst first. That a tool asked the database is no effect of its own: it
 * is one where the attack chose what was asked, and then the lines say what.
 */
function describeEffect(entries: TapeEntry[]): string {
  const started = entries.some((entry) => entry.kind === 'started');
  if (started) return 'started a program';
  const opened = entries.find((entry) => entry.kind === 'opened');
  if (opened && opened.as !== 'page') return `opened as ${opened.as}`;
  if (entries.some((entry) => entry.kind === 'web' && entry.inside)) return 'reached inside';
  if (entries.some((entry) => entry.kind === 'sent')) return 'sent credentials';
  if (opened) return 'opened a page';
  const shell = entries.find((entry) => entry.kind === 'shell');
  if (shell) return shell.shell ? 'ran a shell line' : 'ran a program';
  const file = entries.find((entry) => entry.kind === 'file' && entry.error === undefined);
  if (file) return 'touched a file';
  const stranger = entries.find((entry) => entry.kind === 'upstream' && !entry.expected);
  if (stranger) return 'asked a stranger';
  const web = entries.find((entry) => entry.kind === 'web');
  if (web) return web.inside ? 'reached inside' : 'asked the web';
  if (entries.some((entry) => entry.kind === 'third-party')) return 'asked the third party';
  const tool = entries.find((entry) => entry.kind === 'tool');
  const sql = entries.findLast((entry) => entry.kind === 'sql');
  if (tool?.tool === 'search_stations' && sql?.rows !== undefined) {
    return sql.rows === 1 ? '1 row' : `${sql.rows} rows`;
  }
  if (tool) return `ran as ${tool.subject || 'nobody'}`;
  return 'breached';
}
