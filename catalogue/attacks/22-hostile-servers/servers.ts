/** MCP servers and authorization servers that an attack publishes, and what the client did with them. */
import { z } from 'zod';
import type { Findings } from '../../../lab/attack.ts';
import type { LabSession, SignInEnd, SignInSettings } from '../../../lab/protocol.ts';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import type { PublishedPage } from '../../../exercises/weather-server/world/web.ts';

/** Members to set in a document; null removes one. `{{…}}` is filled in. */
export const changes = z.record(z.string(), z.unknown());
export type Changes = z.infer<typeof changes>;

export interface ServerSettings {
  /** What tells the hosts of one firing apart. */
  name?: string;
  server?: string;
  issuer?: string;
  resource?: Changes;
  metadata?: Changes;
  /** Where its challenge says that its metadata are. */
  challenge?: string;
  /** Where the metadata of its issuer are, behind the host. */
  metadataPath?: string;
  /** What its host stands for, and those of its authorization server, unless somebody hosts that. */
  addresses?: string[];
  hosted?: true;
}

export interface PublishedServer {
  url: string;
  issuer: string;
  /** What its authorization server gives for a code. */
  token: string;
}

const OAUTH_PLACE = '/.well-known/oauth-authorization-server';

/** A server that is as it should be, but for what the settings change. */
export async function publishServer(
  lab: LabSession,
  settings: ServerSettings = {},
): Promise<PublishedServer> {
  const { name = 'a', challenge, addresses, hosted } = settings;
  const url = settings.server ?? `https://mcp-${name}-${lab.nonce}.example/mcp`;
  const issuer = settings.issuer ?? `https://login-${name}-${lab.nonce}.example`;
  const token = `token-${name}-${lab.nonce}`;
  const fill = filling(lab, { server: url, issuer });
  const fillText = (text: string): string => String(fill(text));
  const own: PublishedPage = addresses === undefined ? {} : { addresses, outside: true };
  const issuers = hosted ? {} : own;

  const { origin, pathname } = new URL(url);
  const place = challenge ?? `${origin}/.well-known/oauth-protected-resource${pathname}`;
  const headers = { 'www-authenticate': `Bearer resource_metadata="${fillText(place)}"` };
  await publishIfPossible(lab, url, { ...own, status: 401, headers });
  const resource = changed({ resource: url, authorization_servers: [issuer] }, settings.resource);
  await publishIfPossible(lab, fillText(place), { ...own, body: fill(resource) });

  const path = new URL(issuer).pathname.replace(/\/$/, '');
  const metadata = changed(
    {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    },
    settings.metadata,
  );
  const filled = fill(metadata) as Changes;
  const metadataPlace = settings.metadataPath ?? `${OAUTH_PLACE}${path}`;
  await publishIfPossible(lab, new URL(issuer).origin + metadataPlace, {
    ...issuers,
    body: filled,
  });
  const answer = { ...issuers, body: { access_token: token, token_type: 'Bearer' } };
  await publishIfPossible(lab, String(filled.token_endpoint), answer);
  return { url, issuer, token };
}

/** What is no URL has no page. */
async function publishIfPossible(lab: LabSession, url: string, page: PublishedPage): Promise<void> {
  if (isUrl(url)) await lab.publish(url, page);
}

function isUrl(text: string): boolean {
  try {
    return new URL(text).href !== '';
  } catch {
    return false;
  }
}

function changed(document: Changes, to: Changes = {}): Changes {
  const members = Object.entries({ ...document, ...to });
  return Object.fromEntries(members.filter(([, value]) => value !== null));
}

/** Fills in names of this firing, so that nothing can be known beforehand. */
export const filling =
  (lab: LabSession, { server, issuer }: { server: string; issuer: string }) =>
  (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value)
        .replaceAll('{{nonce}}', lab.nonce)
        .replaceAll('{{server}}', server)
        .replaceAll('{{issuer}}', issuer),
    );

// ------------------------------------------------------------------------- what the client did

type Done = Extract<TapeEntry, { kind: 'opened' | 'sent' | 'web' | 'started' }>;

/** Runs `work`, and gives what the client did meanwhile. */
export async function watching<T>(
  lab: LabSession,
  work: () => Promise<T>,
): Promise<{ outcome: T; done: Done[] }> {
  const before = (await lab.tape()).length;
  const outcome = await work();
  const entries = (await lab.tape()).slice(before);
  const kinds: string[] = ['opened', 'sent', 'web', 'started'];
  return { outcome, done: entries.filter((entry): entry is Done => kinds.includes(entry.kind)) };
}

/** Signs in there, and gives what the client did. */
export const signInAt = (
  lab: LabSession,
  server: string,
  settings: SignInSettings = {},
): Promise<{ outcome: SignInEnd; done: Done[] }> =>
  watching(lab, () => lab.signIn(server, settings));

/** Sentences for whatever was opened or sent. */
export const whatWentOut = (done: Done[]): string[] =>
  done.flatMap((entry) => {
    if (entry.kind === 'sent') {
      const names = entry.carried.map((one) => one.replace(/=.*/s, ''));
      return [`The client sent ${names.join(', ')} to ${entry.url}.`];
    }
    if (entry.kind !== 'opened') return [];
    const address = entry.address.replace(/[?&]response_type=.*/s, '');
    return [`The client opened ${JSON.stringify(address)} (${OPENED_AS[entry.as]}).`];
  });

const OPENED_AS = {
  page: 'in the browser',
  script: 'a script runs',
  file: 'a file is opened',
  program: 'another program is started with it',
  option: 'the opener reads an option',
  shell: 'a shell reads something in it',
} as const;

export const onlyBreaches = (breaches: string[]): Findings => ({
  breaches: [...new Set(breaches)],
  complaints: [],
});

/** Problems of a sign-in at a server that is as it should be. */
export async function whyNotSignedIn(
  lab: LabSession,
  { url, token }: PublishedServer,
  settings: SignInSettings = {},
): Promise<string[]> {
  const { outcome, done } = await signInAt(lab, url, settings);
  const sent = done.filter((entry) => entry.kind === 'sent');
  const isShown = sent.some(
    (entry) => entry.url === url && entry.carried.includes(`access_token=${token}`),
  );
  if (isShown) return [];
  return [`The client did not sign in at ${url}: ${outcome.said || 'it got another token'}`];
}

/** Problems with what tokens are asked for: each is for one server (RFC 8707 §2). */
export async function whyNotForThisServer(
  lab: LabSession,
  { url }: PublishedServer,
): Promise<string[]> {
  const { done } = await signInAt(lab, url);
  const forms = done.flatMap((entry) => (entry.kind === 'sent' ? entry.carried : []));
  const asked = forms.filter((one) => one.startsWith('resource='));
  return asked.every((one) => one === `resource=${url}`)
    ? []
    : [`The client asked for a token with ${asked.join(', ')}, and not for ${url}.`];
}

/** Before and after each attack: a client that signs in nowhere is not a secure one. */
export const signsInHonestly = async (lab: LabSession): Promise<string[]> =>
  whyNotSignedIn(lab, await publishServer(lab, { name: 'honest' }));
