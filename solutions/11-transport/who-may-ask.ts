import cors from 'cors';
import helmet from 'helmet';
import type { Request } from 'express';
import type {
  CreateOriginGuard,
  CreateSecurityHeaders,
} from '../../exercises/weather-server/controls.ts';
import { HttpError } from '../../exercises/weather-server/errors.ts';

/**
 * Helmet's headers, with the policy of a server that shows no pages: an answer loads nothing, and no
 * site may frame it (CSP3 §6.4.2; X-Frame-Options for browsers that are older). The consent page of
 * topic 03 replaces the policy by one of its own.
 *
 * Two of Helmet's defaults are left out. Cross-Origin-Opener-Policy would cut the window in which a
 * user consents off from the page that opened it. And browsers ignore Strict-Transport-Security over
 * plain http (RFC 6797 §8.1), so that it is sent only where this process itself speaks TLS (§7.2);
 * where a proxy does, the header is the proxy's. It leaves neighboring subdomains alone, and
 * `localhost`, where it would reach every port, of programs that speak plain http included.
 *
 * Does not set Cache-Control: answers that must not be stored say so where they are made.
 */
export const createSecurityHeaders: CreateSecurityHeaders = () => {
  const always = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
    },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: false,
    strictTransportSecurity: false,
  });
  const overTls = helmet.strictTransportSecurity({ maxAge: 31_536_000, includeSubDomains: false });
  return (request, response, next) =>
    always(request, response, (error?: unknown) =>
      error === undefined && request.secure && request.hostname !== 'localhost'
        ? overTls(request, response, next)
        : next(error),
    );
};

/** What clients of 2026-07-28 repeat of the body (topic 15); a star does not stand for Authorization. */
const MIRRORS = ['Mcp-Method', 'Mcp-Name', 'Mcp-Param-Report', 'Mcp-Param-Alert'];

/**
 * Refuses web pages that are not ours, before anything else looks at the request (MCP 2025-11-25,
 * Transports, Security Warning). Origins are compared as whole texts: browsers serialize them in one
 * way only (RFC 6454 §6.2), and every looser comparison has a stranger that fits it. The server's own
 * origin is ours too, port included: browsers name it in every POST. A request without Origin passes: it comes from no page, or is a GET whose answer no page gets to read.
 *
 * A page whose name was pointed at this machine after it had loaded (DNS rebinding) is of our origin
 * for its browser, so that Origin may be missing; but Host still has the page's name. The port does
 * not matter: tunnels and containers change it, and a page cannot bring its own name along in it. A
 * request line may name a host as well, which then outranks Host (RFC 9112 §3.2.2); both have to fit.
 * X-Forwarded-Host is the client's own text.
 *
 * CORS comes last. It tells a browser what a page may read, and refuses nothing itself. Tokens are
 * sent by scripts, in a header, so that no page needs credentials to be allowed. Neither check says
 * who is asking: programs write into both headers what they like.
 */
export const createOriginGuard: CreateOriginGuard = ({
  allowedHosts,
  allowedOrigins,
  resource,
}) => {
  const hosts = new Set(allowedHosts);
  const origins = new Set([...allowedOrigins, new URL(resource).origin]);
  const answerCors = cors({
    origin: allowedOrigins,
    methods: ['GET', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'MCP-Protocol-Version', ...MIRRORS],
    exposedHeaders: ['WWW-Authenticate', 'X-Request-Id'],
    maxAge: 600,
  });
  return (request, response, next) => {
    const { origin } = request.headers;
    if (!authoritiesOf(request).every((authority) => hosts.has(hostNameOf(authority)))) {
      return next(new HttpError(403, 'This server is not reached under that name.'));
    }
    if (origin !== undefined && !origins.has(origin)) {
      return next(new HttpError(403, 'Pages of this origin may not call this server.'));
    }
    return answerCors(request, response, next);
  };
};

/** Every Host there is, though only one is allowed, and what an absolute request line names. */
function authoritiesOf({ headersDistinct, originalUrl }: Request): string[] {
  const [, inTarget] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(originalUrl) ?? [];
  return [...(headersDistinct.host ?? ['']), ...(inTarget === undefined ? [] : [inTarget])];
}

/** Without its port, in lower case (RFC 3986 §3.2.2); empty for what is no host. */
const hostNameOf = (authority: string): string =>
  /^(\[[\da-f:.]+\]|[^:@[\]]+)(?::\d*)?$/i.exec(authority)?.[1]?.toLowerCase() ?? '';
