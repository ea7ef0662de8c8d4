/** Reads OAuth parameters from requests, and answers the OAuth endpoints' errors (RFC 6749 §3, §5.2). */
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { OAuthError, UnavailableError } from './errors.ts';

const MOST_BYTES = '64kb';
const FORM = 'application/x-www-form-urlencoded';

/** Reads a form as text: repeated and odd parameters stay visible. */
export const readForm: RequestHandler = express.text({ type: FORM, limit: MOST_BYTES });
/** Reads a JSON body; anything else leaves the body undefined. */
export const readJson: RequestHandler = express.json({ limit: MOST_BYTES });

export const queryOf = (request: Request): URLSearchParams =>
  new URLSearchParams(request.originalUrl.split('?').slice(1).join('?'));

export const formOf = (request: Request): URLSearchParams =>
  new URLSearchParams(typeof request.body === 'string' ? request.body : '');

/** A parameter without a value counts as left out (RFC 6749 §3.1). */
export const valueOf = (parameters: URLSearchParams, name: string): string | undefined =>
  parameters.get(name) || undefined;

/** Throws for a parameter that occurs twice (RFC 6749 §3.1); `names` limits what is looked at. */
export function refuseRepeated(parameters: URLSearchParams, names?: string[]): void {
  const seen = new Set<string>();
  for (const name of parameters.keys()) {
    if (names && !names.includes(name)) continue;
    if (seen.has(name)) {
      // Several resources are legal (RFC 8707 §2); this server has only one.
      throw new OAuthError(
        name === 'resource' ? 'invalid_target' : 'invalid_request',
        'A parameter occurs more than once.',
      );
    }
    seen.add(name);
  }
}

/** Whether a client tries to authenticate with HTTP Basic (RFC 6749 §2.3.1). */
export const usesBasic = (request: Request): boolean =>
  /^\s*basic(?:\s|$)/i.test(request.get('authorization') ?? '');

/** The JSON answer of RFC 6749 §5.2 and RFC 7591 §3.2.2. */
export function answerOAuthError(response: Response, { code, message }: OAuthError): void {
  response
    .status(code === 'invalid_client' ? 401 : 400)
    .set('cache-control', 'no-store')
    .json({ error: code, error_description: message });
}

/** For what a client may ask again, with the same grant: RFC 6749 has no code for it here. */
function answerUnavailable(response: Response): void {
  response.status(503).set('cache-control', 'no-store').set('retry-after', '5');
  response.json({ error: 'temporarily_unavailable', error_description: 'Ask again later.' });
}

/**
 * Answers what `work` throws, if it is an `OAuthError` or an `UnavailableError`; anything else is an
 * error of ours.
 */
export const oauthEndpoint =
  (work: (request: Request, response: Response) => void | Promise<void>): RequestHandler =>
  async (request, response) => {
    try {
      await work(request, response);
    } catch (error) {
      if (error instanceof UnavailableError) return answerUnavailable(response);
      if (!(error instanceof OAuthError)) throw error;
      answerOAuthError(response, error);
    }
  };

/** Answers a body that could not be read: too long, malformed, of an unknown encoding. */
export const answerUnreadable =
  (answer: (response: Response, error: OAuthError) => void, code: string): ErrorRequestHandler =>
  (error: Error & { status?: number }, _request, response, next) => {
    // Errors of the body parsers carry a status; anything else is not about the body.
    const isUnreadable = error.status !== undefined && error.status < 500;
    if (!isUnreadable || response.headersSent) return next(error);
    answer(response, new OAuthError(code, 'The body of this request cannot be read.'));
  };

/** 405 for a method that an endpoint does not have. */
export const onlyMethod =
  (allowed: string): RequestHandler =>
  (_request, response) => {
    response.set('allow', allowed).status(405).set('cache-control', 'no-store');
    response.json({ error: 'invalid_request', error_description: `Use ${allowed}.` });
  };
