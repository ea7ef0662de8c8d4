import type { FiredShot } from './shot.ts';

const MOST_SHOTS = 50;
/** Payloads may be long, and drafts want room in the same storage. */
const MOST_CHARACTERS = 1_000_000;

/** The newest shots, as many as may be kept. */
export function withinBounds(shots: FiredShot[]): FiredShot[] {
  let left = MOST_CHARACTERS;
  return shots
    .slice(0, MOST_SHOTS)
    .filter((fired, i) => (left -= JSON.stringify(fired).length) >= 0 || i === 0);
}

/** Stored text as shots; what an earlier version of the page wrote, or nobody knows who, is left out. */
export function readFiredShots(stored: string | undefined): FiredShot[] {
  if (stored === undefined) return [];
  try {
    const value: unknown = JSON.parse(stored);
    return Array.isArray(value) ? withinBounds(value.filter(isFiredShot)) : [];
  } catch {
    return [];
  }
}

function isFiredShot(value: unknown): value is FiredShot {
  if (!isRecord(value) || !isRecord(value['shot']) || !isRecord(value['results'])) return false;
  const { kind, slug, request } = value['shot'];
  if (typeof value['id'] !== 'string' || typeof value['at'] !== 'number') return false;
  if (typeof slug !== 'string' || !isRecord(request)) return false;
  if (!Object.values(value['results']).every(isTally) || !isTargets(request['targets'])) {
    return false;
  }
  if (!isRepeat(request['repeat'])) return false;
  if (kind === 'use') return typeof request['useId'] === 'string';
  return (
    kind === 'attack' &&
    typeof request['attackId'] === 'string' &&
    typeof request['variant'] === 'string' &&
    ['string', 'undefined'].includes(typeof request['payload'])
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTally = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((count) => typeof count === 'number');

const isTargets = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((name) => ['baseline', 'yours', 'reference'].includes(String(name)));

const isRepeat = (value: unknown): boolean =>
  value === undefined ||
  (isRecord(value) && typeof value['times'] === 'number' && typeof value['how'] === 'string');
