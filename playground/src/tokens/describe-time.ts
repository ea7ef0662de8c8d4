const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** Claims that are a number of seconds since 1970. */
export const timeClaims: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat', 'auth_time']);

/** A number of seconds since 1970, for people; undefined for one that no calendar has. */
export function describeTime(seconds: number, now: number): string | undefined {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const away = Math.round(seconds - now);
  const [unit, length] = units.find(([, size]) => Math.abs(away) >= size) ?? ['second', 1];
  const when = away === 0 ? 'now' : relative.format(Math.round(away / length), unit);
  return `${date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '')} UTC, ${when}`;
}
