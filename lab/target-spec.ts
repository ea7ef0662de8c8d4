/** Which controls a server is made of. The server itself is always the same. */
import { controlsOf } from './controls/files.ts';

export type TargetSpec =
  /** Every control from `unguarded.ts`. */
  | { kind: 'baseline' }
  /** Every control from `solutions/`. */
  | { kind: 'reference' }
  /** All of the learner's controls, or those of some topics; what is left over is insecure, unless they stand among the reference. */
  | { kind: 'whole-student'; topics?: readonly string[]; among?: 'reference' }
  /** The learner's controls of one topic among reference neighbours. */
  | { kind: 'student'; topic: string }
  /** The insecure controls of one topic among reference neighbours. */
  | { kind: 'without'; topic: string }
  /**
   * What `file` exports, or the one of its `mistakes` that is called `name`, over the solution of its
   * topic, among reference neighbours.
   */
  | { kind: 'solution'; topic: string; file: string; name?: string };

/** The learner's files that a target is made of, for messages; undefined if there are none. */
export function learnersFiles(spec: TargetSpec): string | undefined {
  switch (spec.kind) {
    case 'solution':
      return spec.file;
    case 'whole-student':
      return 'a file in exercises/';
    case 'student': {
      const files = [...new Set(Object.values(controlsOf(spec.topic)))];
      return files.map((file) => `exercises/${spec.topic}/${file}`).join(' or ') || undefined;
    }
    case 'baseline':
    case 'reference':
    case 'without':
      return undefined;
  }
}
