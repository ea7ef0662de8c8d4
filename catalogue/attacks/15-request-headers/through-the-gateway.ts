/** Requests that a gateway lets pass by their headers, and what the server makes of their bodies. */
import { z } from 'zod';
import { mirroredArgumentsOf } from '../../../exercises/weather-server/mirrored-arguments.ts';
import type { Findings } from '../../../lab/attack.ts';
import { askGateway, type Believed, type GatewayPolicy } from '../../../lab/gateway.ts';
import {
  StepFailed,
  type GatewayReading,
  type LabReply,
  type LabSession,
} from '../../../lab/protocol.ts';
import { statelessMessage } from '../../../lab/message-of.ts';
import { describeReply } from '../replies.ts';

export const VERSION_MEMBER = 'io.modelcontextprotocol/protocolVersion';

/** A call as an honest client would send it, and what is changed about it. */
export interface PassedCall {
  gateway: GatewayPolicy;
  /** What the body asks for. */
  tool: string;
  arguments: Record<string, unknown>;
  /** Headers that do not say so: a text, several of them, or null for none at all. */
  headers: Record<string, string | string[] | null>;
  /** The name in front of the one that counts, in the text of the body. */
  nameBefore?: string | undefined;
  /** The version in `_meta`, if not the right one; null leaves it out, `no _meta` all of it. */
  version?: unknown;
}

const texts = z.array(z.string().max(200)).max(20);
export const passedCall = z.strictObject({
  gateway: z.strictObject({
    tools: texts.optional(),
    deniedTools: texts.optional(),
    deniedReports: texts.optional(),
    deniedAlerts: texts.optional(),
    missing: z.enum(['passes', 'stops']).optional(),
    ofSeveral: z.enum(['first', 'last']).optional(),
    versions: z.enum(['only compared ones', 'any']).optional(),
    bytes: z.enum(['latin-1', 'utf-8']).optional(),
    broken: z.enum(['decoded', 'as it is']).optional(),
  }),
  tool: z.string().max(200),
  arguments: z.record(z.string(), z.unknown()),
  headers: z.record(
    z.string().regex(/^[a-z-]{1,60}$/),
    z.union([z.string().max(1000), z.array(z.string().max(1000)).max(5), z.null()]),
  ),
  nameBefore: z.string().max(200).optional(),
  version: z.unknown().optional(),
});

/** What a refusal should say. */
export interface ExpectedRefusal {
  codes: number[];
  /** Headers of which one is at fault; undefined if the fault is in the body. */
  headers?: string[];
}

export async function sendThroughGateway(
  lab: LabSession,
  payload: PassedCall,
  expected: ExpectedRefusal,
): Promise<Findings> {
  const { headers, body } = formOf(payload);
  const decision = askGateway(payload.gateway, linesOf(headers));
  if (!decision.passes) {
    throw new StepFailed(`The gateway stops this request: ${decision.why}.`);
  }
  const token = await lab.mint();
  const reply = await lab.send(
    {
      path: '/mcp',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body,
      readings: readingsOf(decision.believed, body),
    },
    'what the gateway let pass',
  );
  const ran = await lab.executions([reply]);
  const breaches = ran.flatMap((execution) => whatDiffers(decision.believed, execution));
  const complaints =
    ran.length > 0 || breaches.length > 0 ? [] : complainAboutRefusal(reply, expected);
  return { breaches, complaints };
}

function formOf({ tool, arguments: args, headers: changes, ...others }: PassedCall): {
  headers: Record<string, string | string[]>;
  body: string;
} {
  const honest = statelessMessage('tools/call', { name: tool, arguments: args });
  const headers: Record<string, string | string[]> = { ...honest.headers };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  const { _meta, ...params } = honest.body.params;
  const meta = { ...(_meta as Record<string, unknown>) };
  if (others.version === null) delete meta[VERSION_MEMBER];
  else if (others.version !== undefined) meta[VERSION_MEMBER] = others.version;
  const whole = others.version === 'no _meta' ? params : { ...params, _meta: meta };
  const text = JSON.stringify({ ...honest.body, params: whole });
  const { nameBefore } = others;
  const body =
    nameBefore === undefined
      ? text
      : text.replace('"params":{', `"params":{"name":${JSON.stringify(nameBefore)},`);
  return { headers, body };
}

const linesOf = (headers: Record<string, string | string[]>): [string, string][] =>
  Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );

/** Side by side, whatever came of it. */
function readingsOf(believed: Believed, body: string): GatewayReading[] {
  const { method, params } = JSON.parse(body) as {
    method: string;
    params: { name: string; arguments: Record<string, unknown>; _meta?: Record<string, unknown> };
  };
  const said = (value: unknown): string | undefined =>
    typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
  return [
    { what: 'Revision', inHeaders: believed.version, inBody: said(params._meta?.[VERSION_MEMBER]) },
    { what: 'Method', inHeaders: believed.method, inBody: method },
    { what: 'Tool', inHeaders: believed.name, inBody: params.name },
    ...mirroredArgumentsOf(params.name).map(({ header, argument }) => ({
      what: header.replace('Mcp-Param-', ''),
      inHeaders: believed.parameters[header.toLowerCase()],
      inBody: said(params.arguments[argument]),
    })),
  ];
}

/** A form of which no reader makes another number. */
const INTEGER = /^-?(?:0|[1-9]\d*)(?:\.0+)?$/;

function whatDiffers(
  { method, name, parameters }: Believed,
  { tool, arguments: used }: { tool: string; arguments: Record<string, unknown> },
): string[] {
  const thought = method === 'tools/call' || method === undefined ? name : `${method}, no call`;
  if (thought !== tool || method === undefined) {
    const isNothing = thought === undefined || thought === '' || method === undefined;
    const what = isNothing ? 'nothing it could judge' : thought;
    return [`The gateway read ${what}, and let it pass; the server ran ${tool}.`];
  }
  return mirroredArgumentsOf(tool).flatMap(({ header, argument, type }) => {
    const read = parameters[header.toLowerCase()];
    const isSame =
      type === 'integer'
        ? INTEGER.test(read ?? '') && Number(read) === used[argument]
        : read === used[argument];
    const value = JSON.stringify(used[argument]);
    const what = read === undefined ? 'nothing' : JSON.stringify(read);
    return isSame
      ? []
      : [`The gateway read ${what} in ${header}, and let it pass; ${tool} ran with ${value}.`];
  });
}

function complainAboutRefusal(reply: LabReply, { codes, headers }: ExpectedRefusal): string[] {
  if (reply.failure) return [`There was no answer: ${reply.failure}.`];
  const { error } = (reply.json ?? {}) as {
    error?: { code?: unknown; data?: { header?: unknown } };
  };
  if (reply.status !== 400 || !codes.includes(Number(error?.code))) {
    const wanted = codes.map((code) => String(code).replace('-', '−')).join(' or ');
    return [`A client needs HTTP 400 with ${wanted}; it answered ${describeReply(reply)}`];
  }
  const named = String(error?.data?.header).toLowerCase();
  return !headers || headers.some((header) => header.toLowerCase() === named)
    ? []
    : [`The refusal names ${named}; what is wrong is ${headers.join(' or ')}.`];
}
