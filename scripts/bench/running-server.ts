/** One of the compared servers in its own process, and the calls that are sent to it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import path from 'node:path';
import { mint } from '../../lab/mint.ts';
import type { RunKeys } from '../../lab/run-keys.ts';
import type { LoadServerReply, LoadServerSettings, ServerKind } from './servers/load-server.ts';

const CONNECTIONS = 16;
/** Within the limit of sixty a minute, so that no server refuses anything. */
const CALLS_PER_USER = 50;

/** What a server did with a number of calls. */
export interface Served {
  perSecond: number;
  /** User and system time, of all its threads. */
  processorMsPerCall: number;
}

export class RunningServer {
  readonly kind: ServerKind;
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;
  readonly #keys: RunKeys;
  readonly #agent = new Agent({ keepAlive: true });
  #config: LoadServerReply['config'] | undefined;
  #users = 0;

  static async start(kind: ServerKind, keys: RunKeys): Promise<RunningServer> {
    const server = new RunningServer(kind, keys);
    const settings: LoadServerSettings = { kind, keys };
    server.#config = (await server.#ask(settings)).config;
    return server;
  }

  private constructor(kind: ServerKind, keys: RunKeys) {
    this.kind = kind;
    this.#keys = keys;
    this.#child = fork(path.join(import.meta.dirname, 'servers/load-server.ts'), [], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.#ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`The server “${kind}” ended with exit code ${code}.`);
    });
    // Whoever waits for an answer is told; nobody else has to hear of it.
    this.#ended.catch(() => undefined);
  }

  /** Calls by many users, over so many connections at once. */
  async serve(calls: number, connections = CONNECTIONS): Promise<Served> {
    const users = Array.from({ length: Math.ceil(calls / CALLS_PER_USER) }, () => this.#token());
    const tokens = await Promise.all(users);
    let sent = 0;
    const timeBefore = await this.#processorTimeUs();
    const started = performance.now();
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (sent < calls) await this.call(tokens[sent++ % tokens.length] ?? '');
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    const processorMs = ((await this.#processorTimeUs()) - timeBefore) / 1000;
    return { perSecond: calls / seconds, processorMsPerCall: processorMs / calls };
  }

  /** One call of `get_weather`. A server that refuses, or answers with an error, is not measured. */
  async call(token: string): Promise<void> {
    const { status, text } = await this.#post(CALL, token);
    const served = status === 200 && text.includes('"content"') && !text.includes('"isError":true');
    if (!served) throw new Error(`The server “${this.kind}” answered ${status}: ${text}`);
  }

  stop(): void {
    this.#agent.destroy();
    this.#child.kill();
  }

  #post(body: string, token: string): Promise<{ status: number | undefined; text: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(this.#config?.resource ?? '', {
        method: 'POST',
        agent: this.#agent,
        headers: {
          accept: 'application/json, text/event-stream',
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'mcp-protocol-version': '2025-11-25',
        },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      outgoing.end(body);
    });
  }

  #token(): Promise<string> {
    const { issuer = '', resource = '' } = this.#config ?? {};
    const subject = `user ${this.#users++}`;
    const settings = { keys: this.#keys, issuer, resource, oob: '', now: Date.now(), subject };
    return mint({}, settings);
  }

  async #processorTimeUs(): Promise<number> {
    return (await this.#ask('processor time')).processorTimeUs;
  }

  async #ask(question: LoadServerSettings | 'processor time'): Promise<LoadServerReply> {
    const answered = once(this.#child, 'message') as Promise<[LoadServerReply]>;
    this.#child.send(question);
    const [reply] = await Promise.race([answered, this.#ended]);
    return reply;
  }
}

const CALL = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'get_weather', arguments: { city: 'Paris', units: 'metric' } },
});
