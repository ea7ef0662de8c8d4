import type { RegisteredClient, ResolveClientDocument } from '../weather-server/controls.ts';

// Today the server fetches whatever URL it is given, follows it anywhere, machines inside the
// network included, reads without end, and believes what it finds.

// TODO 02: Accept a `client_id` that is an https URL with a path and nothing else: no query,
// fragment, user info or dot segments. Look its host up, connect to none but public addresses and
// only to the address you checked, follow no redirect, read at most 5 KiB of JSON. The document
// must name this very URL as its `client_id`, hold no secret, and have redirect URIs you would
// register. Throw `OAuthError('invalid_client', …)` for anything else.
export const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
  const document = (await (await web.fetch(clientId)).json()) as RegisteredClient;
  return { ...document, client_id: clientId };
};
