import { selectTopics, UnknownTopicError, type Topic } from '../catalogue/curriculum.ts';

/** The topics that a command line names. Ends the process with 2 if a word is none. */
export function readTopics(words: string[]): Topic[] {
  try {
    return selectTopics(words);
  } catch (error) {
    if (!(error instanceof UnknownTopicError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
