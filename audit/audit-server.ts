/** The audit of one server from outside: asks, then judges. Its result is what every report shows. */
import type { Reference } from '../lab/attack.ts';
import { checklist } from './checklist.ts';
import { fixesOf, madeOf } from './fixes.ts';
import { CLASSIFICATIONS, GRAVITIES, type Classification, type Gravity } from './classification.ts';
import { probe, type AuditOptions } from './probes.ts';
import { hasResult, isMcpOrGuarded, isOpen, replyTo, revisionsOf, usesOAuth } from './read-seen.ts';
import {
  cannotTell,
  describe,
  notApplicable,
  quote,
  type Judgement,
  type Level,
  type State,
} from './requirement.ts';
import type { Probe, Seen } from './seen.ts';
import { digestsOf, toolsIn } from './tool-surface.ts';

export interface JudgedItem extends Classification {
  id: string;
  group: string;
  title: string;
  level: Level;
  state: State;
  evidence: string;
  reference: Reference;
  fix: string;
  /** Of what fails: the fix, in the words of what the server is made of. */
  fixes?: string[];
  /** File and heading. */
  lesson: string;
  /** It fails, and stands in the baseline. */
  isKnown?: boolean;
}

export interface AuditResult {
  schema: 2;
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
  /** SHA-256 of each tool that was listed, by name. */
  tools?: Record<string, string>;
  /** Ids of the baseline that do not fail any more. */
  mended?: string[];
}

/** @throws {AddressRefused} for an address that is not asked */
export async function auditServer(options: AuditOptions): Promise<AuditResult> {
  const startedAt = new Date();
  const { seen, requests, unreachable } = await probe(options);
  const why = unreachable ?? whyNotAsked(seen);
  const tools = toolsIn(seen);
  return {
    schema: 2,
    url: seen.url.href,
    startedAt: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    requests,
    token: fateOf(seen),
    revisions: revisionsOf(seen),
    ...(why === undefined ? {} : { unreachable: why }),
    items: judge(seen, unreachable),
    ...(tools ? { tools: digestsOf(tools) } : {}),
  };
}

/** They are about the connection, or about whether there is an endpoint at all. */
const OF_ANY_ADDRESS = ['tls', 'certificate-valid', 'speaks-mcp'];

const NO_OAUTH = notApplicable('The server shows no sign of OAuth, which is optional in MCP.');

const isWithoutOAuth = (seen: Seen): boolean => isOpen(seen.answers) && !usesOAuth(seen);

/** Of what is no endpoint of MCP, nothing is said; least of all that it is right. */
function judgeOne(id: string, judgement: Judgement, seen: Seen, why?: string): Judgement {
  if (why !== undefined) return id === 'certificate-valid' ? judgement : cannotTell(why);
  const isSpoken = judgement.state !== 'pass' || OF_ANY_ADDRESS.includes(id);
  return isSpoken || isMcpOrGuarded(seen)
    ? judgement
    : cannotTell('The endpoint gave no answer of MCP.');
}

/** @param why there was nothing to judge */
export function judge(seen: Seen, why?: string): JudgedItem[] {
  const frameworks = madeOf(seen);
  return checklist.flatMap(({ title: group, isOfOAuth = false, requirements }) =>
    requirements.map(({ id, title, level, reference, fix, lesson, judge }) => {
      const topic = lesson.replace('#', '.md#');
      const isOther = isOfOAuth && isWithoutOAuth(seen);
      const judged = judgeOne(id, isOther ? NO_OAUTH : judge(seen), seen, why);
      const fixes = judged.state === 'fail' ? fixesOf(id, frameworks) : [];
      return {
        id,
        group,
        title,
        level,
        ...(CLASSIFICATIONS[id] ?? { gravity: 'medium' }),
        ...judged,
        reference,
        fix,
        ...(fixes.length === 0 ? {} : { fixes }),
        lesson: `lessons/${topic}`,
      };
    }),
  );
}

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

/** The failures that count: as grave as that or graver, and not known before. */
const failuresOf = ({ items }: AuditResult, least: Gravity): JudgedItem[] =>
  items.filter(
    ({ state, gravity, isKnown }) =>
      state === 'fail' && !isKnown && GRAVITIES.indexOf(gravity) <= GRAVITIES.indexOf(least),
  );

/** 0: nothing failed that counts; 1: something did; 3: there was nothing to judge. */
export function exitCodeOf(result: AuditResult, least: Gravity): 0 | 1 | 3 {
  if (failuresOf(result, least).length > 0) return 1;
  return result.unreachable === undefined ? 0 : 3;
}
