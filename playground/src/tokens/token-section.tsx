import type { TokenReport } from '../../../studies/tokens/shared.ts';
import type { TargetName } from '../../lab-api.ts';
import { targetOptions } from '../console/targets.ts';
import type { StudyOutcome } from '../lab-client/use-study.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { OneOf } from '../text/one-of.tsx';
import { claimMeanings, headerMeanings } from './meanings.ts';
import { SignaturePart } from './signature-part.tsx';
import { TokenPart } from './token-part.tsx';
import styles from './token-view.module.css';

interface TokenSectionProps {
  shown: TargetName;
  outcome: StudyOutcome<TokenReport> | undefined;
  onShown: (target: TargetName) => void;
}

/** The token that was made for one target, in its three parts. */
export function TokenSection({ shown, outcome, onShown }: TokenSectionProps) {
  const report = outcome?.type === 'study' ? outcome.study : undefined;
  const [header = '', claims = '', signature = ''] = report?.made.token.split('.') ?? [];
  return (
    <section className={styles.section} aria-labelledby="the-token">
      <h2 id="the-token">The token</h2>
      <OneOf
        legend="Made for"
        legendIs="beside"
        options={targetOptions}
        value={shown}
        onValue={onShown}
      />
      <p className={styles.note}>
        Every server has an address and a key of its own, so each gets a token of its own, made by
        the same recipe. To read it takes no key. Every change, and every firing, begins with a new
        real token.
      </p>
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {report && (
        <div className={styles.room}>
          <div className={styles.parts}>
            <TokenPart
              title="Header"
              encoded={header}
              made={report.made.header}
              real={report.real.header}
              meanings={headerMeanings}
              now={report.now}
            />
            <TokenPart
              title="Claims"
              encoded={claims}
              made={report.made.claims}
              real={report.real.claims}
              meanings={claimMeanings}
              now={report.now}
            />
            <SignaturePart encoded={signature} signedHow={report.made.signedHow} />
          </div>
        </div>
      )}
    </section>
  );
}
