import { lazy, Suspense } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import { burstHref, flowHref, hrefOf } from '../place.ts';
import { NextCard } from '../start/next-card.tsx';
import { TopicMap } from '../start/topic-map.tsx';
import { FastTrackPath } from './fast-track-path.tsx';
import styles from './start-page.module.css';

// What comes back has no part in the first load.
const PlayedAttack = lazy(async () => ({
  default: (await import('../start/played-attack.tsx')).PlayedAttack,
}));

/** Needs no explanation, and no lesson. */
const PLAYED = 'tok-alg-none';

interface StartPageProps {
  topics: TopicSummary[];
}

export function StartPage({ topics }: StartPageProps) {
  usePageChange('start', '');
  const played = topics.flatMap(({ slug, attacks }) =>
    attacks.filter(({ id }) => id === PLAYED).map((attack) => ({ slug, attack })),
  )[0];
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <div className={styles.intro}>
          <h1 tabIndex={-1}>Secure an MCP server, one attack at a time</h1>
          <p className={styles.lead}>
            A weather server speaks the Model Context Protocol and makes every mistake in the book.
            You attack it, write the fix, and watch the same attack fail while ordinary use goes on.
          </p>
          <NextCard topics={topics} />
        </div>
        {played && (
          <div className={styles.stage}>
            <Suspense>
              <PlayedAttack {...played} />
            </Suspense>
          </div>
        )}
      </div>

      <h2>All topics</h2>
      <TopicMap topics={topics} />

      <div className={styles.text}>
        <h2>How to work with it</h2>
        <ol className={styles.steps}>
          <li>
            <strong>Read</strong> the lesson of a topic. It says what goes wrong, and which rule of
            which standard prevents it. Answer its quiz to tick it off.
          </li>
          <li>
            <strong>Fire</strong> the attacks beside it, or by a click on their names in the text.
            Every attack is a real HTTP request to three servers: the <em>baseline</em>, which stays
            insecure for ever; <em>yours</em>, which runs your files; and the <em>reference</em>,
            which holds the solution.
          </li>
          <li>
            <strong>Fix</strong> the stub that the topic names, in your own editor or under “Your
            files” beside the lesson. When you save, the last attack is fired again by itself.
          </li>
          <li>
            <strong>Check</strong> your work with “Checks” beside the lesson, or with{' '}
            <code>npm run grade</code> in a terminal. It fires every attack with values made up on
            the spot, and tries ordinary use before and after.
          </li>
        </ol>

        <FastTrackPath topics={topics} />

        <h2>See the whole flow</h2>
        <p>
          Topics 01 to 06 secure the steps in which a client gets a token and uses it. Walk{' '}
          <a href={flowHref()}>the OAuth flow, step by step</a>, spoil a step on purpose, and see
          which control refuses it. For topic 20 there is{' '}
          <a href={flowHref('third-party')}>the way over a third party</a>.
        </p>
        <p>
          Four more pages show one topic at work each:{' '}
          <a href={hrefOf('tokens')}>tokens, taken apart</a> (topic 05),{' '}
          <a href={hrefOf('envelope')}>envelopes, taken apart</a> (topic 07),{' '}
          <a href={burstHref()}>bursts against the limit</a> (topic 10), and{' '}
          <a href={hrefOf('forensics')}>after the incident</a> (topic 12).
        </p>

        <p>
          And when all topics are done, <a href={hrefOf('whole-server')}>the whole-server check</a>{' '}
          fires all of a part at your whole server and fills in the checklist.
        </p>

        <h2>What is dangerous here, and why it cannot hurt you</h2>
        <p>
          The attacks are real: they forge tokens, inject SQL and run shell commands. What they act
          on is not your machine.
        </p>
        <ul className={styles.steps}>
          <li>
            The shell, the files and the database are simulations in memory. <code>rm -rf /</code>{' '}
            deletes a tree that is made anew a moment later.
          </li>
          <li>
            Every server listens on 127.0.0.1 only, with keys made for this run. The weather service
            they ask is part of the lab. Nothing is sent to the internet.
          </li>
          <li>
            Other web pages cannot use the lab: it refuses requests without the token of this run,
            and any request that another site could cause.
          </li>
          <li>
            Your own code is the exception. It runs in a Node process of its own, as whatever you
            start with <code>node</code> does, so run code there that you would run anyway.
          </li>
        </ul>
      </div>
    </div>
  );
}
