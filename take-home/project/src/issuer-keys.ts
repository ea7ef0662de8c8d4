/**
 * The public keys of an authorization server that somebody else runs: found through its metadata
 * (RFC 8414, OpenID Connect Discovery), asked for again every few minutes, and kept while it cannot be
 * asked. What a token signed by one of them is good for, the controls decide.
 */
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { readAtMost } from '../../../shared/get-at.ts';
import type { Logger } from './log.ts';

const MOST_BYTES = 256 * 1024;
const WITHIN_MS = 5_000;
const ASKED_EVERY_MS = 5 * 60_000;
/** A key that was withdrawn must not live on for as long as nobody can tell. */
const KEPT_MS = 60 * 60_000;

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https$/ }) });
/** Only what a public key has: whoever publishes more has published too much. */
const keySet = z.object({
  keys: z.array(z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) })).max(100),
});

export interface IssuerKeys {
  jwksUri: string;
  /** As known at this moment; none, if the issuer has not been reached for an hour. */
  jwks(): JSONWebKeySet;
  close(): void;
}

/** Rejects if the issuer does not answer, or is not the one that was asked for. */
export async function followIssuer(
  issuer: string,
  log: Logger,
  ask: typeof fetch = fetch,
): Promise<IssuerKeys> {
  const { jwks_uri: jwksUri } = await findMetadata(issuer, ask);
  let known: JSONWebKeySet = keySet.parse(await getJson(jwksUri, ask));
  let knownAt = Date.now();
  const timer = setInterval(() => {
    getJson(jwksUri, ask)
      .then((found) => {
        known = keySet.parse(found);
        knownAt = Date.now();
      })
      .catch((error: unknown) => log.error({ reason: nameOf(error) }, 'no keys from the issuer'));
  }, ASKED_EVERY_MS);
  timer.unref();
  return {
    jwksUri,
    jwks: () => (Date.now() - knownAt > KEPT_MS ? { keys: [] } : known),
    close: () => clearInterval(timer),
  };
}

async function findMetadata(issuer: string, ask: typeof fetch): Promise<z.output<typeof metadata>> {
  const { origin, pathname } = new URL(issuer);
  const inPath = pathname === '/' ? '' : pathname.replace(/\/$/, '');
  const places = [
    `${origin}/.well-known/oauth-authorization-server${inPath}`,
    `${origin}${inPath}/.well-known/openid-configuration`,
  ];
  for (const place of places) {
    const found = metadata.safeParse(await getJson(place, ask).catch(() => undefined));
    // RFC 8414 §3.3: character by character.
    if (found.data?.issuer === issuer) return found.data;
  }
  throw new Error(`${issuer} publishes no metadata that names it as issuer.`);
}

async function getJson(url: string, ask: typeof fetch): Promise<unknown> {
  const signal = AbortSignal.timeout(WITHIN_MS);
  const response = await ask(url, { redirect: 'error', signal });
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  return JSON.parse(new TextDecoder().decode(await readAtMost(response.body, MOST_BYTES)));
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
