/**
 * Defence in depth hides mistakes: what one reference control lets through, the next one stops. While
 * a control is under attack, neighbours that stand in its way step aside, as far as they must.
 */
import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import type { ControlName, SecurityControls } from '../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../exercises/weather-server/errors.ts';

const LONGEST_CITY = 300;

const letPass = (): RequestHandler => (_request, _response, next) => next();
/** Our error responses have one sentence for all that is not found, whatever the error says. */
const withMessagesOfNotFound = ({
  buildToolError,
}: SecurityControls): Pick<SecurityControls, 'buildToolError'> => ({
  buildToolError: (error, requestId) =>
    error instanceof NotFoundError
      ? { isError: true, content: [{ type: 'text', text: error.message }] }
      : buildToolError(error, requestId),
});

/** Control under attack -> the neighbours that would hide its mistakes, in a milder form. */
const STEPPING_ASIDE: Partial<
  Record<ControlName, (reference: SecurityControls) => Partial<SecurityControls>>
> = {
  // Scopes refuse a caller nobody knows, and would hide that the middleware had let one in.
  createBearerAuth: (reference) => ({
    authorizeTool: (actor, tool, config) => {
      if (actor) reference.authorizeTool(actor, tool, config);
    },
    listVisibleTools: (actor, tools, config) =>
      actor ? reference.listVisibleTools(actor, tools, config) : tools,
  }),
  requireOwnAlert: withMessagesOfNotFound,
  resolveReportPath: withMessagesOfNotFound,
  // City input refuses what means something in a URL.
  buildUpstreamUrl: () => ({ citySchema: z.string().max(LONGEST_CITY) }),
  // Errors of our own body parser say little; those of the usual one quote the body.
  createErrorHandler: () => ({
    createBodyParser: ({ maxBodyBytes }) => express.json({ limit: maxBodyBytes }),
  }),
  // A body parser that bounds depth never lets the log see any.
  createAuditLog: () => ({
    createBodyParser: ({ maxBodyBytes }) => express.json({ limit: maxBodyBytes }),
  }),
  // And a log that copes with any depth never shows that others do not.
  createBodyParser: () => ({
    createAuditLog: (writeLine) => ({
      record: ({ call: { tool, arguments: args }, outcome }) =>
        writeLine(JSON.stringify(outcome === 'refused' ? { tool } : { tool, args })),
    }),
  }),
  // A foreign Host is refused before it gets into a document.
  describeAuthorizationServer: () => ({ createOriginGuard: letPass }),
  // No answer may be framed, the consent page among them.
  createConsentGuard: () => ({ createSecurityHeaders: letPass }),
};

export function stepAside(
  reference: SecurityControls,
  underAttack: ControlName[],
): SecurityControls {
  const milder = underAttack.map((name) => STEPPING_ASIDE[name]?.(reference) ?? {});
  return Object.assign({}, reference, ...milder) as SecurityControls;
}
