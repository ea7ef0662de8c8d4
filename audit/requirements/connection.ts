/** The connection, and the headers that every answer of the endpoint should have. */
import { isIP } from 'node:net';
import { cwe, link, rfc } from '../../catalogue/attacks/references.ts';
import { isLoopbackName } from '../address-book.ts';
import type { Reply } from '../polite-client.ts';
import { isMcpOrGuarded, replyTo } from '../read-seen.ts';
import {
  cannotTell,
  fail,
  isUnrelated,
  notApplicable,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { inWords, type Probe, type Seen } from '../seen.ts';

/** Answers of the endpoint itself. What strangers' pages get may come from something in front. */
const OF_THE_ENDPOINT: Probe[] = [
  'anonymous discover',
  'anonymous initialize',
  'modern anonymous tools',
  'legacy anonymous tools',
  'anonymous get',
  'discover',
  'initialize',
  'modern tools',
  'legacy tools',
  'modern unknown method',
  'legacy unknown method',
  'broken json',
];

const endpointReplies = (seen: Seen): { probe: Probe; reply: Reply }[] =>
  OF_THE_ENDPOINT.flatMap((probe) => {
    const reply = replyTo(seen.answers, probe);
    return reply && isMcpOrGuarded(seen) && !isUnrelated(reply) ? [{ probe, reply }] : [];
  });

/** Whether each answer of the endpoint is right; the words say how it came. */
const everyAnswer =
  (how: string, howNot: string, isRight: (reply: Reply) => boolean) =>
  (seen: Seen): Judgement => {
    const replies = endpointReplies(seen);
    const without = replies.filter(({ reply }) => !isRight(reply));
    const [first] = without;
    if (replies.length === 0) return cannotTell('The endpoint gave no answer of MCP.');
    return first
      ? fail(
          `${without.length} of ${replies.length} answers of the endpoint came ${howNot}; one is the answer (HTTP ${first.reply.status}) to ${inWords(first.probe)}.`,
        )
      : pass(`All ${replies.length} answers of the endpoint came ${how}.`);
  };

export const refusesFraming = ({ headers }: Reply): boolean => {
  const policy = headers['content-security-policy'] ?? '';
  const isByPolicy = /(?:^|[;,])\s*frame-ancestors\s+'(?:none|self)'\s*(?:[;,]|$)/i.test(policy);
  return isByPolicy || /^\s*(?:DENY|SAMEORIGIN)\s*$/i.test(headers['x-frame-options'] ?? '');
};

const needsTls = ({ url, isLoopback }: Seen): Judgement => {
  if (url.protocol === 'https:') return pass('Its address is https, and TLS is spoken there.');
  return isLoopback
    ? notApplicable(
        'On this machine the endpoint speaks plain http; a proxy in front may speak TLS.',
      )
    : fail('The endpoint is reached over plain http, so that tokens can be read on the way.');
};

const certificate = ({ certificate: seen }: Seen): Judgement => {
  if (seen.kind === 'valid') return pass('The certificate is valid for this name.');
  if (seen.kind === 'none') return notApplicable('There is no TLS here.');
  if (seen.kind === 'unknown') return cannotTell(seen.why);
  return fail(`The certificate is not valid: ${quote(seen.why)}.`);
};

const SOON_DAYS = 14;

/** Some certificates live for six days, and are right all the same. */
const lasts = ({ certificate: seen }: Seen): Judgement => {
  if (seen.kind !== 'valid') return notApplicable('There is no valid certificate.');
  const left = `It is valid for ${Math.floor(seen.left)} more days`;
  return seen.left < Math.min(SOON_DAYS, seen.lasts / 3)
    ? fail(`${left}, of ${Math.round(seen.lasts)}: it should have been renewed by now.`)
    : pass(`${left}.`);
};

const transportSecurity = (seen: Seen): Judgement => {
  const { protocol, hostname } = seen.url;
  if (protocol !== 'https:') return notApplicable('Over plain http browsers ignore the header.');
  if (isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0 || isLoopbackName(hostname)) {
    return notApplicable(`For ${hostname} browsers should not remember it.`);
  }
  const value = endpointReplies(seen)
    .map(({ reply }) => reply.headers['strict-transport-security'])
    .find((header) => header !== undefined);
  if (endpointReplies(seen).length === 0) return cannotTell('The endpoint gave no answer of MCP.');
  return /(?:^|;)\s*max-age\s*=\s*"?[1-9]/i.test(value ?? '')
    ? pass(`An answer came with Strict-Transport-Security: ${quote(value)}.`)
    : fail('No answer came with a Strict-Transport-Security that lasts.');
};

export const connection: Group = {
  title: 'Connection and headers',
  requirements: [
    {
      id: 'tls',
      title: 'The endpoint is reached over TLS',
      level: 'checklist',
      reference: rfc(6750, '5.3'),
      fix: 'Serve https, or let a proxy in front end TLS, and do not offer plain http.',
      lesson: '11-transport#tls',
      judge: needsTls,
    },
    {
      id: 'certificate-valid',
      title: 'The certificate is valid for the name',
      level: 'MUST',
      reference: rfc(9110, '4.3.4'),
      fix: 'Get a certificate for this name from an authority that clients trust, and renew it in time. For one of your own, give the audit its authority with --ca FILE.',
      lesson: '11-transport#tls',
      judge: certificate,
    },
    {
      id: 'certificate-lasts',
      title: 'The certificate is not about to expire',
      level: 'checklist',
      reference: rfc(5280, '4.1.2.5'),
      fix: 'Let the certificate be renewed by a program, when a third of its life is left at the latest, and be told if that fails.',
      lesson: '11-transport#tls',
      judge: lasts,
    },
    {
      id: 'strict-transport-security',
      title: 'Browsers are told to come back over TLS only',
      level: 'checklist',
      reference: rfc(6797, '7.1'),
      fix: 'Send Strict-Transport-Security: max-age=31536000 with answers over TLS.',
      lesson: '11-transport#tls',
      judge: transportSecurity,
    },
    {
      id: 'no-sniffing',
      title: 'Browsers are told not to guess types',
      level: 'checklist',
      reference: link(
        'Fetch, X-Content-Type-Options',
        'https://fetch.spec.whatwg.org/#x-content-type-options-header',
      ),
      fix: 'Send X-Content-Type-Options: nosniff with every answer, refusals included; helmet() does.',
      lesson: '11-transport#headers-on-every-answer',
      judge: everyAnswer('with nosniff', 'without nosniff', ({ headers }) =>
        /^\s*nosniff\s*$/i.test(headers['x-content-type-options'] ?? ''),
      ),
    },
    {
      id: 'no-framing',
      title: 'No site may frame an answer',
      level: 'checklist',
      reference: link(
        'CSP3, frame-ancestors',
        'https://www.w3.org/TR/CSP3/#directive-frame-ancestors',
      ),
      fix: "Send Content-Security-Policy: frame-ancestors 'none', or X-Frame-Options: DENY, with every answer.",
      lesson: '11-transport#headers-on-every-answer',
      judge: everyAnswer(
        'with frame-ancestors or X-Frame-Options',
        'without frame-ancestors or X-Frame-Options',
        refusesFraming,
      ),
    },
    {
      id: 'software-unnamed',
      title: 'No answer names the framework',
      level: 'checklist',
      reference: cwe(200, 'Exposure of Sensitive Information to an Unauthorized Actor'),
      fix: "Leave X-Powered-By out: app.disable('x-powered-by'), or helmet().",
      lesson: '11-transport#headers-on-every-answer',
      judge: everyAnswer(
        'without X-Powered-By',
        'with X-Powered-By',
        ({ headers }) => !headers['x-powered-by'],
      ),
    },
  ],
};
