import type { FetchProviderDocument } from '../../../exercises/weather-server/controls.ts';
import { fetchProviderDocument as rightly } from '../../../solutions/19-external-issuer/provider-documents.ts';

export const idea =
  'A document that could not be had is asked for once more, within the same five seconds.';

export const fetchProviderDocument: FetchProviderDocument = async (url, means) => {
  const begun = Date.now();
  try {
    return await rightly(url, means);
  } catch (error) {
    if (Date.now() - begun > 1_000) throw error;
    return rightly(url, means);
  }
};
