/** Ways around the consent page, as an attacker's client and an attacker's page can try them. */
import type { Findings } from '../../../lab/attack.ts';
import { StepFailed, type LabSession } from '../../../lab/protocol.ts';
import {
  decide,
  makeProof,
  openAuthorization,
  registerClient,
  type AuthorizationAnswer,
  type Changes,
} from '../oauth-client.ts';
import { describeReply } from '../replies.ts';

export const CONSENT_TRICKS = [
  'consent for another client',
  'a client of the same name',
  'more than before',
  'form of another site',
  'form without a cookie',
  'form of a neighboring port',
  'origin hidden',
  'invented field',
  'short field',
  'field of another browser',
  'field without a cookie',
  'frame',
] as const;
export type ConsentTrick = (typeof CONSENT_TRICKS)[number];

export async function avoidConsent(trick: ConsentTrick, lab: LabSession): Promise<Findings> {
  const evil = `https://evil-${lab.nonce}.example/cb`;
  const honest = await registerClient(lab);
  const evilClient = await registerClient(lab, {
    client_name: trick === 'a client of the same name' ? 'Workbook' : 'Evil',
    redirect_uris: [evil],
  });
  const asked: Changes = { code_challenge: makeProof().challenge, redirect_uri: evil };
  const judge = ({ code, location, reply }: AuthorizationAnswer, how: string): Findings => {
    if (code !== undefined) {
      return { breaches: [`${how}, the server sent a code to ${location}.`], complaints: [] };
    }
    return reply.status >= 500 || reply.status === 0
      ? { breaches: [], complaints: [`It answered ${describeReply(reply)}`] }
      : { breaches: [], complaints: [] };
  };
  /** The user's browser, which has been shown a page, and agreed to an honest client if asked to. */
  const browser = async (agrees: boolean): Promise<string> => {
    const opened = await openAuthorization(lab, honest, { code_challenge: makeProof().challenge });
    if (!agrees) return opened.cookie;
    const agreed = await decide(lab, opened.fields, { cookie: opened.cookie });
    if (agreed.code === undefined) {
      throw new StepFailed(`The honest client got no code: ${describeReply(agreed.reply)}`);
    }
    return agreed.cookie;
  };
  /** A form for the attacker's client, sent from elsewhere. */
  const forge = async (
    form: Changes,
    cookie: string,
    origin = new URL(evil).origin,
    site: 'cross-site' | 'same-site' = 'cross-site',
  ): Promise<AuthorizationAnswer> => {
    const opened = await openAuthorization(lab, evilClient, asked);
    return decide(lab, opened.fields, { form, cookie, from: { origin, site } });
  };

  switch (trick) {
    case 'consent for another client':
    case 'a client of the same name': {
      const cookie = await browser(true);
      const silent = await openAuthorization(lab, evilClient, asked, cookie);
      return judge(silent, 'With nobody asked about this client');
    }
    case 'more than before': {
      const cookie = await browser(true);
      const more = { code_challenge: makeProof().challenge, scope: 'weather:read weather:admin' };
      const silent = await openAuthorization(lab, honest, more, cookie);
      return judge(silent, 'With nobody asked about the admin scope');
    }
    case 'form of another site':
      return judge(await forge({ csrf: null }, await browser(false)), 'For a form of another site');
    case 'form of a neighboring port': {
      const origin = 'http://127.0.0.1:9';
      const sent = await forge({ csrf: null }, await browser(false), origin, 'same-site');
      return judge(sent, 'For a form of another program’s page on this machine');
    }
    case 'origin hidden': {
      const sent = await forge({ csrf: null }, await browser(false), 'null');
      return judge(sent, 'For a form from a frame without an origin');
    }
    case 'form without a cookie':
      return judge(await forge({ csrf: null }, ''), 'For a form without field and cookie');
    case 'field without a cookie':
      return judge(await forge({}, ''), 'For a form that another browser was shown');
    case 'field of another browser':
      // The attacker opens the page, and makes the victim's browser, with its own cookies, send it.
      return judge(
        await forge({}, await browser(false)),
        'For a form that another browser was shown',
      );
    case 'short field':
    case 'invented field': {
      const form = { csrf: 'x'.repeat(trick === 'short field' ? 1 : 43) };
      return judge(await forge(form, await browser(false)), 'For a form with an invented field');
    }
    case 'frame': {
      const opened = await openAuthorization(lab, evilClient, asked);
      const { headers } = opened.reply;
      const policy = headers['content-security-policy'] ?? '';
      const ancestors = /(?:^|[;,])\s*frame-ancestors\s+([^;,]*)/i.exec(policy)?.[1]?.trim();
      // Where a policy says who may frame the page, browsers ignore the older header.
      const isFramable =
        ancestors === undefined
          ? !/^\s*(?:deny|sameorigin)\s*$/i.test(headers['x-frame-options'] ?? '')
          : !["'none'", "'self'"].includes(ancestors.toLowerCase());
      return {
        breaches: isFramable
          ? ['Any site may show the consent page in a frame, and have the user click on it unseen.']
          : [],
        complaints: [],
      };
    }
  }
}
