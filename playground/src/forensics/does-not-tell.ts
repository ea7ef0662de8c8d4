/** The answer that a log does not tell; as the lab has it. */
export const DOES_NOT_TELL = 'does-not-tell';
