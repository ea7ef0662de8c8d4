/** What grading a class finds: plain JSON, the same for the terminal and files. */
import { z } from 'zod';
import { gradeResultSchema } from '../grading/grade-result.ts';

const gradedSubmissionSchema = z.object({
  /** Name of its folder. */
  name: z.string(),
  /** Files that were not taken, and why. */
  notes: z.array(z.string()),
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
  submissions: z.array(gradedSubmissionSchema),
});

export type GradedSubmission = z.infer<typeof gradedSubmissionSchema>;
export type ClassResult = z.infer<typeof classResultSchema>;

/** All could be graded, however well they did. */
export const allGraded = ({ submissions }: ClassResult): boolean =>
  submissions.every(({ result }) => result !== undefined);
