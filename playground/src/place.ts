import type { Destination } from '../../studies/burst/shared.ts';
import { flowIds, type FlowId } from '../../studies/flow/shared.ts';

/** Where in the workbook the reader is, read from the location hash, and the links to get there. */
export type Place =
  | { page: 'start' }
  | { page: 'topic'; slug: string; anchor?: string }
  | { page: 'attack'; id: string; variant?: string }
  | { page: 'use'; id: string }
  | { page: 'checks'; slug: string; onTrack?: true }
  | { page: 'flow'; flow: FlowId; step?: string }
  | { page: PlainPage }
  | { page: 'burst'; to: Destination }
  | { page: 'unknown'; path: string };

/** Pages whose address is their name. */
const plainPages = [
  'attacks',
  'studies',
  'tokens',
  'envelope',
  'forensics',
  'progress',
  'whole-server',
  'server-audit',
] as const;
type PlainPage = (typeof plainPages)[number];

/** Addresses that were printed once, by the names that pages had then. */
const earlierNames = new Map<string, PlainPage>([
  ['benches', 'studies'],
  ['audit', 'whole-server'],
]);
const FAST_TRACK = 'fast-track';
const FIRST_FLOW: FlowId = 'sign-in';
const INSTANCES = 'instances';

export const startHref = '#/';
export const hrefOf = (page: PlainPage): string => `#/${page}`;

export const burstHref = (to: Destination = 'one'): string =>
  to === 'one' ? '#/burst' : `#/burst/${INSTANCES}`;

export function topicHref(slug: string, anchor?: string): string {
  return `#/topic/${encodeURIComponent(slug)}${anchor ? `/${encodeURIComponent(anchor)}` : ''}`;
}

/** @param variant one of the attack's payloads; without it, the first */
export function attackHref(id: string, variant?: string): string {
  return `#/attack/${encodeURIComponent(id)}${variant ? `/${encodeURIComponent(variant)}` : ''}`;
}

export function ordinaryUseHref(id: string): string {
  return `#/use/${encodeURIComponent(id)}`;
}

export function checksHref(slug: string): string {
  return `#/checks/${encodeURIComponent(slug)}`;
}

/** The checks of a topic's fast track. */
export const trackHref = (slug: string): string => `${checksHref(slug)}/${FAST_TRACK}`;

/** The first flow has no name in its address, which is older than the others. */
export function flowHref(flow: FlowId = FIRST_FLOW, step?: string): string {
  const parts = [flow === FIRST_FLOW ? undefined : flow, step && encodeURIComponent(step)];
  return ['#/flow', ...parts.filter(Boolean)].join('/');
}

/** @param path the hash without `#`, beginning with `/` */
export function readPlace(path: string): Place {
  let parts: string[];
  try {
    parts = path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return { page: 'unknown', path };
  }
  const [page, name, anchor] = parts;
  if (!page) return { page: 'start' };
  if (page === 'flow') return readFlow(path, parts.slice(1));
  if (page === 'burst') return readBurst(path, parts.slice(1));
  const plain = plainPages.find((known) => known === page) ?? earlierNames.get(page);
  if (plain) return parts.length === 1 ? { page: plain } : { page: 'unknown', path };
  if (!name || parts.length > 3) return { page: 'unknown', path };
  if (page === 'topic') return anchor ? { page, slug: name, anchor } : { page, slug: name };
  if (page === 'attack') return anchor ? { page, id: name, variant: anchor } : { page, id: name };
  if (page === 'use' && !anchor) return { page, id: name };
  if (page === 'checks' && !anchor) return { page, slug: name };
  if (page === 'checks' && anchor === FAST_TRACK) return { page, slug: name, onTrack: true };
  return { page: 'unknown', path };
}

function readBurst(path: string, [to, ...more]: string[]): Place {
  if (more.length > 0 || (to !== undefined && to !== INSTANCES)) return { page: 'unknown', path };
  return { page: 'burst', to: to === INSTANCES ? 'three' : 'one' };
}

function readFlow(path: string, parts: string[]): Place {
  const named = flowIds.find((id) => id === parts[0]);
  const [step, more] = named ? parts.slice(1) : parts;
  if (more !== undefined) return { page: 'unknown', path };
  const flow = named ?? FIRST_FLOW;
  return step ? { page: 'flow', flow, step } : { page: 'flow', flow };
}
