/** Addresses that a person's browser would be sent to, and what else an opener makes of them. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import { onlyBreaches, publishServer, signInAt, signsInHonestly, whatWentOut } from './servers.ts';

export const bestPractices = (anchor: string, title: string) =>
  link(
    `MCP 2026-07-28, Security Best Practices: ${title}`,
    `https://modelcontextprotocol.io/docs/2026-07-28/tutorials/security/security_best_practices#${anchor}`,
  );
const urlValidation = bestPractices(
  'oauth-authorization-url-validation',
  'OAuth Authorization URL Validation',
);

const payload = z.strictObject({ endpoint: z.string().max(500), server: z.string().max(200) });
type Payload = z.infer<typeof payload>;

const at = (endpoint: string, server = 'https://mcp-{{nonce}}.example/mcp'): Payload => ({
  endpoint,
  server,
});

/** Its metadata are found over https, however the server itself is reached. */
async function offer({ endpoint, server }: Payload, lab: LabSession): ReturnType<typeof signInAt> {
  const isHere = new URL(server.replaceAll('{{nonce}}', lab.nonce)).hostname === '127.0.0.1';
  const { url } = await publishServer(lab, {
    ...(isHere ? { addresses: ['127.0.0.1'], hosted: true } : {}),
    server: server.replaceAll('{{nonce}}', lab.nonce),
    ...(isHere ? {} : { challenge: `https://documents-${lab.nonce}.example/resource` }),
    metadata: { authorization_endpoint: endpoint },
  });
  return signInAt(lab, url);
}

/** Nothing at all may be opened. */
async function openNothing(given: Payload, lab: LabSession): Promise<Findings> {
  const { done } = await offer(given, lab);
  return onlyBreaches(whatWentOut(done.filter(({ kind }) => kind === 'opened')));
}

export const openedAddresses: Attack[] = [
  defineAttack<Payload>({
    id: 'hs-opened-scheme',
    title: 'An address that is no page',
    level: 'core',
    story:
      'Now you are the client, and have never heard of this server before. Its authorization server names an address to sign in at, which your client will open. It is a script, a file, or something that another program has registered itself for.',
    secureAnswer: 'Nothing is opened. Only https is, and of no other scheme anybody has to know.',
    lessonAnchor: 'what-is-opened',
    references: [
      urlValidation,
      cwe(939, 'Improper Authorization in Handler for Custom URL Scheme'),
    ],
    payload,
    ordinaryUse: signsInHonestly,
    variants: {
      'a script': at('javascript:alert(document.cookie)'),
      'a script in capitals': at('JavaScript:alert(1)'),
      'a script behind a blank': at(' \u0001javascript:alert(1)'),
      'a script with a tab in it': at('java\tscript:alert(1)'),
      'a script that looks like a page': at('javascript://login.example/https://%0aalert(1)'),
      'a page in the address': at('data:text/html,<script>alert(1)</script>'),
      'a file': at('file:///etc/passwd'),
      'a file of another machine': at('file://evil.example/share/page.html'),
      'another program': at('weather-desktop://run?script=1'),
      'beginning like https': at('httpsx://login-{{nonce}}.example/authorize'),
      'nothing but a path': at('/Applications/Calculator.app'),
      'with a host for a user name': at('https://login.example@evil-{{nonce}}.example/authorize'),
      'with a password': at('https://:secret@login-{{nonce}}.example/authorize'),
      'no text': at(''),
    },
    fire: openNothing,
  }),

  defineAttack<Payload>({
    id: 'hs-opener-option',
    title: 'An address that reads as an option',
    level: 'core',
    story:
      'The client starts a program with the address as its argument, and no shell is near. But the address begins with a dash, and the program takes it for one of its options.',
    secureAnswer: 'Nothing is opened. What begins with https:// begins with no dash.',
    lessonAnchor: 'what-is-opened',
    references: [urlValidation, cwe(88, 'Argument Injection')],
    payload,
    ordinaryUse: signsInHonestly,
    variants: {
      'an option': at('--new-window'),
      'an option with an address': at('--app=https://login-{{nonce}}.example/authorize'),
      'a short one': at('-https://login-{{nonce}}.example/authorize'),
      'a help page': at('--help'),
    },
    fire: openNothing,
  }),

  defineAttack<Payload>({
    id: 'hs-opener-shell',
    title: 'An address that a shell reads',
    level: 'core',
    story:
      'On some systems the opener is a script, or passes a line on to a command interpreter, with the address in double quotes. There, a dollar sign and a parenthesis begin a command.',
    secureAnswer:
      'Nothing is opened that a shell reads in double quotes. What was judged is what is opened, as the URL parser spells it.',
    lessonAnchor: 'what-is-opened',
    references: [urlValidation, cwe(78, 'OS Command Injection')],
    payload,
    ordinaryUse: signsInHonestly,
    variants: {
      'a command in the path': at('https://login-{{nonce}}.example/$(id)'),
      'a command in the query': at('https://login-{{nonce}}.example/authorize?a=$(id)'),
      'a command in backquotes': at('https://login-{{nonce}}.example/authorize?a=`id`'),
      'the end of the quotes': at('https://login-{{nonce}}.example/authorize";id;"'),
      'the end of the quotes, in the query': at('https://login-{{nonce}}.example/?a=";id;"'),
      'a variable': at('https://login-{{nonce}}.example/$HOME/authorize'),
      'a line of its own': at('https://login-{{nonce}}.example/authorize\nid'),
      'a backslash in the query': at('https://login-{{nonce}}.example/?a=\\'),
      'behind the fragment': at('https://login-{{nonce}}.example/authorize#$(id)'),
      'in the user name': at('https://$(id)@login-{{nonce}}.example/authorize'),
      'in the host': at('https://$(id).example/authorize'),
      'a variable in the host': at('https://$USER.login-{{nonce}}.example/authorize'),
      'a backquote in the host': at('https://`id`.example/authorize'),
    },
    async fire(given, lab) {
      const { done } = await offer(given, lab);
      // To escape what can be escaped is as good as to refuse it.
      const harmful = done.filter((entry) => entry.kind === 'opened' && entry.as !== 'page');
      return onlyBreaches(whatWentOut(harmful));
    },
  }),

  defineAttack<Payload>({
    id: 'hs-opened-in-the-clear',
    title: 'Signing in where others read along',
    level: 'core',
    story:
      'The page to sign in at is reached without TLS, or the server itself is. Whoever sits between reads the password, the code, the token. Or the page is on the user’s own machine, though the server is far away.',
    secureAnswer:
      'Nothing is opened. Plain http is for a server on this machine, and for addresses on this machine then.',
    lessonAnchor: 'what-is-opened',
    references: [
      bestPractices('oauth-authorization-url-validation', 'URL Scheme Validation'),
      rfc(6749, '3.1'),
      cwe(319, 'Cleartext Transmission of Sensitive Information'),
    ],
    payload,
    ordinaryUse: signsInHonestly,
    variants: {
      'a page in the clear': at('http://login-{{nonce}}.example/authorize'),
      'in capitals': at('HTTP://login-{{nonce}}.example/authorize'),
      'on this machine': at('http://127.0.0.1:9000/authorize'),
      'on this machine, by name': at('http://localhost:9000/authorize'),
      'beginning like this machine': at('http://localhost.evil-{{nonce}}.example/authorize'),
      'inside the network': at('http://10.0.0.5/authorize'),
      'for a server on this machine': at(
        'http://login-{{nonce}}.example/authorize',
        'http://127.0.0.1:3001/mcp',
      ),
      'the server itself': at(
        'https://login-a-{{nonce}}.example/authorize',
        'http://mcp-{{nonce}}.example/mcp',
      ),
    },
    fire: openNothing,
  }),
];
