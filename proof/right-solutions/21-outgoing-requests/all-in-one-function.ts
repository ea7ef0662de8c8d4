import ipaddr from 'ipaddr.js';
import type { FetchFeed } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The fetching function judges everything by itself, and asks neither of the other two.';

export const fetchFeed: FetchFeed = async (text, { web }) => {
  const refusal = new InvalidInputError('No feed can be imported from there.');
  const signal = AbortSignal.timeout(10_000);
  let next = text;
  try {
    for (let requests = 0; requests < 6; requests++) {
      const { href, hostname, origin, username, password } = new URL(next);
      if (origin !== `https://${hostname}` || username + password !== '') throw refusal;
      const addresses = await web.lookup(hostname);
      const address = addresses.find((one) => {
        const parsed = ipaddr.parse(one);
        const isUnicast = parsed.range() === 'unicast';
        return isUnicast && (parsed instanceof ipaddr.IPv4 || (parsed.parts[0] ?? 0) >> 13 === 1);
      });
      if (address === undefined) throw refusal;
      const response = await web.fetch(href, { address, redirect: 'manual', signal });
      const location = response.headers.get('location');
      if (location && [301, 302, 303, 307, 308].includes(response.status)) {
        next = new URL(location, href).href;
        continue;
      }
      const type = response.headers.get('content-type')?.toLowerCase().split(';', 1)[0]?.trim();
      const isJson = type === 'application/json' || /^application\/\S+\+json$/.test(type ?? '');
      if (response.status !== 200 || !isJson) throw refusal;
      const parts: string[] = [];
      let size = 0;
      for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        size += Buffer.byteLength(part);
        if (size > 64 * 1024) throw refusal;
        parts.push(part);
      }
      return parts.join('');
    }
  } catch {
    // Nobody learns what it was.
  }
  throw refusal;
};
