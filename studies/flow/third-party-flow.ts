/** How a server acts for its users at a third party: the steps, and the switches. */
import type { Flow, FlowStep, Sabotage } from './shared.ts';

const parties = ['client', 'browser', 'authorization server', 'MCP server', 'Skydiary'] as const;

const TOPIC = '20-upstream-authority';

const steps = [
  {
    id: 'arrive',
    title: 'Send the browser to our server',
    story:
      'The client has registered, and sends Alice’s browser to the authorization server. Skydiary could sign her in, but knows one client only, whichever of ours is asking. So our own page asks about this one first.',
    topic: TOPIC,
    lessonAnchor: 'ask-before-you-send-them-on',
    messages: [
      ['client', 'browser'],
      ['browser', 'authorization server'],
    ],
  },
  {
    id: 'our-page',
    title: 'Agree on our page',
    story:
      'Alice reads which client asks, where its code goes, and what our server may do at Skydiary. Her yes makes a state for the address and a cookie for this browser, and neither is made before it.',
    topic: TOPIC,
    lessonAnchor: 'a-state-after-the-yes',
    messages: [['browser', 'authorization server']],
  },
  {
    id: 'their-page',
    title: 'Agree at Skydiary',
    story:
      'Skydiary’s own provider signs Alice in, and asks her about our server, its one client. It sends her browser back with a code of its own, and the state as it was.',
    topic: TOPIC,
    lessonAnchor: 'the-same-browser',
    messages: [['browser', 'Skydiary']],
  },
  {
    id: 'back',
    title: 'Come back to our server',
    story:
      'The state says which consent is meant, and the cookie that this browser gave it. Both are used up. Our server redeems Skydiary’s code, keeps the token sealed, and gives the client a code of its own.',
    topic: TOPIC,
    lessonAnchor: 'where-their-tokens-are-kept',
    messages: [
      ['browser', 'authorization server'],
      ['authorization server', 'Skydiary'],
    ],
  },
  {
    id: 'our-token',
    title: 'Redeem our code',
    story:
      'The client redeems our code with its verifier, and gets a token for our server. It never sees one of Skydiary’s.',
    topic: '04-token-grants',
    lessonAnchor: 'once',
    messages: [['client', 'authorization server']],
  },
  {
    id: 'diary',
    title: 'Read the diary',
    story:
      'The client calls `get_diary` with our token, which stays here. Our server exchanges Skydiary’s token for one that reads entries and nothing else, shows that one to the API, and passes on date and text.',
    topic: TOPIC,
    lessonAnchor: 'a-narrower-token',
    messages: [
      ['client', 'MCP server'],
      ['MCP server', 'Skydiary'],
    ],
  },
] as const satisfies readonly FlowStep<(typeof parties)[number]>[];
export type ThirdPartyStep = (typeof steps)[number]['id'];

const sabotages = [
  {
    id: 'rides-consent',
    label: 'Another client rides on an old consent',
    story:
      'Alice has signed in with her own app before, and opens the link of a client that an attacker has registered. Our page should ask about it, and she presses nothing. The insecure server asks nobody, and the code goes to the attacker.',
    step: 'arrive',
    topic: TOPIC,
  },
  {
    id: 'other-browser',
    label: 'Agree in one browser, come back in another',
    story:
      'The attacker agrees to their own client on our page, and sends Alice the rest of the way. Her browser has no cookie of that consent, and should be refused. The insecure server goes by the state alone.',
    step: 'back',
    topic: TOPIC,
  },
  {
    id: 'state-early',
    label: 'Use a state from before the yes',
    story:
      'Alice’s browser is shown our page, and she presses nothing. It goes on with the state that the same request got in the attacker’s browser, and with the one that the client chose. Both should be refused. The insecure server makes its state before anybody has agreed.',
    step: 'back',
    topic: TOPIC,
  },
  {
    id: 'state-twice',
    label: 'Bring the state back twice',
    story:
      'Alice has come back, and the address at Skydiary is opened once more from her history. Its state should be used up. The insecure server gives out another code.',
    step: 'back',
    topic: TOPIC,
  },
  {
    id: 'own-token',
    label: 'Look for our token in Skydiary’s log',
    story:
      'Somebody who reads that log tries at our server what stands there. Our token should never have come so far. The insecure server sends it along, and every tool runs for the thief.',
    step: 'diary',
    topic: TOPIC,
  },
  {
    id: 'token-in-answer',
    label: 'Ask for Skydiary’s token in our answer',
    story:
      'Somebody who reads our answers, also those when Skydiary refuses, tries at Skydiary what stands there. No token should. The insecure server passes on links that have it in them.',
    step: 'diary',
    topic: TOPIC,
  },
] as const satisfies readonly (Sabotage & { step: ThirdPartyStep })[];

export const thirdPartyFlow: Flow = {
  id: 'third-party',
  title: 'Over a third party',
  note: 'topic 20',
  about:
    'This is how a client’s user signs in at Skydiary, a third party, and our server reads their diary there. To Skydiary our server is one client, whoever asks here.',
  topic: TOPIC,
  parties,
  steps,
  sabotages,
};
