import { burstHref, flowHref, hrefOf } from '../place.ts';

/** A page of its own on which a topic's work shows as well. */
interface PageOfTopic {
  /** Before the link, up to its colon. */
  why: string;
  link: string;
  href: string;
}

const flowAround = (step: string): PageOfTopic => ({
  why: 'The flow around this topic',
  link: 'walk it step by step',
  href: flowHref('sign-in', step),
});

export const pageOfTopic: Partial<Record<string, PageOfTopic>> = {
  '02-client-registration': flowAround('registration'),
  '03-pkce': flowAround('authorization'),
  '04-token-grants': flowAround('token'),
  '05-access-tokens': {
    why: 'A token in its three parts',
    link: 'forge one yourself',
    href: hrefOf('tokens'),
  },
  '07-credentials': {
    why: 'The two layers, byte by byte',
    link: 'change them yourself',
    href: hrefOf('envelope'),
  },
  '10-rate-limits': {
    why: 'The limit over time',
    link: 'fire bursts and move the window',
    href: burstHref(),
  },
  '12-audit-log': {
    why: 'A log put to the test',
    link: 'find out what happened',
    href: hrefOf('forensics'),
  },
  '20-upstream-authority': {
    why: 'The way over the third party',
    link: 'walk it step by step',
    href: flowHref('third-party'),
  },
};
