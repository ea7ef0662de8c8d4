/** Something in the workbook that does not hold together. */
export interface Finding {
  /** Relative to the project folder. */
  file: string;
  line?: number | undefined;
  /** Slug; where it is left out, the one in the file's path, if any. */
  topic?: string;
  /** What is wrong, in a sentence. */
  wrong: string;
  /** What to do about it, in a sentence. */
  mend: string;
  /** Nothing need be wrong: it depends on who changed the file. */
  isNote?: true;
}

/** The topic that a finding is about; undefined: the whole workbook. */
export const topicOf = ({ topic, file }: Finding): string | undefined =>
  topic ?? /(?:^|\/)(\d\d-[a-z0-9-]+)/.exec(file)?.[1];

/** What holds of every workbook, and where it does not. */
export interface Rule<Book> {
  /** In a few words, as the title of a test. */
  holds: string;
  find: (book: Book) => Finding[] | Promise<Finding[]>;
}

/** A message of a program, so that another sentence can follow. */
export const asSentence = (message: string): string =>
  /[.!?]$/.test(message.trim()) ? message.trim() : `${message.trim()}.`;
