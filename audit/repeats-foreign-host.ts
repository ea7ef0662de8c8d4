import { documentIn } from './read-seen.ts';
import { FOREIGN_HOST, type Answer } from './seen.ts';

/** Whether a document repeats the foreign host. A refusal may name it; nobody follows that. */
export const repeatsForeignHost = (answer: Answer): boolean =>
  answer.kind === 'reply' && documentIn(answer) !== undefined && answer.body.includes(FOREIGN_HOST);
