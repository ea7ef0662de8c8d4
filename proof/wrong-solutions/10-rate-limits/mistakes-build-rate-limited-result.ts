import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'always-one-second',
    mistake:
      'Whatever is left of the minute, the answer says one second: a client that believes it is refused again and again.',
    caughtBy: ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: () => {
        const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: 1 };
        return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
  {
    name: 'milliseconds-as-seconds',
    mistake:
      'The milliseconds go out under a name that says seconds: a client that believes it waits for most of a day.',
    caughtBy: ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: retryAfterMs };
        return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
  {
    name: 'not-said-to-be-retryable',
    mistake:
      'The refusal looks like any other error: nothing says that the same call will work later.',
    caughtBy: ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const error = { code: 'RATE_LIMITED', retry_after_seconds: Math.ceil(retryAfterMs / 1000) };
        return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
  {
    name: 'refusal-in-prose',
    mistake:
      'The refusal is a sentence for people; a program finds neither the code nor the seconds in it.',
    caughtBy: ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const seconds = Math.ceil(retryAfterMs / 1000);
        const text = `Rate limit exceeded. Please try again in ${seconds} seconds.`;
        return { isError: true, content: [{ type: 'text', text }] };
      },
    },
  },
  {
    name: 'refusal-that-looks-like-success',
    mistake: 'The refusal lacks isError, so an agent takes it for the weather.',
    caughtBy: ['rl-burst', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const error = {
          code: 'RATE_LIMITED',
          retryable: true,
          retry_after_seconds: Math.ceil(retryAfterMs / 1000),
        };
        return { content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
  {
    name: 'rounds-down',
    mistake:
      'The seconds are rounded down: a client that waits as long as it is told comes a moment too early and is refused again.',
    caughtBy: ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const error = {
          code: 'RATE_LIMITED',
          retryable: true,
          retry_after_seconds: Math.max(1, Math.floor(retryAfterMs / 1000)),
        };
        return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
  {
    name: 'try-again-at-once',
    mistake:
      'Zero seconds is the advice to try again at once, and the refusals become more than the calls ever were.',
    caughtBy: ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const error = {
          code: 'RATE_LIMITED',
          retryable: true,
          retry_after_seconds: Math.floor(retryAfterMs / 60_000),
        };
        return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
  {
    name: 'half-a-minute-at-most',
    mistake:
      'No client is asked to wait for more than half a minute, which is friendly, and for calls just made not true.',
    caughtBy: ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const error = {
          code: 'RATE_LIMITED',
          retryable: true,
          retry_after_seconds: Math.min(30, Math.max(1, Math.ceil(retryAfterMs / 1000))),
        };
        return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
  {
    name: 'short-waits-to-the-nearest-second',
    mistake:
      'Long waits are rounded up to tens, and short ones to the nearest second: every other of these ends up to half a second too soon.',
    caughtBy: ['told-waits-are-true'],
    controls: {
      buildRateLimitedResult: (retryAfterMs) => {
        const seconds =
          retryAfterMs > 30_000
            ? 10 * Math.ceil(retryAfterMs / 10_000)
            : Math.max(1, Math.round(retryAfterMs / 1000));
        const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: seconds };
        return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
      },
    },
  },
];
