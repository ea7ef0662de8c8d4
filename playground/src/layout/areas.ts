import { flowHref, hrefOf, startHref, type Place } from '../place.ts';

export interface PageLink {
  page: Place['page'];
  href: string;
  title: string;
}

/** A part of the workbook, with a link in the masthead. */
export interface Area {
  title: string;
  href: string;
  /** Pages that have a link beside the page; the first one is the area's own. */
  links: PageLink[];
  /** Further pages that belong to it. */
  others?: Place['page'][];
}

export const learnArea: Area = {
  title: 'Learn',
  href: startHref,
  links: [{ page: 'start', href: startHref, title: 'Start' }],
  others: ['topic', 'unknown'],
};

export const attackArea: Area = {
  title: 'Attack',
  href: hrefOf('attacks'),
  links: [{ page: 'attacks', href: hrefOf('attacks'), title: 'All attacks' }],
  others: ['attack', 'use'],
};

export const flowArea: Area = {
  title: 'Flow',
  href: flowHref(),
  links: [{ page: 'flow', href: flowHref(), title: 'The OAuth flow, step by step' }],
};

export const benchesArea: Area = {
  title: 'Benches',
  href: hrefOf('benches'),
  links: [
    { page: 'benches', href: hrefOf('benches'), title: 'All benches' },
    { page: 'envelope', href: hrefOf('envelope'), title: 'Envelopes on the bench' },
    { page: 'burst', href: hrefOf('burst'), title: 'Bursts against the limit' },
    { page: 'forensics', href: hrefOf('forensics'), title: 'After the incident' },
  ],
};

export const progressArea: Area = {
  title: 'Progress',
  href: hrefOf('progress'),
  links: [
    { page: 'progress', href: hrefOf('progress'), title: 'What you have done' },
    { page: 'audit', href: hrefOf('audit'), title: 'The security audit' },
  ],
};

export const areas: readonly Area[] = [learnArea, attackArea, flowArea, benchesArea, progressArea];

export const areaOf = (page: Place['page']): Area =>
  areas.find(
    ({ links, others }) => links.some((link) => link.page === page) || others?.includes(page),
  ) ?? learnArea;
