export const wordsOfError = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
