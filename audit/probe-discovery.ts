import type { Asker } from './asker.ts';
import {
  challengeIn,
  issuerIn,
  parametersOf,
  resourceMetadata,
  serverMetadata,
} from './read-seen.ts';
import type { Answer } from './seen.ts';

const RESOURCE = '/.well-known/oauth-protected-resource';
const SERVER = '/.well-known/oauth-authorization-server';
const OPENID = '/.well-known/openid-configuration';

/** Reads the documents that a client would read, in its order. */
export async function probeDiscovery(asker: Asker): Promise<void> {
  await probeResourceMetadata(asker);
  const issuer = issuerIn(asker.answers);
  if (issuer === undefined && !resourceMetadata(asker.answers) && !isProtected(asker)) {
    return asker.skip('The server names no authorization server.', 'server metadata');
  }
  // Without a word on where to look, clients of 2025-03-26 look at the server's own origin.
  const addresses = issuer === undefined ? [at(asker.url, SERVER)] : addressesOf(new URL(issuer));
  const without: Answer[] = [];
  for (const url of addresses) {
    without.push(await asker.ask('server metadata', { url, headers: JSON_ONLY }));
    if (serverMetadata(asker.answers)) return;
  }
  // Only if each of them says that there is nothing, there is nothing.
  const unclear = without.find((answer) => answer.kind === 'silence' || answer.status !== 404);
  if (unclear) asker.set('server metadata', unclear);
}

const JSON_ONLY = { accept: 'application/json' };

const isProtected = ({ answers }: Asker): boolean => challengeIn(answers) !== undefined;

async function probeResourceMetadata(asker: Asker): Promise<void> {
  const named = metadataUrlIn(asker);
  const [atPath, atRoot] = [at(asker.url, RESOURCE, pathOf(asker.url)), at(asker.url, RESOURCE)];
  if (named) await asker.ask('metadata of the challenge', { url: named, headers: JSON_ONLY });
  else asker.skip('No challenge named an address of metadata.', 'metadata of the challenge');

  const isAtPath = named?.href === atPath.href;
  if (isAtPath) asker.set('metadata at the path', asker.answers['metadata of the challenge']);
  else await asker.ask('metadata at the path', { url: atPath, headers: JSON_ONLY });

  if (atRoot.href === atPath.href) {
    asker.skip('The server is at the root.', 'metadata at the root');
  } else if (atRoot.href === named?.href) {
    asker.set('metadata at the root', asker.answers['metadata of the challenge']);
  } else {
    await asker.ask('metadata at the root', { url: atRoot, headers: JSON_ONLY });
  }
}

/** Absolute, with http or https; anything else is no address. */
function metadataUrlIn({ answers }: Pick<Asker, 'answers'>): URL | undefined {
  const named = parametersOf(challengeIn(answers))?.resource_metadata;
  return named !== undefined && /^https?:\/\//i.test(named) && URL.canParse(named)
    ? new URL(named)
    : undefined;
}

/** In the order of MCP, Authorization Server Metadata Discovery. */
function addressesOf(issuer: URL): URL[] {
  const path = pathOf(issuer);
  if (path === '') return [at(issuer, SERVER), at(issuer, OPENID)];
  return [at(issuer, SERVER, path), at(issuer, OPENID, path), at(issuer, path, OPENID)];
}

const pathOf = ({ pathname }: URL): string => pathname.replace(/\/$/, '');
const at = ({ origin }: URL, ...parts: string[]): URL => new URL(origin + parts.join(''));
