import { Fragment } from 'react';
import { useLab } from '../lab-client/lab-context.ts';
import { attackHref, startHref, topicHref, trackHref } from '../place.ts';
import { Prose } from '../text/prose.tsx';
import styles from './fast-track-end.module.css';
import { attackOf, fastTrackOf } from './fast-track.ts';
import { outlineOf } from './outlines.ts';

interface FastTrackEndProps {
  slug: string;
  /** The section that ends here. */
  'data-section'?: string;
}

/** Below a section of the fast track: what to do now, and where the track goes on. */
export function FastTrackEnd({ slug, 'data-section': id }: FastTrackEndProps) {
  const { catalogue } = useLab();
  if (catalogue.state !== 'ready') return null;
  const steps = fastTrackOf(catalogue.catalogue.topics, outlineOf);
  const at = steps.findIndex(({ topic, section }) => topic.slug === slug && section.id === id);
  const step = steps[at];
  if (!step) return null;
  const next = steps[at + 1];
  const attack = attackOf(step);
  const { number, fastTrackFiles } = step.topic;
  return (
    <p className={styles.end}>
      <strong>
        Fast track, {at + 1} of {steps.length}.
      </strong>{' '}
      {attack && (
        <>
          Fire{' '}
          <a href={attackHref(attack.id)}>
            <Prose text={attack.title} />
          </a>
          .{' '}
        </>
      )}
      {next?.topic === step.topic ? (
        <>
          Next:{' '}
          <a href={topicHref(slug, next.section.id)}>
            <Prose text={next.section.title} />
          </a>
          .
        </>
      ) : (
        <>
          Now write it, in{' '}
          {fastTrackFiles.map((file, i) => (
            <Fragment key={file}>
              {i > 0 && ' and '}
              <code>{file}</code>
            </Fragment>
          ))}
          , until <a href={trackHref(slug)}>what you have read about is checked</a> and holds; in a
          terminal, <code>npm run grade -- {number} --fast-track</code>. The other checks of the
          topic are for later.{' '}
          {next ? (
            <>
              Then:{' '}
              <a href={topicHref(next.topic.slug, next.section.id)}>
                {next.topic.number} {next.topic.title}, <Prose text={next.section.title} />
              </a>
              .
            </>
          ) : (
            <>
              Then <a href={startHref}>the whole module</a> is yours.
            </>
          )}
        </>
      )}
    </p>
  );
}
