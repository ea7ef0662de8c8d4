/** What grading a class finds: plain JSON, the same for the terminal and files. */
import { z } from 'zod';
import { gradeResultSchema } from '../grading/grade-result.ts';

const gradedSubmissionSchema = z.object({
  /** Name of its folder, with composed letters (NFC), and otherwise as it is. */
  name: z.string(),
  /** What is missing, was not taken, or did not load, and why. */
  notes: z.array(z.string()),
  /** Digest of the files that were taken of it. */
  files: z.string().optional(),
  /** Why it could not be graded; then there is no result. */
  problem: z.string().optional(),
  result: gradeResultSchema.optional(),
});

/** What `npm run grade -- --class DIR --json FILE` writes. */
export const classResultSchema = z.object({
  /** Members may be added under the same number; what is removed or means something else raises it. */
  schema: z.literal(1),
  /** Slugs of the topics that were asked for. */
  topics: z.array(z.string()),
  withStretch: z.boolean().optional(),
  /** Digest of all that decides, as in `fingerprints.grader` of a result. */
  grader: z.string().optional(),
  submissions: z.array(gradedSubmissionSchema),
  /** Names of those whose turn has not come: the class is still being graded, or it was given up. */
  waiting: z.array(z.string()).optional(),
});

export type GradedSubmission = z.infer<typeof gradedSubmissionSchema>;
export type ClassResult = z.infer<typeof classResultSchema>;

/** All could be graded, however well they did. */
export const allGraded = ({ submissions, waiting = [] }: ClassResult): boolean =>
  waiting.length === 0 && submissions.every(({ result }) => result !== undefined);
