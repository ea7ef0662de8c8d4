/** How requests of the lab travel to one server of a target, and what comes back. */
import { Agent, request as httpRequest } from 'node:http';
import { ANSWER_WITHOUT_END, NO_ANSWER_IN_TIME, type LabReply } from './protocol.ts';
import { LAB_HEADERS } from './host/host-protocol.ts';
import type { TargetProcess } from './target-process.ts';
import { parseJson } from '../shared/parse-json.ts';

/** Silence after which a request counts as unanswered. */
const REPLY_WITHIN_MS = 6_000;
/** An answer that goes on and on is broken off; the lab keeps it in memory. */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;
const ANSWER_ENDS_WITHIN_MS = 10_000;
/** One that comes a byte at a time is never silent; this is longer than any other wait. */
const HEAD_ENDS_WITHIN_MS = 60_000;

/** A request as it goes over the wire. */
export interface OutgoingRequest {
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Record<string, string | string[]>;
  body?: string | Buffer | undefined;
  requestId: string;
}

export class TargetWire {
  /** While it is set, requests keep back their last byte until it opens. */
  gate: Promise<void> | undefined;

  readonly #target: TargetProcess;
  readonly #instance: string;
  /** Connections are kept for this firing only, so that none outlives its server. */
  readonly #agent = new Agent({ keepAlive: true });

  constructor(target: TargetProcess, instance: string) {
    this.#target = target;
    this.#instance = instance;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** What goes wrong is a reply, too: with status 0 and a `failure`. */
  transmit({ method, path, headers, body, requestId }: OutgoingRequest): Promise<LabReply> {
    return new Promise((settle) => {
      let end: NodeJS.Timeout | undefined;
      const resolve = (reply: LabReply): void => {
        clearTimeout(end);
        settle(reply);
      };
      const noReply = (failure: string): void =>
        resolve({ requestId, status: 0, headers: {}, text: '', json: undefined, failure });
      const breakOff = (failure: string): void => {
        noReply(failure);
        outgoing.destroy();
      };
      const outgoing = httpRequest({
        host: '127.0.0.1',
        port: this.#target.port,
        method,
        path,
        agent: this.#agent,
        timeout: REPLY_WITHIN_MS * this.#target.patience,
        headers: {
          ...forGuard(headers),
          [LAB_HEADERS.token]: this.#target.guardToken,
          [LAB_HEADERS.instance]: this.#instance,
          [LAB_HEADERS.request]: requestId,
          ...(body === undefined || headers['transfer-encoding'] !== undefined
            ? {}
            : { 'content-length': Buffer.byteLength(body) }),
        },
      });
      end = setTimeout(
        () => breakOff(ANSWER_WITHOUT_END),
        HEAD_ENDS_WITHIN_MS * this.#target.patience,
      );
      outgoing.on('response', (response) => {
        clearTimeout(end);
        const chunks: Buffer[] = [];
        let bytes = 0;
        end = setTimeout(
          () => breakOff(ANSWER_WITHOUT_END),
          ANSWER_ENDS_WITHIN_MS * this.#target.patience,
        );
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MOST_ANSWER_BYTES) breakOff('more than 32 MB of answer');
          else chunks.push(chunk);
        });
        response.on('error', (error) => noReply(error.message));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            requestId,
            status: response.statusCode ?? 0,
            headers: joined(response.headers),
            text,
            json: parseJson(text),
          });
        });
      });
      outgoing.on('timeout', () => {
        const giveUp = (): unknown => outgoing.destroy(new Error(NO_ANSWER_IN_TIME));
        // On a busy machine two hundred requests at once take their time.
        void this.#target.whileWorking().then(giveUp, giveUp);
      });
      outgoing.on('error', (error) => noReply(error.message));
      const { gate } = this;
      if (body === undefined) {
        outgoing.end();
        return;
      }
      // Of a text Node would write head and body in one go, in UTF-8, and spoil other bytes in headers.
      const bytes = Buffer.from(body);
      if (!gate) {
        outgoing.end(bytes);
        return;
      }
      outgoing.write(bytes.subarray(0, -1));
      void gate.then(() => outgoing.end(bytes.subarray(-1)));
    });
  }
}

/** Headers a client may not set for itself travel under another name; the guard puts them back. */
function forGuard(headers: OutgoingRequest['headers']): OutgoingRequest['headers'] {
  const renamed: Record<string, string> = {
    host: LAB_HEADERS.host,
    origin: LAB_HEADERS.origin,
    'x-forwarded-for': LAB_HEADERS.forwardedFor,
    'sec-fetch-site': LAB_HEADERS.fetchSite,
  };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [renamed[name] ?? name, value]),
  );
}

/** As one reads a header that came several times (RFC 9110 §5.3). */
export const joined = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
