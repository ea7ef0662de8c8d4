import type { ChooseEndpoint } from '../weather-server/controls.ts';

// Today the client asks whatever address a document names: its user's own machine, the network around
// it, the place where a cloud keeps its keys.

// TODO 22: Give the IP address to connect to, and look the host up only once for that. A server
// inside a network or on this machine (its address is private, unique local, link-local or
// loopback) may send the client anywhere. Any other may send it to public addresses only:
// `means.chooseAddress`, of topic 21, knows them, and refuses others too, so that a server whose
// own address it refuses need not be inside. Where a server is says `server.address`, to which the
// connection went; its name may stand for another one by now. Judge each call by itself. Take https
// only, but for http from one loopback address to another. Throw `RefusedError` otherwise, and for
// a text that is no URL or a name that nobody knows.
export const chooseEndpoint: ChooseEndpoint = async (url, _server, { web }) => {
  const [address = ''] = await web.lookup(new URL(url).hostname);
  return address;
};
