/** An error that is a sentence for people: `scripts/run.mjs` prints it without a stack. */
export class SayPlainly extends Error {
  override readonly name = 'SayPlainly';
}
