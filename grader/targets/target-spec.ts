/** Which controls a server is made of. The server itself is always the same. */

export type TargetSpec =
  /** Every control from `unguarded.ts`. */
  | { kind: 'baseline' }
  /** Every control from `solutions/`. */
  | { kind: 'reference' }
  /** All of the learner's controls; what has no stub yet is insecure. */
  | { kind: 'whole-student' }
  /** The learner's controls of one topic among reference neighbours. */
  | { kind: 'student'; topic: string }
  /** The insecure controls of one topic among reference neighbours. */
  | { kind: 'without'; topic: string }
  /** What `file` exports, over the solution of its topic, among reference neighbours. */
  | { kind: 'variant'; topic: string; file: string };
