import type { StudyRecord, EnvelopeReport } from '../../../studies/envelope/shared.ts';
import type { Judgement } from '../console/judgement.ts';
import type { StudyOutcome } from '../lab-client/use-study.ts';

/** What opening one record means. */
export function judgeRecord(record: StudyRecord): Judgement & { sentence: string } {
  const { opened, expected, tampered, keyGone } = record;
  if (!opened) {
    return {
      word: 'Never sealed',
      icon: 'fails',
      tone: 'breached',
      sentence: 'The vault did not take this text.',
    };
  }
  if ('refused' in opened) {
    if (tampered) {
      return {
        word: 'Refused',
        icon: 'blocked',
        tone: 'blocked',
        sentence: 'The change was noticed, and nobody gets to use the result of it.',
      };
    }
    return keyGone
      ? {
          word: 'Lost with its key',
          icon: 'away',
          tone: 'inconclusive',
          sentence: 'It was not wrapped anew before its key was dropped, so nothing can open it.',
        }
      : {
          word: 'Does not open',
          icon: 'fails',
          tone: 'breached',
          sentence: 'Nobody touched this record, and still its owner cannot use it.',
        };
  }
  if (opened.value !== expected) {
    return {
      word: 'Opens as another text',
      icon: 'breached',
      tone: 'breached',
      sentence: 'The server would go on and use this.',
    };
  }
  if (keyGone) {
    return {
      word: 'Opens without its key',
      icon: 'breached',
      tone: 'breached',
      sentence: 'The key it names has been dropped, so something else opened it.',
    };
  }
  return tampered
    ? {
        word: 'Opens, unnoticed',
        icon: 'breached',
        tone: 'breached',
        sentence: 'It is not as it was stored, and nobody noticed.',
      }
    : { word: 'Opens', icon: 'works', tone: 'blocked', sentence: 'As it was sealed.' };
}

/** Both records in a few words: what is worst about them. */
export function judgeEnvelope(outcome: StudyOutcome<EnvelopeReport>): Judgement {
  if (outcome.type === 'broken') {
    return { word: 'Could not run', icon: 'notRun', tone: 'inconclusive' };
  }
  const { records, reuse } = outcome.study;
  const judgements = records.map(judgeRecord);
  const worst = judgements.find(({ tone }) => tone === 'breached');
  if (worst) return worst;
  if (reuse.length > 0) {
    return { word: 'Opens, but reuses keys or IVs', icon: 'breached', tone: 'breached' };
  }
  return (
    judgements.find(({ tone }) => tone === 'inconclusive') ??
    judgements.find(({ word }) => word === 'Refused') ?? {
      word: 'Opens',
      icon: 'works',
      tone: 'blocked',
    }
  );
}

export interface Stretch {
  text: string;
  changed: boolean;
}

/** `text` in stretches that are, or are not, what `expected` has at the same place. */
export function markChanges(text: string, expected: string): Stretch[] {
  const before = Array.from(expected);
  const stretches: Stretch[] = [];
  for (const [index, character] of Array.from(text).entries()) {
    const changed = character !== before[index];
    const last = stretches.at(-1);
    if (last?.changed === changed) last.text += character;
    else stretches.push({ text: character, changed });
  }
  return stretches;
}

/** Fewer equal bytes in a row may be chance. */
const LEAST_RUN = 4;

/** Which bytes of `own` stand at the same place in `other`, in runs too long for chance. */
export function sharedBytes(own: readonly string[], other: readonly string[]): boolean[] {
  const shared = own.map(() => false);
  let from = 0;
  for (let at = 0; at <= own.length; at++) {
    if (at < own.length && own[at] === other[at]) continue;
    if (at - from >= LEAST_RUN) shared.fill(true, from, at);
    from = at + 1;
  }
  return shared;
}

export const bytesOf = (hex: string | undefined): string[] => hex?.match(/../g) ?? [];
