import type { ChooseAddress } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import { isPublicAddress } from '../../../solutions/21-outgoing-requests/outgoing-address.ts';

export const idea = 'Of several addresses it takes the first public one, whatever the others are.';

export const chooseAddress: ChooseAddress = async (host, web) => {
  let addresses: string[] = [];
  try {
    addresses = await web.lookup(host);
  } catch {
    // As good as none.
  }
  const address = addresses.find(isPublicAddress);
  if (!address) throw new InvalidInputError('Nothing can be had from this host.');
  return address;
};
