/** Node reads TypeScript by itself. */
export const readyForLearnersFiles = async (): Promise<void> => undefined;
