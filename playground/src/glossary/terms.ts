/** Words that the workbook uses in a sense of its own, or that a reader may not know yet. */
export interface Term {
  id: string;
  /** As it is listed. */
  name: string;
  /** Other words that are taken for it in a lesson; the name is one of them. */
  also?: readonly string[];
  says: string;
}

export const terms: readonly Term[] = [
  {
    id: 'tape',
    name: 'tape',
    says: 'What the lab writes down while a server works: which tool ran and for whom, what SQL, commands and files it touched. Verdicts rest on it, and not on answers.',
  },
  {
    id: 'control',
    name: 'control',
    also: ['controls'],
    says: 'One security function of the weather server, such as verifyAccessToken. The three servers differ in their controls and in nothing else; your files are controls.',
  },
  {
    id: 'baseline',
    name: 'baseline',
    says: 'The weather server with every control insecure. It stays that way, so that an attack can be seen to work.',
  },
  {
    id: 'reference',
    name: 'reference server',
    also: ['reference'],
    says: 'The weather server with the workbook’s own solutions in the place of every control.',
  },
  {
    id: 'ordinary-use',
    name: 'ordinary use',
    says: 'What honest clients do. It must go on working: a server that refuses everybody stops attacks as well.',
  },
  {
    id: 'core',
    name: 'core attack',
    also: ['core attacks'],
    says: 'An attack that the lesson covers. It counts for the grade.',
  },
  {
    id: 'stretch',
    name: 'stretch attack',
    also: ['stretch', 'stretch attacks', '--stretch'],
    says: 'An attack that goes beyond the lesson. It earns no points, and npm run grade fires it only with --stretch.',
  },
  {
    id: 'module',
    name: 'course module',
    also: ['the module'],
    says: 'The teaching text that this workbook was made for. A section of each lesson says what has changed since.',
  },
  {
    id: 'envelope',
    name: 'envelope encryption',
    also: ['envelope', 'envelopes'],
    says: 'Each secret is encrypted with a data key of its own, and that data key with a key encryption key that is kept elsewhere.',
  },
  {
    id: 'iv',
    name: 'IV',
    also: ['IVs', 'nonce'],
    says: 'Initialization vector: a value that goes into an encryption beside the key. In AES-GCM the same one must never be used twice with a key (NIST SP 800-38D).',
  },
  {
    id: 'aad',
    name: 'AAD',
    says: 'Additional authenticated data: not encrypted, but any change of it makes decryption fail.',
  },
  {
    id: 'audience',
    name: 'audience',
    says: 'The claim aud of a token: for which service it was issued (RFC 7519, 4.1.3).',
  },
  {
    id: 'issuer',
    name: 'issuer',
    says: 'The claim iss of a token: who issued it (RFC 7519, 4.1.1).',
  },
  {
    id: 'confused-deputy',
    name: 'confused deputy',
    says: 'A program that has a right of its own, and uses it for whoever asks: a server that a user has let in somewhere, and that lends it to a stranger’s client.',
  },
  {
    id: 'third-party',
    name: 'third party',
    says: 'A service of somebody else’s that a server acts at for its users, and that knows this server as one client. In topic 20 it is Skydiary.',
  },
  {
    id: 'token-exchange',
    name: 'token exchange',
    says: 'Showing a token to the server that issued it, and getting another one for it that can do less (RFC 8693).',
  },
  {
    id: 'pkce',
    name: 'PKCE',
    says: 'Proof Key for Code Exchange (RFC 7636): the client shows that the authorization code it redeems is one that it asked for itself.',
  },
  {
    id: 'scope',
    name: 'scope',
    also: ['scopes'],
    says: 'What a token is good for, as a list of words (RFC 6749, 3.3).',
  },
  {
    id: 'tenant',
    name: 'tenant',
    also: ['tenants'],
    says: 'One of several companies that use the same server, each with people and data of its own. A token names it by its issuer and a claim such as org_id.',
  },
  {
    id: 'ssrf',
    name: 'SSRF',
    says: 'Server-side request forgery: somebody else chooses an address, and a server asks there from its own place in the network.',
  },
  {
    id: 'mix-up',
    name: 'mix-up',
    says: 'An attack on a client that uses several authorization servers: it is made to take the code of an honest one to the attacker’s (RFC 9207, 1).',
  },
  {
    id: 'stdio',
    name: 'stdio',
    says: 'The transport of MCP on a pipe: the client starts the server as a process, writes to its standard input and reads its standard output.',
  },
];
