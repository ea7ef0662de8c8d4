/** The certificate of `npm run serve -- … --https`: for loopback, made on the spot or given. */
import { readFileSync } from 'node:fs';
import { generate } from 'selfsigned';
import { requireOutside } from '../grader/report/signing-keys.ts';

export interface Certificate {
  /** PEM. Public. */
  cert: string;
  /** PEM. Made ones live in memory only, and as long as the server. */
  key: string;
}

const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Names the three spellings of this machine. Nobody trusts it who is not told to. */
export async function makeCertificate(): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + LIFETIME_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { cert, key };
}

export function readCertificate(certFile: string, keyFile: string): Certificate {
  requireOutside(keyFile);
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}
