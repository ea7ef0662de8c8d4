import { useState } from 'react';
import type { Owner, SameIvTwice } from '../../../studies/envelope/shared.ts';
import { describeProblem, encryptUnderSameIv } from '../lab-client/lab-client.ts';
import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import { ScrollRegion } from '../text/scroll-region.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { bytesOf } from './envelope-judgement.ts';
import styles from './same-iv-demo.module.css';

interface SameIvDemoProps {
  texts: Record<Owner, string>;
}

const TITLE = 'A demonstration: the same IV twice';

/** What becomes of GCM when an IV is used twice. Asks no target. */
export function SameIvDemo({ texts }: SameIvDemoProps) {
  const [shown, setShown] = useState<SameIvTwice>();
  const [problem, setProblem] = useState<string>();

  function show(): void {
    setProblem(undefined);
    encryptUnderSameIv(texts).then(setShown, (error: unknown) =>
      setProblem(describeProblem(error)),
    );
  }

  return (
    <section className={styles.demo} aria-label={TITLE}>
      <Heading depth={1}>{TITLE}</Heading>
      <p>
        This one asks no server. AES-GCM encrypts by XOR with a stream of bytes that depends on key
        and IV alone. Encrypt both texts under one key <em>and one IV</em>, and the stream falls
        out: the XOR of the two ciphertexts is the XOR of the two texts, and whoever knows one text
        reads the other. No key is needed for that.
      </p>
      <p>
        <button type="button" onClick={show}>
          Encrypt both texts under one IV
        </button>
      </p>
      <StatusRegion>{problem !== undefined && <p>{problem}</p>}</StatusRegion>
      {shown && (
        <>
          <ScrollRegion label="Bytes under the same IV">
            <table className={styles.table} aria-label="Texts, ciphertexts and their XOR">
              <tbody>
                {rowsOf(shown).map(({ name, hex, alike }) => (
                  <tr key={name} className={alike ? styles.alike : undefined}>
                    <th scope="row">{name}</th>
                    <td>
                      <code>{bytesOf(hex).slice(0, 48).join(' ')}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
          <p>
            The two marked rows are{' '}
            <strong>
              {shown.xorOfCiphertexts === shown.xorOfTexts ? 'the same' : 'different'}
            </strong>
            . Alice’s text and both ciphertexts give, of Bob’s text:{' '}
            <code>
              <HostileText text={textOf(shown.recovered)} cut={200} />
            </code>
          </p>
        </>
      )}
    </section>
  );
}

const rowsOf = (shown: SameIvTwice): { name: string; hex: string; alike?: boolean }[] => [
  { name: 'Alice’s text', hex: shown.texts.alice },
  { name: 'Bob’s text', hex: shown.texts.bob },
  { name: 'Alice’s ciphertext', hex: shown.ciphertexts.alice },
  { name: 'Bob’s ciphertext', hex: shown.ciphertexts.bob },
  { name: 'XOR of the ciphertexts', hex: shown.xorOfCiphertexts, alike: true },
  { name: 'XOR of the texts', hex: shown.xorOfTexts, alike: true },
];

const textOf = (hex: string): string =>
  new TextDecoder().decode(Uint8Array.from(bytesOf(hex), (byte) => Number.parseInt(byte, 16)));
