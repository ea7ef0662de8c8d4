/** What the attacks on the audit log share: who calls, and how lines about a call are judged. */
import type { Findings } from '../../../lab/attack.ts';
import type { LabSession, TokenRecipe } from '../../../lab/protocol.ts';
import {
  isAmong,
  outcomeIn,
  serversWords,
  whatIsMissing,
  type AuditLine,
  type CallFacts,
  type Outcome,
} from './audit-lines.ts';
import { link } from '../references.ts';

export const logging = link(
  'OWASP ASVS 5.0, V16 Security Logging and Error Handling',
  'https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x25-V16-Security-Logging-and-Error-Handling.md',
);

export const JSON_RPC_HEADERS = {
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-11-25',
};

export const actorOf = (lab: LabSession): { issuer: string; subject: string } => ({
  issuer: lab.config.issuer,
  subject: `user-${lab.nonce}`,
});

export const mintFor = (lab: LabSession, recipe: TokenRecipe = {}): Promise<string> =>
  lab.mint({ ...recipe, claims: { sub: `user-${lab.nonce}`, ...recipe.claims } });

/** Whether the server says something in the line that fits. */
export const says = (line: AuditLine, fits: (text: string) => boolean): boolean =>
  serversWords(line).some(({ value }) => fits(String(value)));

export const NONE: Findings = { breaches: [], complaints: [] };

const ENDED: Record<Outcome, string> = {
  succeeded: 'succeeded',
  failed: 'failed',
  refused: 'was refused',
};

const inWords = (outcomes: readonly Outcome[]): string =>
  outcomes.map((outcome) => ENDED[outcome]).join(' or ');

/** What somebody who knows the facts finds wrong with the lines about one call. */
export function judgeLine(ends: AuditLine[], facts: CallFacts): Findings {
  const { requestId, tool, outcomes } = facts;
  const name = tool || 'an unknown tool';
  const [line] = ends;
  if (!line) {
    return {
      breaches: [
        `A call of ${name} ${inWords(outcomes)}, and no line says so (request ${requestId}).`,
      ],
      complaints: [],
    };
  }
  const complaints: string[] = [];
  if (ends.length > 1) {
    complaints.push(`One call of ${name} left ${ends.length} lines that say how it ended.`);
  }
  const told = outcomeIn(line);
  const breaches = isAmong(outcomes, told)
    ? []
    : [
        `The line says that the call of ${name} ${told ? ENDED[told] : 'ended'}; the server knows that it ${inWords(outcomes)}.`,
      ];
  const missing = whatIsMissing(line, facts);
  if (missing.length > 0) {
    complaints.push(`The line about the call of ${name} does not say ${missing.join(', nor ')}.`);
  }
  return { breaches, complaints };
}

export const merge = (findings: Findings[]): Findings => ({
  breaches: [...new Set(findings.flatMap(({ breaches }) => breaches))].slice(0, 4),
  complaints: [...new Set(findings.flatMap(({ complaints }) => complaints))].slice(0, 4),
});

/** A tool that nobody knows may be shown as such; its name is the caller's text. */
export const KNOWN_TOOLS = [
  'get_weather',
  'get_forecast',
  'search_stations',
  'read_report',
  'ping_station',
  'save_alert',
  'delete_alert',
  'share_alert',
  'start_export',
  'get_export',
  'cancel_export',
  'add_sensor',
  'list_sensors',
  'get_sensor',
  'retire_sensor',
  'import_feed',
  'list_all_alerts',
];

/** `{{token}}`, `{{secret}}` and `{{nonce}}` in any text of a payload. */
export function fill<T>(payload: T, values: Record<string, string>): T {
  const text = JSON.stringify(payload).replaceAll(
    /\{\{(\w+)\}\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
  return JSON.parse(text) as T;
}

export const excerpt = (text: string): string =>
  text.length > 160 ? `${text.slice(0, 160)}…` : text;
