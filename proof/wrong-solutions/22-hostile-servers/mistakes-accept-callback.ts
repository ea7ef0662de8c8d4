import type { AcceptCallback } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';
import { acceptCallback as rightly } from '../../../solutions/22-hostile-servers/sign-in.ts';
import type { Mistake } from '../../solutions.ts';

/** The right answer, for parameters that were made to fit first. */
const believing =
  (
    mend: (parameters: URLSearchParams, pending: Parameters<AcceptCallback>[1]) => void,
  ): AcceptCallback =>
  (parameters, pending) => {
    const mended = new URLSearchParams(parameters);
    mend(mended, pending);
    return rightly(mended, pending);
  };

const hrefOf = (text: string): string | undefined => {
  try {
    return new URL(text).href.toLowerCase();
  } catch {
    return undefined;
  }
};

export const mistakes: Mistake[] = [
  {
    name: 'any-state',
    mistake: 'The state is not compared.',
    caughtBy: ['hs-answer-to-nobody', 'hs-words-of-a-stranger'],
    controls: { acceptCallback: believing((sent, { state }) => sent.set('state', state)) },
  },
  {
    name: 'state-if-there-is-one',
    mistake: 'An answer without a state is taken for one to this request.',
    caughtBy: ['hs-answer-to-nobody'],
    controls: {
      acceptCallback: believing((sent, { state }) => {
        if (!sent.get('state')) sent.set('state', state);
      }),
    },
  },
  {
    name: 'state-by-its-beginning',
    mistake: 'A state will do that begins like ours.',
    caughtBy: ['hs-answer-to-nobody'],
    controls: {
      acceptCallback: believing((sent, { state }) => {
        if (sent.get('state')?.startsWith(state)) sent.set('state', state);
      }),
    },
  },
  {
    name: 'state-where-iss-is-missing',
    mistake: 'Where the issuer is known to be right, the state is not looked at.',
    caughtBy: ['hs-answer-to-nobody', 'hs-words-of-a-stranger'],
    controls: {
      acceptCallback: believing((sent, { plan, state }) => {
        if (sent.get('iss') === plan.issuer) sent.set('state', state);
      }),
    },
  },
  {
    name: 'any-issuer-of-an-answer',
    mistake: 'The state was right, so the answer is from the right server, it seems.',
    caughtBy: ['hs-mix-up', 'hs-missing-issuer', 'hs-words-of-a-stranger'],
    controls: { acceptCallback: believing((sent, { plan }) => sent.set('iss', plan.issuer)) },
  },
  {
    name: 'only-what-was-promised',
    mistake: 'An `iss` is not compared if the metadata have not promised it.',
    caughtBy: ['hs-mix-up'],
    controls: {
      acceptCallback: believing((sent, { plan }) => {
        if (!plan.promisesIssuer) sent.delete('iss');
      }),
    },
  },
  {
    name: 'only-what-is-there',
    mistake: 'An `iss` is compared if there is one, and not missed if there is none.',
    caughtBy: ['hs-missing-issuer', 'hs-words-of-a-stranger'],
    controls: {
      acceptCallback: believing((sent, { plan }) => {
        if (!sent.has('iss')) sent.set('iss', plan.issuer);
      }),
    },
  },
  {
    name: 'missed-in-errors-only',
    mistake: 'A code without `iss` is taken, and only an error without one is not.',
    caughtBy: ['hs-missing-issuer'],
    controls: {
      acceptCallback: believing((sent, { plan }) => {
        if (!sent.has('iss') && sent.has('code')) sent.set('iss', plan.issuer);
      }),
    },
  },
  {
    name: 'issuer-of-an-answer-as-a-url',
    mistake: 'Issuers are compared as URLs, without regard to slashes, ports and capitals.',
    caughtBy: ['hs-mix-up'],
    controls: {
      acceptCallback: believing((sent, { plan }) => {
        const iss = sent.get('iss');
        if (iss && hrefOf(iss) === hrefOf(plan.issuer)) sent.set('iss', plan.issuer);
      }),
    },
  },
  {
    name: 'issuer-of-an-answer-by-its-beginning',
    mistake: 'An issuer will do that begins like ours.',
    caughtBy: ['hs-mix-up'],
    controls: {
      acceptCallback: believing((sent, { plan }) => {
        if (sent.get('iss')?.startsWith(plan.issuer)) sent.set('iss', plan.issuer);
      }),
    },
  },
  {
    name: 'empty-is-none',
    mistake: 'An empty `iss` is taken for one that is missing.',
    caughtBy: ['hs-mix-up'],
    controls: {
      acceptCallback: believing((sent) => {
        if (sent.get('iss') === '') sent.delete('iss');
      }),
    },
  },
  {
    name: 'errors-first',
    mistake: 'An error is told to the user before anybody asks from whom it is.',
    caughtBy: ['hs-words-of-a-stranger'],
    controls: {
      acceptCallback: (parameters, pending) => {
        const error = parameters.get('error_description') ?? parameters.get('error');
        if (error !== null) throw new RefusedError(error);
        return rightly(parameters, pending);
      },
    },
  },
  {
    name: 'says-what-was-wrong',
    mistake: 'The message quotes the very text that did not fit.',
    caughtBy: ['hs-words-of-a-stranger'],
    controls: {
      acceptCallback: (parameters, pending) => {
        const state = parameters.get('state');
        if (state !== pending.state) throw new RefusedError(`The state ${state} is not ours.`);
        return rightly(parameters, pending);
      },
    },
  },
  {
    name: 'says-who-it-was',
    mistake: 'The message names the issuer that did not fit, a name that a stranger chose.',
    caughtBy: ['hs-words-of-a-stranger'],
    controls: {
      acceptCallback: (parameters, pending) => {
        const iss = parameters.get('iss') ?? pending.plan.issuer;
        if (iss !== pending.plan.issuer) throw new RefusedError(`${iss} has answered.`);
        return rightly(parameters, pending);
      },
    },
  },
  {
    name: 'a-no-is-no-code',
    mistake: 'An answer that is an error is taken for one with an empty code.',
    caughtBy: ['hs-hears-a-no'],
    controls: {
      acceptCallback: believing((sent) => {
        if (sent.has('code')) return;
        sent.delete('error');
        sent.set('code', '');
      }),
    },
  },
  {
    name: 'iss-from-everybody',
    mistake: 'Every answer has to name its issuer, though many cannot.',
    caughtBy: ['hs-signs-in'],
    controls: {
      acceptCallback: (parameters, pending) => {
        if (!parameters.has('iss')) throw new RefusedError('There is no issuer in the answer.');
        return rightly(parameters, pending);
      },
    },
  },
  {
    name: 'no-more-than-was-promised',
    mistake: 'An `iss` that was not promised makes the whole answer suspect.',
    caughtBy: ['hs-signs-in'],
    controls: {
      acceptCallback: (parameters, pending) => {
        if (parameters.has('iss') && !pending.plan.promisesIssuer) {
          throw new RefusedError('The answer has more in it than it should.');
        }
        return rightly(parameters, pending);
      },
    },
  },
  {
    name: 'a-code-is-a-yes',
    mistake: 'An answer with a code is a yes, whatever error stands beside it.',
    caughtBy: ['hs-hears-a-no'],
    controls: {
      acceptCallback: believing((sent) => {
        if (sent.has('code')) sent.delete('error');
      }),
    },
  },
];
