import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type {
  AcceptCallback,
  ContactedServer,
  PlanSignIn,
} from '../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../exercises/weather-server/errors.ts';

/** Documents may hold any JSON value; what is not looked at here, nobody relies on. */
const resourceDocument = z.object({ resource: z.string() });
const issuerDocument = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  code_challenge_methods_supported: z.array(z.string()).default([]),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});

/**
 * Plans a sign-in at a server that nobody vouches for. In this order: that the server is reached over
 * TLS; that the resource metadata are this server's (RFC 9728 §3.3), or tokens for somebody else's
 * would end here; that the authorization server's metadata are those of the issuer that was asked
 * (RFC 8414 §3.3), for `iss` will be compared with it; that it knows S256, without which a code that
 * gets about is worth something (MCP, Authorization Code Protection).
 *
 * Credentials go by the issuer that gave them out, never by the server they were for: the server may
 * name another issuer today. An issuer's own endpoints may be on whatever host it likes.
 */
export const planSignIn: PlanSignIn = (documents) => {
  const { server, issuer, kept } = documents;
  const resource = resourceDocument.safeParse(documents.resourceMetadata).data?.resource;
  const metadata = issuerDocument.safeParse(documents.issuerMetadata).data;
  if (!isEncrypted(server.url, server)) {
    throw new RefusedError('The connection to this server is not encrypted.');
  }
  if (resource === undefined || parsed(resource)?.href !== parsed(server.url)?.href) {
    throw new RefusedError('The server shows metadata of another server.');
  }
  if (metadata?.issuer !== issuer) {
    throw new RefusedError(
      'What answers for the authorization server is not the one that was asked.',
    );
  }
  if (!metadata.code_challenge_methods_supported.includes('S256')) {
    throw new RefusedError('The authorization server does not protect its codes with PKCE.');
  }
  return {
    authorizationEndpoint: openable(metadata.authorization_endpoint, server),
    tokenEndpoint: metadata.token_endpoint,
    issuer,
    promisesIssuer: metadata.authorization_response_iss_parameter_supported,
    resource,
    credentials: kept.find((one) => one.issuer === issuer),
  };
};

/** Of RFC 3986 §2, all but the dollar sign. The parser has escaped or refused most of the rest. */
const HARMLESS = /^[\w\-.~:/?#[\]@!&'()*+,;=%]+$/;

/**
 * An address as the parser spells it: what was judged is what is opened. It begins with its scheme, so
 * no program takes it for an option; and what double quotes do not keep from a shell is refused.
 */
function openable(text: string, server: ContactedServer): string {
  const url = parsed(text);
  const isPlain = url?.username === '' && url.password === '';
  if (!url || !isPlain || !isEncrypted(url.href, server) || !HARMLESS.test(url.href)) {
    throw new RefusedError('The authorization server names an address that is no page to open.');
  }
  return url.href;
}

/** https, or http that does not leave this machine, and only for a server that is on it as well. */
function isEncrypted(text: string, { address }: ContactedServer): boolean {
  const { protocol, hostname = '' } = parsed(text) ?? {};
  if (protocol === 'https:') return true;
  const isHere = hostname === 'localhost' || isLoopback(hostname.replaceAll(/^\[|\]$/g, ''));
  return protocol === 'http:' && isHere && isLoopback(address);
}

const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads an authorization response. First, whether it is an answer to this request (`state`) and of the
 * authorization server that was asked (`iss`, RFC 9207 §2.4): compared as text, for `https://a.example`
 * and `https://a.example/` may be two. Only then what it says, an error as well, because its words
 * would be shown to the user.
 */
export const acceptCallback: AcceptCallback = (parameters, { plan, state }) => {
  const iss = parameters.get('iss');
  if (parameters.get('state') !== state)
    throw new RefusedError('This is no answer to this sign-in.');
  if (iss === null ? plan.promisesIssuer : iss !== plan.issuer) {
    throw new RefusedError('This answer is not from the authorization server that was asked.');
  }
  const error = parameters.get('error');
  if (error !== null) throw new RefusedError(`The authorization server said: ${error}`);
  const code = parameters.get('code');
  if (code === null) throw new RefusedError('There is no code in the answer.');
  return code;
};
