import type { ChooseEndpoint } from '../weather-server/controls.ts';

// Today the client asks whatever address a document names: its user's own machine, the network around
// it, the place where a cloud keeps its keys.

// TODO 22: Give the IP address to connect to, and look the host up only once for that. A server that
// has a public address (`server.address` is where the connection went; its name may stand for another
// one by now) may send the client to public addresses only: `means.chooseAddress`, of topic 21, knows
// them. A server inside a network or on this machine may send it anywhere. Take https only, but for
// http from one loopback address to another. Throw `RefusedError` otherwise, and for a text that is no
// URL or a name that nobody knows.
export const chooseEndpoint: ChooseEndpoint = async (url, _server, { web }) => {
  const [address = ''] = await web.lookup(new URL(url).hostname);
  return address;
};
