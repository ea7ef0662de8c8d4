/** The audit of one server from outside: asks, then judges. Its result is what every report shows. */
import type { Reference } from '../lab/attack.ts';
import { checklist } from './checklist.ts';
import { probe, type AuditOptions } from './probes.ts';
import { hasResult, isMcpOrGuarded, replyTo, revisionsOf } from './read-seen.ts';
import {
  cannotTell,
  describe,
  quote,
  type Judgement,
  type Level,
  type State,
} from './requirement.ts';
import type { Probe, Seen } from './seen.ts';

export interface JudgedItem {
  id: string;
  group: string;
  title: string;
  level: Level;
  state: State;
  evidence: string;
  reference: Reference;
  fix: string;
  /** File and heading. */
  lesson: string;
}

export interface AuditResult {
  schema: 1;
  url: string;
  startedAt: string;
  seconds: number;
  /** How many were sent. */
  requests: number;
  /** What became of the token. */
  token: 'none' | 'accepted' | 'not accepted' | 'not asked for' | 'withheld';
  /** Which the server was seen to speak; each of them is judged. */
  revisions: string[];
  /** The server gave nothing to judge, and why. */
  unreachable?: string;
  items: JudgedItem[];
}

/** @throws {AddressRefused} for an address that is not asked */
export async function auditServer(options: AuditOptions): Promise<AuditResult> {
  const startedAt = new Date();
  const { seen, requests, unreachable } = await probe(options);
  const why = unreachable ?? whyNotAsked(seen);
  return {
    schema: 1,
    url: seen.url.href,
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    requests,
    token: fateOf(seen),
    revisions: revisionsOf(seen),
    ...(why === undefined ? {} : { unreachable: why }),
    items: judge(seen, unreachable),
  };
}

/** They are about the connection, or about whether there is an endpoint at all. */
const OF_ANY_ADDRESS = ['tls', 'certificate-valid', 'speaks-mcp'];

/** Of what is no endpoint of MCP, nothing is said; least of all that it is right. */
function judgeOne(id: string, judgement: Judgement, seen: Seen, why?: string): Judgement {
  if (why !== undefined) return id === 'certificate-valid' ? judgement : cannotTell(why);
  const isSpoken = judgement.state !== 'pass' || OF_ANY_ADDRESS.includes(id);
  return isSpoken || isMcpOrGuarded(seen)
    ? judgement
    : cannotTell('The endpoint gave no answer of MCP.');
}

/** @param why there was nothing to judge */
export const judge = (seen: Seen, why?: string): JudgedItem[] =>
  checklist.flatMap(({ title: group, requirements }) =>
    requirements.map(({ id, title, level, reference, fix, lesson, judge }) => {
      const topic = lesson.replace('#', '.md#');
      return {
        id,
        group,
        title,
        level,
        ...judgeOne(id, judge(seen), seen, why),
        reference,
        fix,
        lesson: `lessons/${topic}`,
      };
    }),
  );

function fateOf(seen: Seen): AuditResult['token'] {
  if (seen.token !== 'sent') return seen.token;
  const isAnswered = (...probes: Probe[]): boolean =>
    probes.some((probe) => hasResult(replyTo(seen.answers, probe)));
  if (isAnswered('anonymous initialize', 'anonymous discover')) return 'not asked for';
  return isAnswered('initialize', 'discover') ? 'accepted' : 'not accepted';
}

/** An answer that is neither one of MCP nor a refusal of the caller leaves nothing to judge. */
function whyNotAsked(seen: Seen): string | undefined {
  const [first] = (['anonymous initialize', 'anonymous discover'] as const).flatMap(
    (probe) => replyTo(seen.answers, probe) ?? [],
  );
  if (!first || isMcpOrGuarded(seen)) return undefined;
  const { location } = first.headers;
  return location === undefined
    ? `It answered requests of MCP with ${describe(first)}.`
    : `It answered ${describe(first)} and pointed to ${quote(location)}; the audit follows no redirects. Give it the address of the endpoint itself.`;
}

const isFailed = ({ state, level }: JudgedItem, isStrict: boolean): boolean =>
  state === 'fail' && (isStrict || level !== 'SHOULD');

/** 0: nothing failed; 1: something did; 3: there was nothing to judge. */
export function exitCodeOf({ items, unreachable }: AuditResult, isStrict: boolean): 0 | 1 | 3 {
  if (items.some((item) => isFailed(item, isStrict))) return 1;
  return unreachable === undefined ? 0 : 3;
}
