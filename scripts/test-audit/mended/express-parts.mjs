/** What the table of fixes asks of an Express app, in its words. */
const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Before anything else is done: no foreign page, and no foreign name. */
export function ownOnly(request, response, next) {
  const { origin, host } = request.headers;
  const nameOf = (address) => (URL.canParse(address) ? new URL(address).hostname : undefined);
  const isOwn = (address) => OWN_NAMES.has(nameOf(address));
  if (isOwn(`http://${host}`) && (origin === undefined || isOwn(origin))) return next();
  response.status(403).json({ error: 'not_ours' });
}

/** Behind express.json(): a body is one message. */
export function oneMessage(request, response, next) {
  if (!Array.isArray(request.body)) return next();
  response.status(400).json({ jsonrpc: '2.0', id: null, error: { code: -32600, message: 'One.' } });
}

/** Before requireBearerAuth: whoever sent no token is not told of an error. */
export const askForToken = (metadataUrl, scope) => (request, response, next) => {
  if (request.headers.authorization !== undefined) return next();
  const challenge = `Bearer resource_metadata="${metadataUrl}", scope="${scope}"`;
  response.status(401).set('WWW-Authenticate', challenge).json({ error: 'token_wanted' });
};

/** Mounted last, with four parameters: by their number Express knows it. */
export function ownWords(error, _request, response, _next) {
  const status = error.status >= 400 && error.status < 500 ? error.status : 500;
  response.status(status).json({ error: 'This could not be done.' });
}
