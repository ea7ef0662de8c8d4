/**
 * Controls that an attack asks directly, because no request reaches them with what it wants to say:
 * who may do what, headers of messages that this server has no use for, grants used within one tick,
 * calls at a moment to the millisecond, records that somebody changed at rest, lists of tools, keys of
 * names by the thousand, lines of the log. Those of topic 18 are in `shared-asks.ts`, those of topic 20
 * in `third-party-asks.ts`.
 */
import { randomBytes } from 'node:crypto';
import { advanceClock, atMoment } from './clock.ts';
import type {
  AlertFacts,
  CredentialVault,
  Grant,
  SecurityControls,
  ServerConfig,
  TokenRequest,
  ToolFacts,
} from '../../exercises/weather-server/controls.ts';
import type {
  Answer,
  GrantUses,
  HeaderAnswer,
  LimiterAnswer,
  LimiterStep,
  OtherKey,
} from '../protocol.ts';
import { HeaderMismatchError } from '../../exercises/weather-server/errors.ts';
import { toJsonRpcError } from '../../exercises/weather-server/json-rpc-error.ts';
import { answered, atOnce, getOrMake } from './answers.ts';
import { CarriedAsks } from './carried-asks.ts';
import { wordsOfError } from './words-of-error.ts';
import { askLimiter, type AskedLimiter } from './limiter-asks.ts';
import type { HostRequests } from './host-protocol.ts';

type Ask<Name extends keyof HostRequests> = Omit<HostRequests[Name]['ask'], 'instance'>;

/** When instances start together, as after a deployment, the time names none of them. */
const ALL_START_AT = Date.UTC(2026, 2, 1, 12);

/** The stub lets a used refresh token be answered again for half a minute at most. */
const LONGER_THAN_ANY_GRACE_MS = 60_000;

/** The direct asks of one target. Vaults live as long as it does, as the server's own would. */
export class DirectAsks {
  readonly #controls: SecurityControls;
  readonly #config: ServerConfig;
  readonly #auditChainKey: Buffer;
  #limiter: AskedLimiter | undefined;
  readonly #carried: CarriedAsks;
  readonly #vaults = new Map<string | undefined, CredentialVault>();

  constructor(controls: SecurityControls, config: ServerConfig, auditChainKey: Buffer) {
    this.#controls = controls;
    this.#config = config;
    this.#auditChainKey = auditChainKey;
    this.#carried = new CarriedAsks(controls);
  }

  decide({ control, subject: { actor, object } }: Ask<'decide'>): 'allowed' | 'refused' {
    const answer = answered(() =>
      control === 'authorizeTool'
        ? this.#controls.authorizeTool(actor, object as ToolFacts, this.#config)
        : this.#controls.requireOwnAlert(actor, object as AlertFacts),
    );
    return 'refused' in answer ? 'refused' : 'allowed';
  }

  vault({ keys, identity, ...ask }: HostRequests['vault']['ask']): HostRequests['vault']['reply'] {
    return answered(() => {
      const vault = this.#vaultUnder(keys);
      if (ask.operation === 'seal') return vault.seal(ask.plaintext, identity);
      return vault[ask.operation](ask.sealed, identity);
    });
  }

  #vaultUnder(keys: string | undefined): CredentialVault {
    return getOrMake(this.#vaults, keys, () =>
      this.#controls.createCredentialVault(this.#controls.parseKeyEncryptionKeys(keys)),
    );
  }

  limiter(steps: LimiterStep[]): Promise<LimiterAnswer[]> {
    this.#limiter ??= {
      limiter: this.#controls.createRateLimiter(this.#config.limits),
      buildResult: this.#controls.buildRateLimitedResult,
      issuer: this.#config.issuer,
    };
    return askLimiter(this.#limiter, steps);
  }

  /** The uses begin before any of them can go on, however quick they are. */
  async useGrantAtOnce({ kind, times }: Ask<'useGrantAtOnce'>): Promise<GrantUses> {
    const store = this.#controls.createGrantStore(this.#config);
    const grant = grantFor(this.#config);
    const code = store.issueCode(grant);
    const refresh = requestFor(grant);
    const redeem = async () =>
      store.redeemCode(code, { ...refresh, redirectUri: grant.redirectUri });
    if (kind === 'code') {
      const answers = await atOnce(
        Array.from({ length: times }, () => async () => (await redeem()).subject),
      );
      return { used: code, answers, goOn: 0 };
    }
    const used = store.issueRefreshToken(await redeem());
    const rotate = async () => (await store.rotateRefreshToken(used, refresh)).refreshToken;
    const answers = await atOnce(Array.from({ length: times }, () => rotate));
    const successors = new Set(
      answers.flatMap((answer) => ('value' in answer ? [answer.value] : [])),
    );
    await advanceClock(LONGER_THAN_ANY_GRACE_MS);
    let goOn = 0;
    for (const successor of successors) {
      const [later] = await atOnce([async () => store.rotateRefreshToken(successor, refresh)]);
      if (later && 'value' in later) goOn++;
    }
    return { used, answers, goOn };
  }

  carried({ steps }: Ask<'carried'>): Promise<Answer<string>[]> {
    return this.#carried.take(steps);
  }

  reviewTools({ listed, pins }: Ask<'reviewTools'>): HostRequests['reviewTools']['reply'] {
    return answered(() => this.#controls.reviewTools(listed, new Set(pins)));
  }

  keysOfTenants({ asks }: Ask<'keysOfTenants'>): HostRequests['keysOfTenants']['reply'] {
    return asks.map(({ tenant, asked, at }) =>
      answered(() => atMoment(at, () => this.#controls.keyOfTenant(tenant, asked))),
    );
  }

  keysOfAnswers({ asks }: Ask<'keysOfAnswers'>): HostRequests['keysOfAnswers']['reply'] {
    return asks.map(({ tenant, question }) =>
      answered(() => this.#controls.keyOfAnswer(tenant, question)),
    );
  }

  revisionsOf({ asks }: Ask<'revisionsOf'>): HeaderAnswer[] {
    return asks.map((sent) => answeredOfHeaders(() => this.#controls.detectRevision(sent)));
  }

  matchingHeaders({ asks }: Ask<'matchingHeaders'>): HeaderAnswer[] {
    return asks.map(({ sent, mirrored }) =>
      answeredOfHeaders(() => {
        this.#controls.requireMatchingHeaders(sent, mirrored);
        return 'matching';
      }),
    );
  }

  cacheHints({ asks }: Ask<'cacheHints'>): HostRequests['cacheHints']['reply'] {
    return asks.map(({ answer, at }) =>
      answered(() => atMoment(at, () => this.#controls.chooseCaching(answer))),
    );
  }

  verifyAuditLog({ lines, key }: Ask<'verifyAuditLog'>): HostRequests['verifyAuditLog']['reply'] {
    const chainKey = key === 'another key' ? randomBytes(32) : this.#auditChainKey;
    return answered(() => this.#controls.verifyAuditLog(lines, chainKey));
  }

  sealLines({ lines, key }: Ask<'sealLines'>): HostRequests['sealLines']['reply'] {
    const chainKey = key === undefined ? this.#auditChainKey : this.#otherKey(key);
    return answered(() => {
      const seal = atMoment(ALL_START_AT, () => this.#controls.createLineSealer(chainKey));
      return lines.map((line) => seal(line));
    });
  }

  #otherKey(key: OtherKey): Buffer {
    const own = this.#auditChainKey;
    if (key === 'another key') return randomBytes(own.length);
    const others = [...own.keys()].map((index) => Buffer.from(own.with(index, 0xff)));
    const same = others.find((one) => !one.equals(own) && one.toString() === own.toString());
    return same ?? randomBytes(own.length);
  }

  verifyMergedLines({
    lines,
  }: Ask<'verifyMergedLines'>): HostRequests['verifyMergedLines']['reply'] {
    return answered(() => this.#controls.verifyMergedLines(lines, this.#auditChainKey));
  }

  lineWithAuditKey({ lines }: Ask<'lineWithAuditKey'>): number | undefined {
    const spelled = spellingsOf(this.#auditChainKey);
    const index = lines.findIndex((line) => {
      const texts = [line.toLowerCase(), line.replaceAll('-', '+').replaceAll('_', '/')];
      return spelled.some((part) => texts.some((text) => text.includes(part)));
    });
    return index === -1 ? undefined : index;
  }
}

/** So much of a key is there by no chance; and base64 of nine bytes is part of any that holds them. */
const TELLING_BYTES = 9;

function spellingsOf(key: Buffer): string[] {
  return Array.from({ length: key.length - TELLING_BYTES + 1 }, (_, from) => {
    const part = key.subarray(from, from + TELLING_BYTES);
    return [part.toString('hex'), part.toString('base64'), [...part].join(',')];
  }).flat();
}

/** What the server would make of it. */
function answeredOfHeaders(ask: () => string): HeaderAnswer {
  try {
    return { passed: ask() };
  } catch (error) {
    const code = toJsonRpcError(error)?.code;
    if (code === undefined) return { broke: wordsOfError(error) };
    return error instanceof HeaderMismatchError ? { code, header: error.header } : { code };
  }
}

export const grantFor = ({ resource }: ServerConfig): Grant => ({
  subject: 'alice',
  clientId: 'workbook',
  redirectUri: 'http://127.0.0.1:9/callback',
  scopes: ['weather:read'],
  resource,
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  codeChallengeMethod: 'S256',
  mayRefresh: true,
});

/** Of its client, who proves possession, without a redirect URI. */
export const requestFor = ({ clientId, resource }: Grant): TokenRequest => ({
  clientId,
  redirectUri: undefined,
  resource,
  scope: undefined,
  provesPossession: () => true,
});
