import { documentIn } from './read-seen.ts';
import { FOREIGN_HOST, type Answer } from './seen.ts';

/**
 * Whether a document, or the challenge of a 401, repeats the foreign host. Any other refusal may name
 * it; nobody follows that.
 */
export const repeatsForeignHost = (answer: Answer): boolean => {
  if (answer.kind === 'silence') return false;
  const challenge = answer.status === 401 ? (answer.headers['www-authenticate'] ?? '') : '';
  return (
    challenge.includes(FOREIGN_HOST) ||
    (documentIn(answer) !== undefined && answer.body.includes(FOREIGN_HOST))
  );
};
