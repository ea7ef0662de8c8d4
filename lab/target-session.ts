/** One firing against one target: a fresh server, and everything an attack may do to it. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type {
  Answer,
  AnswerKeyAsk,
  CacheHintsAsk,
  CallOptions,
  DecisionSubject,
  Exchange,
  GrantKind,
  CarriedStep,
  GrantUses,
  HeaderAnswer,
  LabSession,
  LabReply,
  LabRequest,
  LabVault,
  LimiterAnswer,
  LimiterStep,
  MatchingAsk,
  OtherKey,
  PureDecision,
  Replay,
  SendBody,
  SharedCalls,
  SignInEnd,
  SignInSettings,
  StartQuestion,
  TenantKeyAsk,
  TokenRecipe,
} from './protocol.ts';
import type {
  CacheHints,
  CredentialRow,
  ExternalIssuer,
  LimitDecision,
  ListedTool,
  Revision,
  SealedCredential,
  SentMessage,
  ServerConfig,
  StartEntry,
  ToolReview,
} from '../exercises/weather-server/controls.ts';
import type { TapeEntry } from '../exercises/weather-server/world/tape.ts';
import type { SensorChange } from '../exercises/weather-server/world/migrate-sensors.ts';
import type { PublishedPage } from '../exercises/weather-server/world/web.ts';
import type { Canaries, Failure, WorldPart } from '../exercises/weather-server/world/world.ts';
import { cutBody } from './cut-body.ts';
import type { HostRequests, VaultOperation } from './host/host-protocol.ts';
import { mint } from './mint.ts';
import type { OutOfBandListener } from './out-of-band.ts';
import type { RunKeys } from './run-keys.ts';
import { messageOf } from './message-of.ts';
import type { SessionStore } from './store/session-store.ts';
import { TargetProblem, type TargetProcess } from './target-process.ts';
import type { TargetSpec } from './target-spec.ts';
import { joined, TargetWire } from './target-wire.ts';

/** On loopback; time for all but the last byte of many requests to arrive. */
const CONNECTED_WITHIN_MS = 50;
const NEIGHBOUR_EVERY_MS = 50;
/** A neighbour that waited this long has been stalled; no need to watch any longer. */
const STALLED_MS = 1_000;
const STEPS_IN_ONE_ASK = 500;
const MOST_SHOWN_CHARACTERS = 64 * 1024;
export class TargetSession implements LabSession {
  readonly nonce: string;
  readonly outOfBand: LabSession['outOfBand'];
  readonly exchanges: Exchange[];
  readonly replay: Replay;
  revision: Revision = '2025-11-25';
  /** Set when the target had to be ended in the course of this firing. */
  lost: TargetProblem | undefined;

  readonly #target: TargetProcess;
  readonly #instance: string;
  #config: ServerConfig;
  readonly #keys: RunKeys;
  readonly #wire: TargetWire;
  /** The first instance, whose firing this is: another one, if this is one of several. */
  readonly #first: TargetSession;
  #role: Exchange['role'] = 'attack';
  #sent = 0;
  #lastTape: TapeEntry[] = [];
  readonly #others: TargetSession[] = [];
  #store: SessionStore | undefined;

  static async open(
    target: TargetProcess,
    spec: TargetSpec,
    keys: RunKeys,
    oob: OutOfBandListener,
  ): Promise<TargetSession> {
    return new TargetSession(target, await target.open(spec), keys, oob);
  }

  /** Instances of one server in a process each, with one store; gives the first. */
  static async openSeveral(
    targets: TargetProcess[],
    spec: TargetSpec,
    keys: RunKeys,
    oob: OutOfBandListener,
    store: SessionStore,
  ): Promise<TargetSession> {
    const deployment = {
      origin: `http://127.0.0.1:${targets[0]?.port}`,
      auditChainKey: randomBytes(32).toString('base64'),
    };
    const opened = [];
    for (const target of targets)
      opened.push({ target, server: await target.open(spec, deployment) });
    // Each process has lived through other hours.
    const latest = Math.max(...targets.map((target) => target.now()));
    let first: TargetSession | undefined;
    for (const [index, { target, server }] of opened.entries()) {
      const behind = latest - target.now();
      if (behind > 0) await target.ask('advance', { milliseconds: behind });
      target.connectStore(server.instance, (step) => store.run(step, index));
      const session = new TargetSession(target, server, keys, oob, first);
      if (first) first.#others.push(session);
      else first = session;
    }
    if (!first) throw new Error('a server has one instance at least');
    first.#store = store;
    store.watch(() => Promise.all(targets.map((target) => target.untilQuiet())));
    return first;
  }

  private constructor(
    target: TargetProcess,
    { instance, config, ticket }: HostRequests['open']['reply'],
    keys: RunKeys,
    oob: OutOfBandListener,
    first?: TargetSession,
  ) {
    this.replay = { origin: `http://127.0.0.1:${target.port}`, ticket };
    this.#target = target;
    this.#instance = instance;
    this.#wire = new TargetWire(target, instance);
    this.#keys = keys;
    this.#first = first ?? this;
    this.nonce = first?.nonce ?? randomBytes(6).toString('hex');
    this.exchanges = first?.exchanges ?? [];
    this.#config = config;
    this.outOfBand = first?.outOfBand ?? oob.path(this.nonce);
  }

  get config(): ServerConfig {
    return this.#config;
  }

  /** Whether requests sent now are ordinary use or the attack. */
  get role(): Exchange['role'] {
    return this.#first.#role;
  }

  set role(role: Exchange['role']) {
    this.#first.#role = role;
  }

  get instances(): readonly TargetSession[] {
    return [this.#first, ...this.#first.#others];
  }

  get store(): SessionStore {
    const store = this.#first.#store;
    if (!store) throw new Error('this server has no store: it is the only instance');
    return store;
  }

  async send(request: LabRequest, label = 'request'): Promise<LabReply> {
    const requestId = `${this.nonce}-${++this.#first.#sent}`;
    const method = request.method ?? (request.body === undefined ? 'GET' : 'POST');
    const body =
      request.body === undefined || typeof request.body === 'string'
        ? request.body
        : JSON.stringify(request.body);
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(request.sendBody === undefined
        ? {}
        : request.sendBody === 'chunked'
          ? { 'transfer-encoding': 'chunked' }
          : { 'content-encoding': request.sendBody }),
      ...lowerCaseNames(request.headers ?? {}),
    };
    const encode = CODINGS[request.sendBody ?? 'chunked'];
    const bytes = body !== undefined && encode ? encode(body) : body;
    const { path } = request;
    const sent = performance.now();
    const reply = await this.#wire.transmit({ method, path, headers, body: bytes, requestId });
    const waitedMs = performance.now() - sent;
    if (reply.failure) await this.#findOutWhetherLost();
    this.exchanges.push({
      role: this.role,
      label,
      requestId,
      request: {
        method,
        path,
        headers: joined(headers),
        ...cutBody(body ?? '', MOST_SHOWN_CHARACTERS),
        ...(request.sendBody === undefined ? {} : { sendBody: request.sendBody }),
      },
      response: {
        status: reply.status,
        headers: reply.headers,
        ...cutBody(reply.text, MOST_SHOWN_CHARACTERS),
        ...(reply.failure === undefined ? {} : { failure: reply.failure, waitedMs }),
      },
      ...(request.readings && { readings: request.readings }),
    });
    return reply;
  }

  async together(requests: (() => Promise<LabReply>)[]): Promise<LabReply[]> {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    for (const instance of this.instances) instance.#wire.gate = gate;
    const replies = requests.map((send) => send());
    for (const instance of this.instances) instance.#wire.gate = undefined;
    await pause(CONNECTED_WITHIN_MS);
    open();
    return Promise.all(replies);
  }

  ask(
    method: string,
    params: Record<string, unknown>,
    options: CallOptions = {},
  ): Promise<LabReply> {
    const { path = '/mcp', label = method, token, revision = this.revision } = options;
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const { headers, body } = messageOf(revision, method, params, this.#first.#sent + 1);
    return this.send(
      { path, headers: { ...headers, ...authorization, ...options.headers }, body },
      label,
    );
  }

  call(tool: string, args: unknown, options: CallOptions = {}): Promise<LabReply> {
    const params = { name: tool, arguments: args };
    return this.ask('tools/call', params, { label: tool, ...options });
  }

  mint(recipe: TokenRecipe = {}): Promise<string> {
    return mint(recipe, {
      keys: this.#keys,
      issuer: this.config.issuer,
      resource: this.config.resource,
      oob: this.outOfBand.url,
      now: this.#target.now(),
      subject: `user-${randomBytes(6).toString('hex')}`,
    });
  }

  tape(): Promise<TapeEntry[]> {
    return this.#readTape({ gates: false });
  }

  /** With the gates that each request met, which no verdict may rest on. */
  tapeForPeople(): Promise<TapeEntry[]> {
    return this.#readTape({ gates: true });
  }

  async #readTape(how: { gates: boolean }): Promise<TapeEntry[]> {
    try {
      this.#lastTape = await this.#target.ask('tape', { instance: this.#instance, ...how });
    } catch (error) {
      this.#notice(error);
    }
    const tapes = [this.#lastTape];
    for (const other of this.#others) tapes.push(await other.#readTape(how));
    return tapes.flat();
  }

  async executions(replies?: LabReply[]): Promise<Extract<TapeEntry, { kind: 'tool' }>[]> {
    const ids = replies && new Set(replies.map(({ requestId }) => requestId));
    return (await this.tape()).filter(
      (entry) => entry.kind === 'tool' && (!ids || ids.has(entry.requestId)),
    ) as Extract<TapeEntry, { kind: 'tool' }>[];
  }

  async decide(control: PureDecision, subject: DecisionSubject): Promise<'allowed' | 'refused'> {
    return this.#target.ask('decide', { instance: this.#instance, control, subject });
  }

  now(): number {
    return this.#target.now();
  }

  vault(keys: string | undefined): LabVault {
    const ask = (operation: VaultOperation) =>
      this.#target.ask('vault', { instance: this.#instance, keys, ...operation });
    return {
      seal: async (plaintext, identity) =>
        (await ask({ operation: 'seal', plaintext, identity })) as Answer<SealedCredential>,
      open: async (sealed, identity) =>
        (await ask({ operation: 'open', sealed, identity })) as Answer<string>,
      rewrap: async (sealed, identity) =>
        (await ask({ operation: 'rewrap', sealed, identity })) as Answer<SealedCredential>,
    };
  }

  async limiter(steps: LimiterStep[]): Promise<LimiterAnswer[]> {
    const answers: LimiterAnswer[] = [];
    // In parts, so that each has the time that any ask has.
    for (let from = 0; from < steps.length; from += STEPS_IN_ONE_ASK) {
      const part = steps.slice(from, from + STEPS_IN_ONE_ASK);
      answers.push(
        ...(await this.#target.ask('limiter', { instance: this.#instance, steps: part })),
      );
    }
    return answers;
  }

  useGrantAtOnce(kind: GrantKind, times: number): Promise<GrantUses> {
    return this.#target.ask('useGrantAtOnce', { instance: this.#instance, kind, times });
  }

  carried(steps: CarriedStep[]): Promise<Answer<string>[]> {
    return this.#target.ask('carried', { instance: this.#instance, steps });
  }

  reviewTools(listed: ListedTool[], pins: string[]): Promise<Answer<ToolReview>> {
    return this.#target.ask('reviewTools', { instance: this.#instance, listed, pins });
  }

  keysOfTenants(asks: TenantKeyAsk[]): Promise<Answer<string>[]> {
    return this.#target.ask('keysOfTenants', { instance: this.#instance, asks });
  }

  keysOfAnswers(asks: AnswerKeyAsk[]): Promise<Answer<string>[]> {
    return this.#target.ask('keysOfAnswers', { instance: this.#instance, asks });
  }

  revisionsOf(asks: SentMessage[]): Promise<HeaderAnswer[]> {
    return this.#target.ask('revisionsOf', { instance: this.#instance, asks });
  }

  matchingHeaders(asks: MatchingAsk[]): Promise<HeaderAnswer[]> {
    return this.#target.ask('matchingHeaders', { instance: this.#instance, asks });
  }

  cacheHints(asks: CacheHintsAsk[]): Promise<Answer<CacheHints>[]> {
    return this.#target.ask('cacheHints', { instance: this.#instance, asks });
  }

  verifyAuditLog(lines: string[], key?: 'another key'): Promise<Answer<number | undefined>> {
    return this.#target.ask('verifyAuditLog', { instance: this.#instance, lines, key });
  }

  sharedCalls(
    calls: SharedCalls['calls'],
    limits: SharedCalls['limits'],
  ): Promise<Answer<LimitDecision>[]> {
    return this.#target.ask('sharedCalls', { instance: this.#instance, calls, limits });
  }

  signInTwice(): Promise<Answer<string>[]> {
    return this.#target.ask('signInTwice', { instance: this.#instance });
  }

  sealLines(lines: string[], key?: OtherKey): Promise<Answer<string[]>> {
    return this.#target.ask('sealLines', { instance: this.#instance, lines, key });
  }

  verifyMergedLines(lines: string[]): Promise<Answer<number | undefined>> {
    return this.#target.ask('verifyMergedLines', { instance: this.#instance, lines });
  }

  lineWithAuditKey(lines: string[]): Promise<number | undefined> {
    return this.#target.ask('lineWithAuditKey', { instance: this.#instance, lines });
  }

  canaries(): Promise<Canaries> {
    return this.#target.ask('canaries', { instance: this.#instance });
  }

  async breakDown(part: WorldPart, failure: Failure | string | undefined): Promise<void> {
    await this.#target.ask('breakDown', { instance: this.#instance, part, failure });
  }

  async plant(text: string): Promise<void> {
    await this.#target.ask('plant', { instance: this.#instance, text });
  }

  async migrate(change: SensorChange): Promise<void> {
    await this.#target.ask('migrate', { instance: this.#instance, change });
  }

  pollution(): Promise<string[]> {
    return this.#target.ask('pollution', null);
  }

  async publish(url: string, page: PublishedPage): Promise<void> {
    await this.#target.ask('publish', { instance: this.#instance, url, page });
  }

  signIn(server: string, settings: SignInSettings = {}): Promise<SignInEnd> {
    return this.#target.ask('signIn', { ...this.#asClient(), server, ...settings });
  }

  considerStart(name: string, entry: StartEntry): Promise<Answer<StartQuestion>> {
    return this.#target.ask('considerStart', { ...this.#asClient(), name, entry });
  }

  async answerStart(name: string, agrees: boolean): Promise<void> {
    await this.#target.ask('answerStart', { ...this.#asClient(), name, agrees });
  }

  /** Under whose name the tape has what the client does. */
  #asClient(): { instance: string; requestId: string } {
    const requestId = `client-${this.role}-${++this.#first.#sent}`;
    return { instance: this.#instance, requestId };
  }

  async trust(external: ExternalIssuer): Promise<void> {
    await this.#target.ask('trust', { instance: this.#instance, external });
  }

  readonly thirdParty: LabSession['thirdParty'] = {
    signInThere: async (scheme = 'http') => {
      this.#config = await this.#target.ask('signInElsewhere', {
        instance: this.#instance,
        scheme,
      });
    },
    visit: (visit) => this.#target.ask('visitThirdParty', { instance: this.#instance, visit }),
    ask: (request) => this.#target.ask('askThirdParty', { instance: this.#instance, request }),
    tokens: () => this.#target.ask('tokensOfThirdParty', { instance: this.#instance }),
    write: async (user, text, aside) =>
      void (await this.#target.ask('changeThirdParty', {
        instance: this.#instance,
        entry: { user, text, aside },
      })),
    refuse: async (what, saying) =>
      void (await this.#target.ask('changeThirdParty', {
        instance: this.#instance,
        refuse: { what, saying },
      })),
    keep: async (user, userThere) =>
      void (await this.#target.ask('keepThirdPartyToken', {
        instance: this.#instance,
        user,
        userThere,
      })),
    read: (users) =>
      this.#target.ask('readDiaries', {
        instance: this.#instance,
        users,
        requestId: `${this.nonce}-${++this.#first.#sent}`,
      }),
    resumeAtOnce: (times) => this.#target.ask('resumeAtOnce', { instance: this.#instance, times }),
  };

  credentialRows(put?: CredentialRow, remove?: string): Promise<CredentialRow[]> {
    return this.#target.ask('credentialRows', { instance: this.#instance, put, remove });
  }

  async advance(milliseconds: number): Promise<void> {
    await this.#store?.passTime(milliseconds);
    await Promise.all(
      [this, ...this.#others].map((one) => one.#target.ask('advance', { milliseconds })),
    );
  }

  async whileWatchingNeighbours(
    work: () => Promise<unknown>,
  ): Promise<{ longestWaitMs: number; processorMs: number | undefined }> {
    const before = await this.#target.ask('processorTime', null);
    let longestWaitMs = 0;
    const progress = { over: false };
    const watch = async (): Promise<void> => {
      while (!progress.over && longestWaitMs < STALLED_MS) {
        const asked = performance.now();
        const neighbour = this.#wire.transmit({
          method: 'GET',
          path: '/healthz',
          headers: {},
          requestId: `${this.nonce}-neighbour`,
        });
        await Promise.race([neighbour, pause(STALLED_MS + 1)]);
        longestWaitMs = Math.max(longestWaitMs, performance.now() - asked);
        await pause(NEIGHBOUR_EVERY_MS);
      }
    };
    const watching = watch();
    // A neighbour asks before the attack begins, so that the first stall is seen whole.
    await pause(NEIGHBOUR_EVERY_MS);
    const working = work();
    await Promise.race([working, watching]);
    progress.over = true;
    await watching;
    try {
      const after = await this.#target.ask('processorTime', null, 3_000);
      await working;
      return { longestWaitMs, processorMs: after - before };
    } catch (error) {
      this.#notice(error);
      return { longestWaitMs, processorMs: undefined };
    }
  }

  async floodLimiter(users: number): Promise<{ retainedBytesPerUser: number; polluted: boolean }> {
    return this.#target.ask('flood', { instance: this.#instance, users }, 30_000);
  }

  /** What its server is called in the target. */
  get id(): string {
    return this.#instance;
  }

  /** What to say of code that printed too much, or undefined. */
  get flood(): string | undefined {
    return this.#target.flood;
  }

  async close(): Promise<void> {
    this.#wire.close();
    await Promise.all(this.#others.map((other) => other.close()));
    this.#target.connectStore(this.#instance, undefined);
    await this.#store?.close();
    if (this.#target.alive) await this.#target.ask('close', { instance: this.#instance });
  }

  /** A request without an answer may mean that the process is gone; it then says why. */
  async #findOutWhetherLost(): Promise<void> {
    try {
      await this.#target.ask('processorTime', null, 3_000);
    } catch (error) {
      this.#notice(error);
    }
  }

  #notice(error: unknown): void {
    if (error instanceof TargetProblem) this.#first.lost ??= error;
    else throw error;
  }
}

const CODINGS: Record<SendBody, ((text: string) => Buffer) | undefined> = {
  gzip: (text) => gzipSync(text),
  deflate: (text) => deflateSync(text),
  br: (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  chunked: undefined,
};

const lowerCaseNames = (
  headers: Record<string, string | string[]>,
): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
