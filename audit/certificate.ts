import { connect, type ConnectionOptions, type PeerCertificate } from 'node:tls';
import { AddressRefused, type AddressBook } from './address-book.ts';
import { LIMITS, pinnedTo, serverNameOf } from './polite-client.ts';
import type { Certificate } from './seen.ts';

/** Whether the certificate is one to trust, for this name, without asking the server anything. */
export async function lookAtCertificate(
  url: URL,
  book: AddressBook,
  ca: string | undefined,
): Promise<Certificate> {
  if (url.protocol !== 'https:') return { kind: 'none' };
  const options: ConnectionOptions = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 443),
    servername: serverNameOf(url),
    lookup: pinnedTo(await book.open(url)),
    rejectUnauthorized: false,
    ...(ca === undefined ? {} : { ca }),
  };
  try {
    return await shakeHands(options);
  } catch (error) {
    if (error instanceof AddressRefused) throw error;
    return { kind: 'unknown', why: `No TLS connection came about: ${(error as Error).message}` };
  }
}

const shakeHands = (options: ConnectionOptions): Promise<Certificate> =>
  new Promise((resolve, reject) => {
    const socket = connect(options, () => {
      const { authorized, authorizationError } = socket;
      const why = String(authorizationError);
      resolve(authorized ? valid(socket.getPeerCertificate()) : { kind: 'invalid', why });
      socket.destroy();
    });
    socket.setTimeout(LIMITS.exchange, () => socket.destroy(new Error('it took too long')));
    socket.on('error', reject);
  });

const DAY_MS = 24 * 60 * 60 * 1000;

function valid({ valid_from: from, valid_to: to }: PeerCertificate): Certificate {
  const end = Date.parse(to);
  return {
    kind: 'valid',
    lasts: (end - Date.parse(from)) / DAY_MS,
    left: (end - Date.now()) / DAY_MS,
  };
}
