/** Messages of which this server has no use, or none that it would show: its controls are asked about them. */
import { z } from 'zod';
import type { MirroredArgument, SentMessage } from '../../../exercises/weather-server/controls.ts';
import type { Findings } from '../../../lab/attack.ts';
import type { HeaderAnswer, LabSession } from '../../../lab/protocol.ts';
import { VERSION_MEMBER } from './through-the-gateway.ts';

/** A message as an honest client would send it, but for what is given here. */
export interface AskedMessage {
  method: string;
  /** `_meta` is added, unless there is one. */
  params: Record<string, unknown>;
  /** Names in lower case, with every value; with none, the header is left out. */
  headers: Record<string, string[]>;
  mirrored?: MirroredArgument[] | undefined;
  isNotification?: boolean | undefined;
}

export const askedMessage = z.strictObject({
  method: z.string().max(200),
  params: z.record(z.string(), z.unknown()),
  headers: z.record(z.string().regex(/^[a-z-]{1,60}$/), z.array(z.string().max(1000)).max(5)),
  mirrored: z
    .array(
      z.strictObject({
        header: z.string().max(60),
        argument: z.string().max(60),
        type: z.enum(['string', 'integer']),
      }),
    )
    .max(5)
    .optional(),
  isNotification: z.boolean().optional(),
});

function sentOf({ method, params, headers, isNotification }: AskedMessage): SentMessage {
  const whole = { _meta: { [VERSION_MEMBER]: '2026-07-28' }, ...params };
  const id = isNotification ? {} : { id: 1 };
  const all = { 'mcp-method': [method], 'mcp-protocol-version': ['2026-07-28'], ...headers };
  return {
    // Of a header that was not sent there is no member.
    headers: Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0)),
    body: { jsonrpc: '2.0', ...id, method, params: whole },
  };
}

export async function matchingAnswer(
  lab: LabSession,
  asked: AskedMessage,
): Promise<HeaderAnswer | undefined> {
  const { mirrored = [] } = asked;
  const [answer] = await lab.matchingHeaders([{ sent: sentOf(asked), mirrored }]);
  return answer;
}

export async function revisionAnswer(
  lab: LabSession,
  asked: AskedMessage,
): Promise<HeaderAnswer | undefined> {
  const [answer] = await lab.revisionsOf([sentOf(asked)]);
  return answer;
}

/** What a control said that should have refused, with one of these codes. */
export function judgeRefusal(answer: HeaderAnswer | undefined, codes: readonly number[]): Findings {
  if (answer && 'passed' in answer) {
    const what = answer.passed === 'matching' ? 'as one that matches' : `as ${answer.passed}`;
    return { breaches: [`The message was let pass, ${what}.`], complaints: [] };
  }
  if (!answer || 'broke' in answer) {
    const complaint = `The control threw what the server has no answer to: ${answer?.broke}`;
    return { breaches: [], complaints: [complaint] };
  }
  const wanted = codes.map((code) => String(code).replace('-', '−')).join(' or ');
  const complaints = codes.includes(answer.code)
    ? []
    : [`A client needs ${wanted}; it gets ${answer.code}.`];
  return { breaches: [], complaints };
}

/** What is wrong with how an honest message was answered. */
export function toldOf(what: string, answer: HeaderAnswer | undefined): string[] {
  if (answer && 'passed' in answer) return [];
  const how = answer && 'broke' in answer ? `broke: ${answer.broke}` : 'refused';
  const named = answer && 'header' in answer ? `, for its ${answer.header}` : '';
  return [`${what}: ${how}${named}`];
}
