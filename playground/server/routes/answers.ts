/** How routes read what they are asked and answer it; errors answer with one sentence for people. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { PayloadProblem } from '../../../catalogue/read-payload.ts';
import { PinProblem } from '../../../grader/progress/pins.ts';
import { TargetProblem } from '../../../lab/target-process.ts';
import { SayPlainly } from '../../../shared/say-plainly.ts';
import type { FireEvent, TargetName } from '../../lab-api.ts';

/** Enough for any payload. */
const MOST_BODY_BYTES = 64 * 1024;

export const MOST_STUB_BYTES = 256 * 1024;
/** Of a body with a stub in it: JSON writes some characters with two bytes or six. */
export const mostStubBody = {
  bytes: 4 * MOST_STUB_BYTES,
  problem: `A file has at most ${MOST_STUB_BYTES / 1024} KiB.`,
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** By method and path under /lab, such as `POST /fire`. */
export type Routes = Record<string, Handler>;

export const targetName = z.enum(['baseline', 'yours', 'reference']);
export const targetNames = z.array(targetName).min(1).max(3);

/** Answered with its status and its message, a sentence for people. */
export class RouteError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The stream of a route while a target is asked. */
export interface TargetStream<Event> {
  /** Sends something ahead of the answer. */
  send(event: Event): void;
  /** Whether somebody still reads. */
  isRead(): boolean;
}

/** What a target answers, without whose answer it is and how long it took. */
type Answer<Event> = Event extends { milliseconds: number }
  ? Omit<Event, 'target' | 'milliseconds'>
  : never;

/** Asks all targets at the same time and sends each answer as it comes. */
export async function streamTargets<Event extends { type: string }>(
  response: ServerResponse,
  names: TargetName[],
  ask: (target: TargetName, stream: TargetStream<Event>) => Promise<Answer<Event>>,
): Promise<void> {
  const send = openStream(response);
  const stream: TargetStream<Event> = { send, isRead: () => !response.closed };
  await Promise.all(
    [...new Set(names)].map(async (target) => {
      const started = performance.now();
      try {
        const answer = await ask(target, stream);
        send({ ...answer, target, milliseconds: Math.round(performance.now() - started) });
      } catch (error) {
        const isKnown = error instanceof TargetProblem;
        if (!isKnown) console.error(error);
        const message = isKnown ? error.message : 'The lab itself failed; the terminal says more.';
        send({ type: 'broken', target, message } satisfies FireEvent);
      }
    }),
  );
  send({ type: 'done' } satisfies FireEvent);
  response.end();
}

export function openStream(response: ServerResponse): (line: unknown) => void {
  response.writeHead(200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  return (line) => {
    if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}

/** In JSON, whatever it was; what only the workbook's authors can mend is said in the terminal. */
export function sendError(response: ServerResponse, error: unknown): void {
  const isRefusal = error instanceof PayloadProblem || error instanceof PinProblem;
  const isKnown = isRefusal || error instanceof RouteError || error instanceof SayPlainly;
  if (!isKnown) console.error(error);
  if (response.headersSent) {
    response.end();
    return;
  }
  const status = isRefusal ? 400 : error instanceof RouteError ? error.status : 500;
  const message = isKnown ? error.message : 'The lab itself failed; the terminal says more.';
  sendJson(response, status, { error: message });
}

/** @param most how many bytes of a body are read, and what to say about a larger one */
export async function readJson(
  request: IncomingMessage,
  most = {
    bytes: MOST_BODY_BYTES,
    problem: 'The lab takes at most 64 KiB. A shorter payload makes the same point.',
  },
): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > most.bytes) throw new RouteError(413, most.problem);
    chunks.push(chunk as Buffer);
  }
  return parseText(Buffer.concat(chunks).toString('utf8'));
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new RouteError(400, `This is not JSON: ${(error as Error).message}`);
  }
}

export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new RouteError(400, z.prettifyError(parsed.error));
  return parsed.data;
}
