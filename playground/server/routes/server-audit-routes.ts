/** The audit of `npm run audit`, of a server on this machine that the learner names. */
import { z } from 'zod';
import { AddressRefused } from '../../../audit/address-book.ts';
import { AUDIT_TOKEN, readAuditAddress } from '../../../audit/audit-address.ts';
import { auditServer, type AuditResult } from '../../../audit/audit-server.ts';
import { countsOf, failuresFirst } from '../../../audit/reports/count.ts';
import { writeHtml } from '../../../audit/reports/write-html.ts';
import { writeSarif } from '../../../audit/reports/write-sarif.ts';
import { SignInFailed, signInWith } from '../../../audit/sign-in.ts';
import type { ServerAuditStep } from '../../lab-api.ts';
import { openStream, parse, readJson, RouteError, type Routes } from './answers.ts';

const auditRequest = z.object({
  url: z.string().max(2_000),
  token: z
    .string()
    .regex(AUDIT_TOKEN, 'The token has characters that no header can hold.')
    .optional(),
  signIn: z.boolean(),
});

export function serverAuditRoutes(): Routes {
  return {
    async 'POST /server-audit'(request, response) {
      const { url, token, signIn } = parse(auditRequest, await readJson(request));
      const address = readAddress(url);
      const send: (step: ServerAuditStep) => void = openStream(response);
      const leaving = new AbortController();
      response.once('close', () => leaving.abort());
      try {
        const result = await auditServer({
          url: address,
          token,
          signal: leaving.signal,
          onAsked: (requests) => send({ type: 'asked', requests }),
          ...(signIn &&
            token === undefined && {
              signIn: signInWith({ show: ({ href }) => send({ type: 'sign-in', url: href }) }),
            }),
        });
        send(stepOf(result));
      } catch (error) {
        const isKnown = error instanceof AddressRefused || error instanceof SignInFailed;
        if (!isKnown) console.error(error);
        const message = isKnown
          ? error.message
          : 'The audit itself failed; the terminal says more.';
        send({ type: 'problem', message });
      }
      response.end();
    },
  };
}

function readAddress(text: string): URL {
  try {
    return readAuditAddress(text);
  } catch (error) {
    throw new RouteError(400, (error as Error).message);
  }
}

function stepOf(result: AuditResult): ServerAuditStep {
  const toMend = failuresFirst(result.items);
  return {
    type: 'done',
    result: {
      ...result,
      items: [...toMend, ...result.items.filter((item) => !toMend.includes(item))],
    },
    counts: countsOf(result.items),
    reports: { html: writeHtml(result), sarif: writeSarif(result) },
  };
}
