import { useLab } from '../lab-client/lab-context.ts';
import type { FiredShot, Shot } from '../lab-client/shot.ts';
import { attackHref, ordinaryUseHref } from '../place.ts';
import hidden from '../text/hidden.module.css';
import { Icon } from '../text/icon.tsx';
import styles from './fired-shots.module.css';
import { describeTally, judgeTally } from './judgement.ts';
import { describeShot, shotId } from './make-shot.ts';
import { targetTitles } from './targets.ts';
import { draftKey, keepDraft } from './use-payload-draft.ts';

interface FiredShotRowProps {
  fired: FiredShot;
  isOfTopic: boolean;
  running: boolean;
  onFireAgain: (shot: Shot) => void;
  onOpen: (shot: Shot) => void;
}

export function FiredShotRow(props: FiredShotRowProps) {
  const { fired, isOfTopic, running, onFireAgain, onOpen } = props;
  const { shot, results, at } = fired;
  const { catalogue } = useLab();
  const id = shotId(shot);
  const topics = catalogue.state === 'ready' ? catalogue.catalogue.topics : [];
  const topic = topics.find(({ slug }) => slug === shot.slug);
  const items = [...(topic?.attacks ?? []), ...(topic?.uses ?? [])];
  const title = items.find((item) => item.id === id)?.title ?? id;
  const time = new Date(at);

  function open(): void {
    if (shot.kind === 'attack') {
      const { attackId, variant, payload } = shot.request;
      keepDraft(draftKey(attackId, variant), payload);
    }
    onOpen(shot);
  }

  return (
    <li className={styles.shot}>
      <p className={styles.what}>
        <time dateTime={time.toISOString()} className={styles.note}>
          {time.toLocaleTimeString()}
        </time>{' '}
        <a
          href={shot.kind === 'use' ? ordinaryUseHref(id) : attackHref(id, shot.request.variant)}
          onClick={open}
        >
          {title}
          {shot.kind === 'attack' && (
            <span className={hidden.hidden}>: open it with this payload</span>
          )}
        </a>{' '}
        <span className={styles.note}>
          {[...(isOfTopic || !topic ? [] : [`topic ${topic.number}`]), describeShot(shot)]
            .filter((part) => part !== '')
            .join(', ')}
        </span>
      </p>
      <ul className={styles.results}>
        {shot.request.targets.map((name) => {
          const tally = results[name] ?? {};
          const judgement = judgeTally(tally);
          return (
            <li key={name} className={judgement && styles[judgement.tone]}>
              {judgement && <Icon name={judgement.icon} />} {targetTitles[name]}:{' '}
              {shot.request.repeat
                ? describeTally(tally) || 'no answer'
                : (judgement?.word.toLowerCase() ?? 'no answer')}
            </li>
          );
        })}
      </ul>
      {isOfTopic && (
        <button
          type="button"
          className={styles.again}
          aria-disabled={running}
          onClick={() => running || onFireAgain(shot)}
        >
          Fire again
          <span className={hidden.hidden}>
            {' '}
            “{title}”, {describeShot(shot)}, of {time.toLocaleTimeString()}
          </span>
        </button>
      )}
    </li>
  );
}
