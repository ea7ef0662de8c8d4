import type { CreateKeySource } from '../../../exercises/weather-server/controls.ts';
import { createKeySource as rightly } from '../../../solutions/19-external-issuer/key-source.ts';

export const idea =
  'The metadata are looked for once, and again only when the keys cannot be had where they say.';

export const createKeySource: CreateKeySource = ({ discover, fetchDocument }) => {
  let found: ReturnType<typeof discover> | undefined;
  const again = (): void => void (found = undefined);
  return rightly({
    discover() {
      found ??= discover();
      found.catch(again);
      return found;
    },
    async fetchDocument(url) {
      try {
        return await fetchDocument(url);
      } catch (error) {
        again();
        throw error;
      }
    },
  });
};
