/**
 * Defence in depth hides mistakes: what one reference control lets through, the next one stops. While
 * a control is under attack, neighbours that stand in its way take a milder form, as far as they must.
 */
import express, { type RequestHandler } from 'express';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { SecurityControls } from '../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../exercises/weather-server/errors.ts';
import { OTHER_ISSUER } from '../protocol.ts';

/** What stands in for the reference while a control is under attack. */
export type Milder = (reference: SecurityControls) => Partial<SecurityControls>;

const LONGEST_CITY = 300;

const letPass = (): RequestHandler => (_request, _response, next) => next();

/** Scopes refuse a caller nobody knows, and would hide that the middleware had let one in. */
export const scopesLetNobodyPass: Milder = (reference) => ({
  authorizeTool: (actor, tool, config) => {
    if (actor) reference.authorizeTool(actor, tool, config);
  },
  listVisibleTools: (actor, tools, config) =>
    actor ? reference.listVisibleTools(actor, tools, config) : tools,
});

/** Our error responses have one sentence for all that is not found, whatever the error says. */
export const messagesOfNotFound: Milder = ({ buildToolError }) => ({
  buildToolError: (error, requestId) =>
    error instanceof NotFoundError
      ? { isError: true, content: [{ type: 'text', text: error.message }] }
      : buildToolError(error, requestId),
});

/** Deleting is confirmed in 2026-07-28, and who was not asked has deleted nothing. */
export const everyAlertIsReached: Milder = (reference) => ({
  ...messagesOfNotFound(reference),
  requireConfirmation: () => 'given',
});

/** Access tokens of one issuer only would hide that a control takes subjects for people. */
export const anotherIssuerIsTrusted: Milder = ({ verifyAccessToken }) => ({
  verifyAccessToken: (token, context) =>
    verifyAccessToken(token, context).catch(() =>
      verifyAccessToken(token, { ...context, config: { ...context.config, issuer: OTHER_ISSUER } }),
    ),
});

/**
 * Companies of two issuers, and of one whose name begins or ends like ours: what joins an issuer and a
 * name has to keep those apart, too.
 */
export const severalIssuersAreTrusted: Milder = ({ verifyAccessToken }) => ({
  async verifyAccessToken(token, context) {
    const { config } = context;
    const { iss } = decodeJwt(token);
    const isTrusted = iss === OTHER_ISSUER || iss?.includes(config.issuer) === true;
    if (iss === undefined || !isTrusted) return verifyAccessToken(token, context);
    return verifyAccessToken(token, { ...context, config: { ...config, issuer: iss } });
  },
});

/** What is whose, and that it is not there. */
export const handlesOfTwoIssuers: Milder = (reference) => ({
  ...messagesOfNotFound(reference),
  ...anotherIssuerIsTrusted(reference),
});

/** City input refuses what means something in a URL. */
export const anyShortCity: Milder = () => ({ citySchema: z.string().max(LONGEST_CITY) });

/** Our own body parser says little of a broken body and bounds its depth; the usual one does neither. */
export const usualBodyParser: Milder = () => ({
  createBodyParser: ({ maxBodyBytes }) => express.json({ limit: maxBodyBytes }),
});

/** A log that copes with any depth never shows that others do not. */
export const plainAuditLog: Milder = () => ({
  createAuditLog: (writeLine) => ({
    record: ({ call: { tool, arguments: args }, outcome }) =>
      writeLine(JSON.stringify(outcome === 'refused' ? { tool } : { tool, args })),
  }),
});

/** A foreign Host is refused before it gets into a document. */
export const anyOrigin: Milder = () => ({ createOriginGuard: letPass });

/** No answer may be framed, the consent page among them. */
export const noSecurityHeaders: Milder = () => ({ createSecurityHeaders: letPass });

/** A batch under a header of 2026-07-28 is refused for that, before anybody counts what is in it. */
export const batchesAreOld: Milder = ({ detectRevision }) => ({
  detectRevision: (sent) => (Array.isArray(sent.body) ? '2025-11-25' : detectRevision(sent)),
});
