/** What the servers of the table have in common: which port, in which form, and which token is right. */
export const port = Number(process.argv[2]);
export const kind = process.argv[3];
export const origin = `http://127.0.0.1:${port}`;

/** The one token that is right; the table has it, too. */
export const TOKEN = 'the-token-of-the-table';
/** Nobody listens there: whoever is sent there is told so, and the audit cannot tell. */
export const ISSUER = 'http://127.0.0.1:9/';
/** What the routers of the SDKs pass on about it. */
export const authorizationServer = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}authorize`,
  token_endpoint: `${ISSUER}token`,
  response_types_supported: ['code'],
};

const authInfo = () => ({
  token: TOKEN,
  clientId: 'table',
  scopes: ['read'],
  expiresAt: Math.floor(Date.now() / 1000) + 3600,
});

/** As in the packages' own examples: what it was refused for is up to the caller. */
export const known = (token) => (token === TOKEN ? authInfo() : undefined);

/** @param ofRefusal throws it */
export const verifierThat = (ofRefusal) => ({
  verifyAccessToken: (token) =>
    token === TOKEN ? Promise.resolve(authInfo()) : Promise.reject(ofRefusal(token)),
});
