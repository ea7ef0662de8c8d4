import { connect, type ConnectionOptions } from 'node:tls';
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
      resolve(authorized ? { kind: 'valid' } : { kind: 'invalid', why });
      socket.destroy();
    });
    socket.setTimeout(LIMITS.exchange, () => socket.destroy(new Error('it took too long')));
    socket.on('error', reject);
  });
