/**
 * `npm run hint -- <topic> [--again]`: one hint more each time, from a nudge to nearly the answer.
 * Exit code: 0, or 2 if the command was not understood.
 */
import { printHints } from '../grader/progress/print-hints.ts';
import { readOneTopic } from './read-one-topic.ts';

const { topic, again } = readOneTopic(
  `Usage: npm run hint -- topic [--again]
  topic     a number or a name: 10, rate-limits, 10-rate-limits
  --again   show the hints you have seen, and no new one`,
  ['again'],
);
printHints(topic, again);
