/** What comes back from the browser, from whomever it comes. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { cwe, rfc, statelessMcp } from '../references.ts';
import { onlyBreaches, publishServer, signInAt, signsInHonestly, whatWentOut } from './servers.ts';

const validation = statelessMcp(
  'basic/authorization',
  'authorization-response-validation',
  'Authorization Response Validation',
);

const payload = z.strictObject({
  promised: z.boolean(),
  callback: z.record(z.string().max(40), z.string().max(300)),
});
type Payload = z.infer<typeof payload>;

const answered = {
  level: 'core',
  lessonAnchor: 'what-comes-back',
  payload,
  ordinaryUse: signsInHonestly,
} as const;

async function comeBack(
  { promised, callback }: Payload,
  lab: LabSession,
): ReturnType<typeof signInAt> {
  const { url } = await publishServer(lab, {
    metadata: { authorization_response_iss_parameter_supported: promised ? true : null },
  });
  const filled = Object.fromEntries(
    Object.entries(callback).map(([name, value]) => [
      name,
      value.replaceAll('{{nonce}}', lab.nonce),
    ]),
  );
  return signInAt(lab, url, { callback: filled });
}

/** The code must not be redeemed, wherever. */
async function redeemNothing(given: Payload, lab: LabSession): Promise<Findings> {
  const { done } = await comeBack(given, lab);
  return onlyBreaches(whatWentOut(done.filter(({ kind }) => kind === 'sent')));
}

const code = 'code-{{nonce}}';
const state = '{{state}}';
const issuer = '{{issuer}}';

export const callbacks: Attack[] = [
  defineAttack<Payload>({
    ...answered,
    id: 'hs-mix-up',
    title: 'A code of another authorization server',
    story:
      'The attacker’s authorization server sends the browser on to an honest one, with the same request. The user knows that one, and agrees. The code comes back to your client, which takes it to whom it has begun with: the attacker.',
    secureAnswer:
      'No code is redeemed whose `iss` is not the issuer of this sign-in, whether `iss` was promised or not.',
    references: [rfc(9207, '2.4'), validation, rfc(9700, '4.4')],
    variants: {
      'of an honest one': {
        promised: true,
        callback: { code, state, iss: 'https://login-honest-{{nonce}}.example' },
      },
      'of an honest one, and nothing was promised': {
        promised: false,
        callback: { code, state, iss: 'https://login-honest-{{nonce}}.example' },
      },
      'with a slash more': { promised: true, callback: { code, state, iss: '{{issuer}}/' } },
      'with its port': { promised: true, callback: { code, state, iss: '{{issuer}}:443' } },
      'in capitals': {
        promised: false,
        callback: { code, state, iss: 'HTTPS://LOGIN-A-{{nonce}}.EXAMPLE' },
      },
      'beginning like ours': { promised: true, callback: { code, state, iss: '{{issuer}}-b' } },
      'of nobody': { promised: false, callback: { code, state, iss: '' } },
    },
    fire: redeemNothing,
  }),

  defineAttack<Payload>({
    ...answered,
    id: 'hs-missing-issuer',
    title: 'An answer that does not say whose it is',
    story:
      'The authorization server promises to say in each answer whose it is. This answer does not. Somebody has left it out, so that nobody can compare it.',
    secureAnswer: 'No code is redeemed of an answer without `iss` if the metadata promise one.',
    references: [rfc(9207, '2.4'), validation],
    variants: {
      'left out': { promised: true, callback: { code, state } },
      'under another name': { promised: true, callback: { code, state, issuer } },
      'in another case': { promised: true, callback: { code, state, ISS: issuer } },
    },
    fire: redeemNothing,
  }),

  defineAttack<Payload>({
    ...answered,
    id: 'hs-answer-to-nobody',
    title: 'An answer to another request',
    story:
      'The attacker signs in with an account of their own, and sends the user’s browser to the client with the code of that. From then on the user works in the attacker’s account, and everything they save there is the attacker’s to read.',
    secureAnswer: 'No code is redeemed without the very `state` that this sign-in began with.',
    references: [rfc(6749, '10.12'), rfc(9700, '4.7'), cwe(352, 'Cross-Site Request Forgery')],
    variants: {
      'without a state': { promised: true, callback: { code, iss: issuer } },
      'with an empty one': { promised: true, callback: { code, state: '', iss: issuer } },
      'with another one': {
        promised: true,
        callback: { code, state: 'state-of-the-attacker', iss: issuer },
      },
      'with ours and more': {
        promised: true,
        callback: { code, state: '{{state}}-and-more', iss: issuer },
      },
      'where nobody promises anything': { promised: false, callback: { code, state: 'another' } },
    },
    fire: redeemNothing,
  }),

  defineAttack<Payload>({
    ...answered,
    id: 'hs-words-of-a-stranger',
    title: 'A stranger’s words for the user',
    story:
      'The answer says that something went wrong, in words that the attacker chose: a number to call, a page to go to. Your client shows them in its own window, under its own name.',
    secureAnswer:
      'Of an answer that is not from the right server, or not to this request, nothing is shown.',
    references: [validation, rfc(9207, '2.4'), cwe(451, 'User Interface Misrepresentation')],
    variants: {
      'of another issuer': {
        promised: true,
        callback: {
          error: 'access_denied',
          error_description: 'Call-0900-{{nonce}}',
          state,
          iss: 'https://call-0900-{{nonce}}.example',
        },
      },
      'of nobody': {
        promised: true,
        callback: { error: 'Call-0900', error_description: 'Call-0900-{{nonce}}', state },
      },
      'to another request': {
        promised: true,
        callback: {
          error: 'Call-0900',
          error_description: 'Call-0900-{{nonce}}',
          state: 'another',
          iss: issuer,
        },
      },
      'as the error itself': {
        promised: true,
        callback: {
          error: 'Call-0900-{{nonce}}',
          state,
          iss: 'https://call-0900-{{nonce}}.example',
        },
      },
      'as the address of a page': {
        promised: true,
        callback: {
          error: 'server_error',
          error_description: 'See the page.',
          error_uri: 'https://evil.example/Call-0900-{{nonce}}',
          state: 'Call-0900-{{nonce}}',
          iss: issuer,
        },
      },
    },
    async fire(given, lab) {
      const { outcome } = await comeBack(given, lab);
      const isShown = /call-0900|see the page/i.test(outcome.said);
      return onlyBreaches(
        isShown ? [`The client’s user is told: ${outcome.said.slice(0, 200)}`] : [],
      );
    },
  }),
];
