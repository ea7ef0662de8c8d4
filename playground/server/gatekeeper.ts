/**
 * Decides who may talk to the lab: this page, in this run, on this machine. The lab starts programs
 * and fires attacks, so it keeps the rules it teaches: exact Host and Origin, the browser's own word
 * on where a request comes from, and a token per run that only the page has been given.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isOfOwnPage, knowsHost } from '../../shared/front-door.ts';
import { isSecret } from '../../shared/is-secret.ts';

export interface Gatekeeper {
  /** Goes into the page; never into a log, an address or a file. */
  token: string;
  /** Whether this machine was asked for by a name of its own, not by one that was rebound to it. */
  knowsHost(request: IncomingMessage): boolean;
  /** Why a request is refused, or undefined. */
  whyRefused(request: IncomingMessage): string | undefined;
}

/** @param port on which the page is */
export function createGatekeeper(port: number): Gatekeeper {
  const token = randomBytes(32).toString('base64url');
  return {
    token,
    knowsHost: (request) => knowsHost(request, port),
    whyRefused(request) {
      if (!knowsHost(request, port)) return 'The lab is not reached under this name.';
      if (!isOfOwnPage(request, port)) return 'The lab answers its own page only.';
      const isOurs = isSecret(request.headers['x-lab-token'], token);
      return isOurs ? undefined : 'This page is from an earlier run. Load it again.';
    },
  };
}
