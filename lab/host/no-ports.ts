/** Keeps learner code from listening. */
import { Server } from 'node:net';
import { placeInStack } from '../controls/places.ts';

/** A port that an exercise opens would stay open for the topics after it, and perhaps to a network. */
const { prototype }: { prototype: { listen: (...args: never[]) => unknown } } = Server;
prototype.listen = new Proxy(prototype.listen, {
  apply(listen, server, args) {
    const where = placeInStack(new Error('listen').stack);
    if (where) throw new TypeError('An exercise opens no port; the weather server listens for it.');
    return Reflect.apply(listen, server, args) as unknown;
  },
});
