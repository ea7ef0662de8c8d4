import { burstHref, flowHref, hrefOf, startHref, type Place } from '../place.ts';

interface PageLink {
  page: Place['page'];
  href: string;
  title: string;
  /** On which one topic can be seen at work. */
  study?: { slug: string; about: string };
  /** Of the same page, for another topic. */
  further?: Study[];
}

interface Study {
  href: string;
  title: string;
  slug: string;
  about: string;
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
  others: ['topic', 'attack', 'use', 'checks', 'unknown'],
};

const attackArea: Area = {
  title: 'Attack',
  href: hrefOf('attacks'),
  links: [{ page: 'attacks', href: hrefOf('attacks'), title: 'All attacks' }],
};

const flowArea: Area = {
  title: 'Flow',
  href: flowHref(),
  links: [
    {
      page: 'flow',
      href: flowHref(),
      title: 'The OAuth flow, step by step',
      study: {
        slug: '03-pkce',
        about: 'Walk the eight steps from discovery to a call, spoil one, and see what refuses it.',
      },
      further: [
        {
          href: flowHref('third-party'),
          title: 'The flow over a third party, step by step',
          slug: '20-upstream-authority',
          about: 'Walk the way over Skydiary and back, spoil a step, and see what refuses it.',
        },
      ],
    },
  ],
};

const studiesArea: Area = {
  title: 'Studies',
  href: hrefOf('studies'),
  links: [
    { page: 'studies', href: hrefOf('studies'), title: 'All studies' },
    {
      page: 'tokens',
      href: hrefOf('tokens'),
      title: 'Tokens, taken apart',
      study: {
        slug: '05-access-tokens',
        about:
          'Take a real access token apart, forge another out of it, and see which server believes it.',
      },
    },
    {
      page: 'envelope',
      href: hrefOf('envelope'),
      title: 'Envelopes, taken apart',
      study: {
        slug: '07-credentials',
        about: 'Take an encrypted credential apart, byte by byte, change it, and try to open it.',
      },
    },
    {
      page: 'burst',
      href: burstHref(),
      title: 'Bursts against the limit',
      study: {
        slug: '10-rate-limits',
        about:
          'Fire bursts over two minutes of a clock that can be moved, and see which calls ran.',
      },
      further: [
        {
          href: burstHref('three'),
          title: 'Bursts at three instances',
          slug: '18-many-instances',
          about: 'Fire a burst at three instances at once, and see how many each let run.',
        },
      ],
    },
    {
      page: 'forensics',
      href: hrefOf('forensics'),
      title: 'After the incident',
      study: {
        slug: '12-audit-log',
        about: 'Something happened. Find out what, with nothing but what your own log kept.',
      },
    },
  ],
};

const progressArea: Area = {
  title: 'Progress',
  href: hrefOf('progress'),
  links: [
    { page: 'progress', href: hrefOf('progress'), title: 'What you have done' },
    {
      page: 'whole-server',
      href: hrefOf('whole-server'),
      title: 'The whole-server check',
      study: {
        slug: '14-secure-server',
        about:
          'Fire all attacks of a part at your whole server, and keep the checklist it fills in.',
      },
    },
    { page: 'server-audit', href: hrefOf('server-audit'), title: 'A server of your own' },
  ],
};

export const areas: readonly Area[] = [learnArea, attackArea, flowArea, studiesArea, progressArea];

/** Of all studies, in the order of the parts. */
export const studies: readonly Study[] = areas
  .flatMap(({ links }) => links)
  .flatMap(({ href, title, study, further = [] }) => [
    ...(study ? [{ href, title, ...study }] : []),
    ...further,
  ]);

/** The study at an address, or at a place within it, such as one step of the flow. */
export const studyAt = (href = ''): Study | undefined =>
  studies
    .filter((study) => href === study.href || href.startsWith(`${study.href}/`))
    .toSorted((one, other) => other.href.length - one.href.length)[0];

export const areaOf = (page: Place['page']): Area =>
  areas.find(
    ({ links, others }) => links.some((link) => link.page === page) || others?.includes(page),
  ) ?? learnArea;
