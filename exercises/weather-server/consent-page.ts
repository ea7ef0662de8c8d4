/** The two HTML pages of the authorization server. Everything a client chose is escaped. */
import type { AuthorizationRequest, RegisteredClient } from './controls.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<main>${body}</main></html>`;

/** `advice`: what to do about it. */
export const errorPage = (message: string, advice?: string): string =>
  page(
    'Cannot authorize',
    `<h1>Cannot authorize</h1><p>${escapeHtml(message)}</p>${advice ? `<p>${escapeHtml(advice)}</p>` : ''}`,
  );

export interface ConsentPageContent {
  client: RegisteredClient;
  asked: AuthorizationRequest;
  /** The request's own parameters, sent again with the decision. */
  parameters: URLSearchParams;
  csrfField: string;
  /** Who can sign in on this page. */
  users?: readonly string[];
  /** Where they sign in afterwards instead, and what this server is allowed there. */
  elsewhere?: { host: string; scopes: readonly string[] };
}

/** Fields of the form itself; a request that brings them decides nothing. */
const OWN_FIELDS = ['csrf', 'user', 'decision', 'redirect_uri'];

/** Asks which user allows what, to whom, and shows where the answer will go. */
export function consentPage({
  client,
  asked,
  parameters,
  csrfField,
  users = [],
  elsewhere,
}: ConsentPageContent): string {
  const carried = [...parameters].filter(([name]) => !OWN_FIELDS.includes(name));
  // The address that is shown, also where the request left it out: what a client document lists may
  // be another one by the time the form comes back.
  const hidden = [...carried, ['redirect_uri', asked.redirectUri], ['csrf', csrfField]]
    .map(
      ([name = '', value = '']) =>
        `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    )
    .join('');
  const choices = users
    .map((user, index) => {
      const checked = index === 0 ? ' checked' : '';
      return `<label><input type="radio" name="user" value="${user}"${checked}> ${user}</label>`;
    })
    .join(' ');
  const signIn = elsewhere
    ? `<p>You sign in at <strong>${escapeHtml(elsewhere.host)}</strong> afterwards. There this server may
<strong>${escapeHtml(elsewhere.scopes.join(', '))}</strong>, and the client above uses it through this server.</p>`
    : `<fieldset><legend>Sign in as</legend>${choices}</fieldset>`;
  return page(
    'Allow access?',
    `<h1>Allow access?</h1>
<p><strong>${escapeHtml(client.client_name ?? client.client_id)}</strong> asks for
<strong>${escapeHtml(asked.scopes.join(', ') || 'no particular scope')}</strong>.</p>
<p>Its id is <code>${escapeHtml(client.client_id)}</code>. Nobody has checked its name.
The answer goes to <code>${escapeHtml(asked.redirectUri)}</code>.
You can allow only what you may do yourself.</p>
<form method="post" action="/authorize">${hidden}
${signIn}
<p><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></p></form>`,
  );
}
